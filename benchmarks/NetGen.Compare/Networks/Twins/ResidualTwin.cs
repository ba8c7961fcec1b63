using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary>
/// The residual network of 20 layers for CIFAR-10's images (He et al. 2016, section 4.2), its shortcuts 1×1 convolutions.
/// </summary>
[Network]
internal sealed partial class ResNet20
{
    private readonly Layer layers = Sequential(
        Conv2D(16, kernel: 3, padding: 1, bias: false), BatchNorm(), Relu,
        Stage(16, 1), Stage(32, 2), Stage(64, 2),
        GlobalAveragePool, Dense(10));

    public Tensor Forward([Shape(32, 32, 3)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);

    private static Layer Stage(int filters, int stride) => Sequential(
        Block(filters, stride, stride == 1 ? x => x : Shortcut(filters)), Block(filters, 1, x => x), Block(filters, 1, x => x));

    private static Layer Shortcut(int filters) => Sequential(Conv2D(filters, kernel: 1, stride: 2, bias: false), BatchNorm());

    private static Layer Block(int filters, int stride, Layer shortcut)
    {
        var residual = Sequential(
            Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu,
            Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm());
        return x => Relu(residual(x) + shortcut(x));
    }
}

/// <summary><see cref="ResNet20"/> in libtorch.</summary>
internal static class ResidualTwin
{
    public static TwinModel Model { get; } = new(
        "resnet20", "ResNet-20, 32×32×3, batch norms", [32], new BatchShape(32 * 32 * 3, 10),
        new Cost(sizeof(float) * 32 * 32 * 3, () => new ResNet20())
            .Convolution(1024, 3, 16).Times(6, c => c.Convolution(1024, 16, 16))
            .Convolution(256, 16, 32).Convolution(256, 16, 32, 1).Times(5, c => c.Convolution(256, 32, 32))
            .Convolution(64, 32, 64).Convolution(64, 32, 64, 1).Times(5, c => c.Convolution(64, 64, 64)).Dense(64, 10),
        (batch, device) =>
        {
            var network = new ResNet20(Subject.Seed, device);
            return Subject.Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
        },
        Build)
    {
        Settings = [TorchNetwork.Contiguous, TorchNetwork.ChannelsLast],
    };

    private static TorchTwin Build(SampleBatch batch, string setting)
    {
        var (images, labels) = (TorchTwin.Images(batch, 32, 32, 3, setting), TorchTwin.Labels(batch));
        var network = nn.Sequential(
            nn.Conv2d(3, 16, 3, padding: 1, bias: false), nn.BatchNorm2d(16), nn.ReLU(),
            Stage(16, 16, 1), Stage(16, 32, 2), Stage(32, 64, 2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10));
        return new(network, () => network.forward(images), outputs => nn.functional.cross_entropy(outputs, labels), images, labels);
    }

    private static nn.Module<TorchTensor, TorchTensor> Stage(int inputs, int filters, int stride) =>
        nn.Sequential(Block(inputs, filters, stride), Block(filters, filters, 1), Block(filters, filters, 1));

    /// <summary>A block of two convolutions; one with a stride has a shortcut of its own, whose parameters come first.</summary>
    public static Wired Block(int inputs, int filters, int stride)
    {
        var residual = nn.Sequential(
            nn.Conv2d(inputs, filters, 3, stride, padding: 1, bias: false), nn.BatchNorm2d(filters), nn.ReLU(),
            nn.Conv2d(filters, filters, 3, padding: 1, bias: false), nn.BatchNorm2d(filters));
        if (stride == 1)
        {
            return new(x => nn.functional.relu(residual.forward(x) + x), residual);
        }
        var shortcut = nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias: false), nn.BatchNorm2d(filters));
        return new(x => nn.functional.relu(residual.forward(x) + shortcut.forward(x)), shortcut, residual);
    }
}
