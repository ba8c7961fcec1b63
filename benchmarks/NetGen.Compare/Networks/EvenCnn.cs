using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Even sizes and same padding: each pixel is used, so that a compiler which leaves out unused ones gains nothing.</summary>
[Network]
internal sealed partial class EvenCnn
{
    private readonly Layer features = Sequential(
        Conv2D(32, kernel: 3, padding: 1, init: Init.HeNormal), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3, padding: 1, init: Init.HeNormal), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3, padding: 1, init: Init.HeNormal), Relu);

    private readonly Layer classifier = Sequential(Flatten, Dense(64, init: Init.HeNormal), Relu, Dense(10));

    public Tensor Forward([Shape(32, 32, 3)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
