using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace AgainstTorch;

/// <summary>The family of convolutions over images: groups, dilation, depthwise, transposed, other padding, pools with all of their options.</summary>
[Network]
internal sealed partial class Convolutions
{
    private readonly Layer features = Sequential(
        Conv2D(12, kernel: 3, padding: 1, groups: 3, paddingMode: PaddingMode.Reflect), Tanh, MaxPool2D(3, stride: 2, padding: 1, ceilMode: true),
        DepthwiseConv2D(3, padding: 2, dilation: 2), Silu, ConvTranspose2D(8, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2), Tanh,
        AveragePool2D(3, stride: 2, padding: 1, ceilMode: true, countPadding: true), PixelShuffle(2), Resize2D(9, 7, UpsampleMode.Bilinear),
        Conv2D(5, kernel: (3, 2), stride: (2, 1), dilation: (1, 2), bias: false), AveragePool2D(2, stride: 1, padding: 1), Upsample2D(2),
        Conv2D(3, kernel: 3, padding: 1, paddingMode: PaddingMode.Replicate), AdaptiveAveragePool2D((3, 4)));

    private readonly Layer classifier = Sequential(Flatten, Dense(10));

    public Tensor Forward([Shape(9, 9, 6)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary>The same over sequences.</summary>
[Network]
internal sealed partial class Convolutions1D
{
    private readonly Layer features = Sequential(
        Conv1D(8, kernel: 3, stride: 2, padding: 1), Tanh, MaxPool1D(3, stride: 2, padding: 1),
        ConvTranspose1D(6, kernel: 4, stride: 2, padding: 1), Silu,
        Conv1D(6, kernel: 3, dilation: 2, groups: 2, bias: false), AveragePool1D(2, stride: 1));

    private readonly Layer classifier = Sequential(Flatten, Dense(10));

    public Tensor Forward([Shape(21, 5)] Tensor x) => classifier(features(x));

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}
