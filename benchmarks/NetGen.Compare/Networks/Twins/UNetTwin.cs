using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;

/// <summary>
/// A small U-Net (Ronneberger et al. 2015) with batch norms, as they are used today: 64×64 grey pixels, 16, 32 and 64 channels, a number
/// for each pixel.
/// </summary>
[Network]
internal sealed partial class SmallUNet
{
    private readonly Layer down1 = Twice(16), down2 = Twice(32), bottom = Twice(64);
    private readonly Layer up2 = ConvTranspose2D(32, kernel: 2, stride: 2), right2 = Twice(32);
    private readonly Layer up1 = ConvTranspose2D(16, kernel: 2, stride: 2), right1 = Twice(16);
    private readonly Layer mask = Conv2D(1, kernel: 1), half = MaxPool2D(2);

    public Tensor Forward([Shape(64, 64, 1)] Tensor image)
    {
        var first = down1(image);
        var second = down2(half(first));
        var third = bottom(half(second));
        var right = right2(Concat(up2(third), second));
        return mask(right1(Concat(up1(right), first)));
    }

    [Objective]
    public Tensor Loss(Tensor image, [Shape(64, 64, 1)] Tensor target) => BinaryCrossEntropy(Forward(image), target);

    private static Layer Twice(int filters) => Sequential(
        Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm(), Relu, Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm(), Relu);
}

/// <summary><see cref="SmallUNet"/> in libtorch.</summary>
internal static class UNetTwin
{
    private const int Size = 64, Pixels = Size * Size;

    public static TwinModel Model { get; } = new(
        "unet", "U-Net of 16, 32 and 64 channels, 64×64, batch norms", [8], new BatchShape(Pixels, Pixels, Targets: Pixels),
        new Cost(2 * sizeof(float) * Pixels, () => new SmallUNet())
            .Convolution(Pixels, 1, 16).Convolution(Pixels, 16, 16)
            .Convolution(Pixels / 4, 16, 32).Convolution(Pixels / 4, 32, 32)
            .Convolution(Pixels / 16, 32, 64).Convolution(Pixels / 16, 64, 64)
            .Convolution(Pixels / 4, 64, 32, 1).Convolution(Pixels / 4, 64, 32).Convolution(Pixels / 4, 32, 32)
            .Convolution(Pixels, 32, 16, 1).Convolution(Pixels, 32, 16).Convolution(Pixels, 16, 16).Convolution(Pixels, 16, 1, 1),
        (batch, device) =>
        {
            var network = new SmallUNet(Subject.Seed, device);
            return Subject.Create(network, batch, batch.Targets, network.Predict, network.Loss, network.Step, network.Step);
        },
        Build)
    {
        Settings = [TorchNetwork.Contiguous, TorchNetwork.ChannelsLast],
    };

    private static TorchTwin Build(SampleBatch batch, string setting)
    {
        var images = TorchTwin.Images(batch, Size, Size, 1, setting);
        // One channel: channels first or last are the same numbers.
        var targets = TorchTwin.Keep(tensor(batch.Targets).reshape(batch.Count, 1, Size, Size));
        var (down1, down2, bottom) = (Twice(1, 16), Twice(16, 32), Twice(32, 64));
        var (up2, right2) = (nn.ConvTranspose2d(64, 32, 2, 2), Twice(64, 32));
        var (up1, right1) = (nn.ConvTranspose2d(32, 16, 2, 2), Twice(32, 16));
        var mask = nn.Conv2d(16, 1, 1);
        var network = new Wired(
            image =>
            {
                var first = down1.forward(image);
                var second = down2.forward(nn.functional.max_pool2d(first, 2));
                var third = bottom.forward(nn.functional.max_pool2d(second, 2));
                var right = right2.forward(cat([up2.forward(third), second], 1));
                return mask.forward(right1.forward(cat([up1.forward(right), first], 1)));
            },
            down1, down2, bottom, up2, right2, up1, right1, mask);
        return new(network, () => network.forward(images), outputs => nn.functional.binary_cross_entropy_with_logits(outputs, targets), images, targets);
    }

    private static TorchSharp.Modules.Sequential Twice(int inputs, int filters) => nn.Sequential(
        nn.Conv2d(inputs, filters, 3, padding: 1, bias: false), nn.BatchNorm2d(filters), nn.ReLU(),
        nn.Conv2d(filters, filters, 3, padding: 1, bias: false), nn.BatchNorm2d(filters), nn.ReLU());
}
