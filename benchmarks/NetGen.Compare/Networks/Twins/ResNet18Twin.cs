using Comparison;
using NetGen;
using NetGen.Onnx;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary>torchvision's resnet18 (He et al. 2016).</summary>
[Network]
internal sealed partial class ResNet18
{
    private readonly Layer stem = Sequential(
        Conv2D(64, kernel: 7, stride: 2, padding: 3, bias: false), BatchNorm(), Relu, MaxPool2D(3, stride: 2, padding: 1));

    private readonly Layer stages = Sequential(Stage(64, 1), Stage(128, 2), Stage(256, 2), Stage(512, 2));
    private readonly Layer head = Sequential(GlobalAveragePool, Dense(1000));

    public Tensor Forward([Shape(224, 224, 3)] Tensor image) => head(stages(stem(image)));

    private static Layer Stage(int filters, int stride) => Sequential(
        stride == 1
            ? Block(filters, 1, x => x)
            : Block(filters, stride, Sequential(Conv2D(filters, kernel: 1, stride: stride, bias: false), BatchNorm())),
        Block(filters, 1, x => x));

    private static Layer Block(int filters, int stride, Layer shortcut)
    {
        var residual = Sequential(
            Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu,
            Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm());
        return x => Relu(residual(x) + shortcut(x));
    }
}

/// <summary><see cref="ResNet18"/> in libtorch and as an ONNX model.</summary>
internal static class ResNet18Twin
{
    private const int Size = 224;

    public static TwinModel Model { get; } = new(
        "resnet18", "ResNet-18, 224×224×3", [1], new BatchShape(Size * Size * 3, 1000),
        new Cost(sizeof(float) * Size * Size * 3, () => new ResNet18())
            .Convolution(112 * 112, 3, 64, 7).Times(4, c => c.Convolution(56 * 56, 64, 64))
            .Stage(28 * 28, 128).Stage(14 * 14, 256).Stage(7 * 7, 512).Dense(512, 1000),
        (batch, device) =>
        {
            var network = new ResNet18(Subject.Seed, device);
            return Subject.Create(network, batch, network.Predict);
        },
        Build)
    {
        Measured = [Pass.Forward],
        Settings = [TorchNetwork.Contiguous, TorchNetwork.ChannelsLast],
        Onnx = Write,
        OnnxInputs = batch => PeerLayout.Images(batch.Inputs, new ImageShape(Size, Size, 3)),
    };

    private static Cost Stage(this Cost cost, int pixels, int filters) => cost
        .Convolution(pixels, filters / 2, filters, 1).Convolution(pixels, filters / 2, filters).Times(3, c => c.Convolution(pixels, filters, filters));

    private static TorchTwin Build(SampleBatch batch, string setting)
    {
        var images = TorchTwin.Images(batch, Size, Size, 3, setting);
        var network = nn.Sequential(
            nn.Conv2d(3, 64, 7, 2, padding: 3, bias: false), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, padding: 1),
            Block(64, 64, 1), Block(64, 64, 1), Block(64, 128, 2), Block(128, 128, 1), Block(128, 256, 2), Block(256, 256, 1),
            Block(256, 512, 2), Block(512, 512, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000));
        return new(network, () => network.forward(images), null, images);
    }

    private static nn.Module<TorchTensor, TorchTensor> Block(int inputs, int filters, int stride) => ResidualTwin.Block(inputs, filters, stride);

    private static string Write(OnnxGraph graph)
    {
        var x = Relu(Normed(graph.Input(3, Size, Size), 3, 64, 7, 2));
        x = graph.Node("MaxPool", [x], OnnxAttribute.Ints("kernel_shape", 3, 3), OnnxAttribute.Ints("strides", 2, 2), OnnxAttribute.Ints("pads", 1, 1, 1, 1));
        foreach (var (inputs, filters) in new[] { (64, 64), (64, 64), (64, 128), (128, 128), (128, 256), (256, 256), (256, 512), (512, 512) })
        {
            var stride = filters / inputs;
            // The shortcut's weights come first.
            var shortcut = stride == 1 ? x : Normed(x, inputs, filters, 1, stride);
            var residual = Normed(Relu(Normed(x, inputs, filters, 3, stride)), filters, filters, 3, 1);
            x = Relu(graph.Node("Add", residual, shortcut));
        }
        x = graph.Node("Flatten", graph.Node("GlobalAveragePool", x));
        return graph.Output(graph.Node("Gemm", [x, graph.Next(1000, 512), graph.Next(1000)], OnnxAttribute.Int("transB", 1)), 1000);

        string Relu(string value) => graph.Node("Relu", value);

        string Normed(string value, int inputs, int filters, int kernel, int stride)
        {
            var pad = kernel / 2;
            var convolved = graph.Node(
                "Conv", [value, graph.Next(filters, inputs, kernel, kernel)], OnnxAttribute.Ints("kernel_shape", kernel, kernel),
                OnnxAttribute.Ints("strides", stride, stride), OnnxAttribute.Ints("pads", pad, pad, pad, pad));
            return graph.Node(
                "BatchNormalization",
                [convolved, graph.Next(filters), graph.Next(filters), graph.Constant(0f, filters), graph.Constant(1f, filters)],
                OnnxAttribute.Float("epsilon", 1e-5f));
        }
    }
}
