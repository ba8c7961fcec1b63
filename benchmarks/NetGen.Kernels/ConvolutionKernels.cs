using BenchmarkDotNet.Attributes;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Kernels;

/// <summary>One convolution with what is fused into it, 32 images, on one thread.</summary>
public class ConvolutionKernels
{
    private const int Images = 32;

    private readonly FirstConvolution first = new(seed: 1, Device.Cpu(1));
    private readonly WideConvolution wide = new(seed: 1, Device.Cpu(1));
    private readonly PaddedConvolution padded = new(seed: 1, Device.Cpu(1));
    private readonly PooledConvolution pooled = new(seed: 1, Device.Cpu(1));
    private readonly float[] grey = Data.Floats(Images * 28 * 28);
    private readonly float[] channels32 = Data.Floats(Images * 14 * 14 * 32);
    private readonly float[] channels64 = Data.Floats(Images * 16 * 16 * 64);
    private readonly float[] y = new float[Images * 26 * 26 * 32];

    [Benchmark, Products(26 * 26 * 32 * 9, Batch = Images)]
    public void OneToThirtyTwoChannels() => first.Predict(grey, y);

    [Benchmark, Products(12 * 12 * 64 * 9 * 32, Batch = Images)]
    public void WithoutPadding() => wide.Predict(channels32, y.AsSpan(0, Images * 12 * 12 * 64));

    // The products with the padding's zeros are not done, but count.
    [Benchmark, Products(16 * 16 * 64 * 9 * 64, Batch = Images)]
    public void WithPadding() => padded.Predict(channels64, y.AsSpan(0, Images * 16 * 16 * 64));

    [Benchmark, Products(12 * 12 * 64 * 9 * 32, Batch = Images)]
    public void WithReluAndPooling() => pooled.Predict(channels32, y.AsSpan(0, Images * 6 * 6 * 64));
}

/// <summary>Grey images: the sum over a window is short.</summary>
[Network]
internal sealed partial class FirstConvolution
{
    private readonly Layer layer = Conv2D(32, kernel: 3);

    public Tensor Forward([Shape(28, 28, 1)] Tensor x) => layer(x);
}

/// <summary>Between the layers of a network.</summary>
[Network]
internal sealed partial class WideConvolution
{
    private readonly Layer layer = Conv2D(64, kernel: 3);

    public Tensor Forward([Shape(14, 14, 32)] Tensor x) => layer(x);
}

/// <summary>Results as large as the image.</summary>
[Network]
internal sealed partial class PaddedConvolution
{
    private readonly Layer layer = Conv2D(64, kernel: 3, padding: 1);

    public Tensor Forward([Shape(16, 16, 64)] Tensor x) => layer(x);
}

/// <summary>With activation and pooling, which are part of the same kernel.</summary>
[Network]
internal sealed partial class PooledConvolution
{
    private readonly Layer layer = Sequential(Conv2D(64, kernel: 3), Relu, MaxPool2D(2));

    public Tensor Forward([Shape(14, 14, 32)] Tensor x) => layer(x);
}
