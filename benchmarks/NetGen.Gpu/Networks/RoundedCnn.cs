using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Gpu;

/// <summary><see cref="MnistCnn"/> with operands rounded to TF32. A precision belongs to a class, so the layers are written again.</summary>
[Network(Precision = Precision.TensorFloat32)]
internal sealed partial class MnistCnnTensorFloat32
{
    private readonly Layer features = Sequential(
        Conv2D(32, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3), Relu);

    private readonly Layer classifier = Sequential(Flatten, Dense(64), Relu, Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary><see cref="MnistCnn"/> with operands rounded to BF16.</summary>
[Network(Precision = Precision.BFloat16)]
internal sealed partial class MnistCnnBFloat16
{
    private readonly Layer features = Sequential(
        Conv2D(32, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3), Relu, MaxPool2D(2),
        Conv2D(64, kernel: 3), Relu);

    private readonly Layer classifier = Sequential(Flatten, Dense(64), Relu, Dense(10));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
