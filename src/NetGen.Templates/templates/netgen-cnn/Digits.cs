using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Knows handwritten digits: 28 × 28 grey pixels to a score for each of ten.</summary>
[Network]
public sealed partial class Digits
{
    private readonly Layer features = Sequential(
        Conv2D(16, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(32, kernel: 3), Relu, MaxPool2D(2));

    private readonly Layer classifier = Sequential(Flatten, Dropout(0.25f), Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
