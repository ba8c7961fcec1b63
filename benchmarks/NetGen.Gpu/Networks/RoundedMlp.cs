using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Gpu;

/// <summary><see cref="MnistMlp"/> with operands rounded to TF32. A precision belongs to a class, so the layers are written again.</summary>
[Network(Precision = Precision.TensorFloat32)]
internal sealed partial class MnistMlpTensorFloat32
{
    private readonly Layer layers = Sequential(Flatten, Dense(128, init: Init.HeNormal), Relu, Dense(10, init: Init.HeNormal));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary><see cref="MnistMlp"/> with operands rounded to BF16.</summary>
[Network(Precision = Precision.BFloat16)]
internal sealed partial class MnistMlpBFloat16
{
    private readonly Layer layers = Sequential(Flatten, Dense(128, init: Init.HeNormal), Relu, Dense(10, init: Init.HeNormal));

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
