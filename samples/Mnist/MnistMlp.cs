using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>A network with one hidden layer, 784-128-10: less accurate than <see cref="MnistCnn"/>, and trained in seconds.</summary>
[Network]
public sealed partial class MnistMlp
{
    // Before a ReLU, initial weights by He et al. (2015).
    private readonly Layer layers = Sequential(Flatten, Dense(128, init: Init.HeNormal), Relu, Dense(10, init: Init.HeNormal));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
