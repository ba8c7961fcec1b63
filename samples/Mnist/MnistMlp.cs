using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>A network with one hidden layer, 784-128-10: less accurate than <see cref="MnistCnn"/>, and trained in seconds.</summary>
[Network]
public sealed partial class MnistMlp
{
    private readonly Layer layers = Sequential(Flatten, Dense(128), Relu, Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
