using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>784-512-512-10.</summary>
[Network]
internal sealed partial class WideMlp
{
    private readonly Layer layers = Sequential(
        Dense(512, init: Init.HeNormal), Relu, Dense(512, init: Init.HeNormal), Relu, Dense(10));

    public Tensor Forward([Shape(784)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}
