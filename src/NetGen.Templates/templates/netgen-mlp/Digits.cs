using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Knows handwritten digits: 28 × 28 grey pixels to a score for each of ten.</summary>
[Network]
public sealed partial class Digits
{
    private readonly Layer layers = Sequential(Flatten, Dense(128), Relu, Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
