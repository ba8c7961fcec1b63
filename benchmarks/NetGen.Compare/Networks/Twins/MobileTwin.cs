using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;

/// <summary>Blocks of MobileNetV2 (Sandler et al. 2018, table 2): those of 24 to 64 channels, on 32×32 positions of 16 channels.</summary>
[Network]
internal sealed partial class MobileBlocks
{
    private readonly Layer layers = Sequential(
        Stage(16, 24, 2, 1), Stage(24, 32, 3, 2), Stage(32, 64, 4, 2), GlobalAveragePool, Dense(10));

    public Tensor Forward([Shape(32, 32, 16)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);

    private static Layer Stage(int channels, int filters, int count, int stride) => Sequential(
        Bottleneck(channels, filters, stride), Repeat(count - 1, () => Residual(Bottleneck(filters, filters, 1))));

    private static Layer Residual(Layer inner) => x => x + inner(x);

    private static Layer Bottleneck(int channels, int filters, int stride) => Sequential(
        Conv2D(6 * channels, kernel: 1, bias: false), BatchNorm(), Relu6,
        DepthwiseConv2D(3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu6,
        Conv2D(filters, kernel: 1, bias: false), BatchNorm());
}

/// <summary><see cref="MobileBlocks"/> in libtorch.</summary>
internal static class MobileTwin
{
    public static TwinModel Model { get; } = new(
        "mobilenet", "nine blocks of MobileNetV2, 32×32×16, batch norms", [32], new BatchShape(32 * 32 * 16, 10),
        new Cost(sizeof(float) * 32 * 32 * 16, () => new MobileBlocks())
            .Block(1024, 1024, 16, 24).Block(1024, 1024, 24, 24)
            .Block(1024, 256, 24, 32).Times(2, c => c.Block(256, 256, 32, 32))
            .Block(256, 64, 32, 64).Times(3, c => c.Block(64, 64, 64, 64)).Dense(64, 10),
        (batch, device) =>
        {
            var network = new MobileBlocks(Subject.Seed, device);
            return Subject.Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
        },
        Build)
    {
        Settings = [TorchNetwork.Contiguous, TorchNetwork.ChannelsLast],
    };

    private static Cost Block(this Cost cost, int pixels, int results, int channels, int filters) => cost
        .Convolution(pixels, channels, 6 * channels, 1).Convolution(results, 1, 6 * channels).Convolution(results, 6 * channels, filters, 1);

    private static TorchTwin Build(SampleBatch batch, string setting)
    {
        var (images, labels) = (TorchTwin.Images(batch, 32, 32, 16, setting), TorchTwin.Labels(batch));
        var network = nn.Sequential(
            Bottleneck(16, 24, 1), Residual(24), Bottleneck(24, 32, 2), Residual(32), Residual(32),
            Bottleneck(32, 64, 2), Residual(64), Residual(64), Residual(64),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10));
        return new(network, () => network.forward(images), outputs => nn.functional.cross_entropy(outputs, labels), images, labels);
    }

    private static Wired Residual(int channels)
    {
        var inner = Bottleneck(channels, channels, 1);
        return new(x => x + inner.forward(x), inner);
    }

    private static TorchSharp.Modules.Sequential Bottleneck(int channels, int filters, int stride) => nn.Sequential(
        nn.Conv2d(channels, 6 * channels, 1, bias: false), nn.BatchNorm2d(6 * channels), nn.ReLU6(),
        nn.Conv2d(6 * channels, 6 * channels, 3, stride, padding: 1, groups: 6 * channels, bias: false), nn.BatchNorm2d(6 * channels), nn.ReLU6(),
        nn.Conv2d(6 * channels, filters, 1, bias: false), nn.BatchNorm2d(filters));
}
