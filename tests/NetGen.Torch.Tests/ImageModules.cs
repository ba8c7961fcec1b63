using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Linear = TorchSharp.Modules.Linear;
using Parameter = TorchSharp.Modules.Parameter;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

// The networks of ImageNetworks.cs as one writes them for PyTorch: images are [N, C, H, W], and nothing is permuted.

internal sealed class ConvDenseModule : OneInput
{
    private readonly Sequential layers = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 4));

    public ConvDenseModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => layers.forward(image);
}

internal sealed class ConvPoolDenseModule : OneInput
{
    private readonly Sequential features = nn.Sequential(
        nn.Conv2d(3, 5, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(5, 4, 2), nn.GELU(), nn.AvgPool2d(2));

    private readonly Sequential classifier = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(16, 7), nn.ReLU(), nn.Linear(7, 4));

    public ConvPoolDenseModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => classifier.forward(features.forward(image));
}

internal sealed class ImageMlpModule : OneInput
{
    private readonly Sequential layers = nn.Sequential(nn.Flatten(), nn.Linear(60, 9), nn.Tanh(), nn.Linear(9, 4));

    public ImageMlpModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => layers.forward(image);
}

internal sealed class TwoHeadsModule : OneInput
{
    private readonly Conv2d conv = nn.Conv2d(2, 3, 3);
    private readonly Linear mean = nn.Linear(48, 4), variance = nn.Linear(48, 2);

    public TwoHeadsModule() => RegisterComponents();

    public override Tensor forward(Tensor image)
    {
        var features = F.relu(conv.forward(image)).flatten(1);
        return cat([mean.forward(features), variance.forward(features).exp()], 1);
    }
}

internal sealed class TwoBranchesModule : OneInput
{
    private readonly Sequential fine = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.Flatten());
    private readonly Sequential coarse = nn.Sequential(nn.Conv2d(2, 4, 3, stride: 2), nn.ReLU(), nn.Flatten());
    private readonly Linear head = nn.Linear(111, 4);

    public TwoBranchesModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => head.forward(cat([fine.forward(image), coarse.forward(image)], 1));
}

internal sealed class ImageAndNumbersModule : TwoInputs
{
    private readonly Sequential conv = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten());
    private readonly Linear numbers = nn.Linear(7, 5);
    private readonly Sequential head = nn.Sequential(nn.Linear(24, 6), nn.ReLU(), nn.Linear(6, 2));

    public ImageAndNumbersModule() => RegisterComponents();

    public override Tensor forward(Tensor image, Tensor x) => head.forward(cat([conv.forward(image), x, numbers.forward(x).tanh()], 1));
}

internal sealed class ResidualNetModule : OneInput
{
    private readonly Conv2d stem = nn.Conv2d(2, 4, 3);
    private readonly Sequential block = nn.Sequential(nn.Conv2d(4, 4, 3, padding: 1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding: 1));
    private readonly Linear dense = nn.Linear(64, 64), head = nn.Linear(64, 3);

    public ResidualNetModule() => RegisterComponents();

    public override Tensor forward(Tensor image)
    {
        var x = stem.forward(image);
        var features = F.relu(x + block.forward(x)).flatten(1);
        return head.forward(features + dense.forward(features).tanh());
    }
}

internal sealed class SiameseModule : TwoInputs
{
    private readonly Sequential encoder = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 4));

    public SiameseModule() => RegisterComponents();

    public override Tensor forward(Tensor left, Tensor right) => (encoder.forward(left) - encoder.forward(right)).square();
}

internal sealed class PositionsModule : OneInput
{
    private readonly Conv2d conv = nn.Conv2d(2, 3, 3);
    private readonly Linear head = nn.Linear(36, 4);

    public PositionsModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => head.forward(conv.forward(image).flatten(2).softmax(1).flatten(1));
}

internal sealed class PooledModule : OneInput
{
    private readonly Sequential layers = nn.Sequential(
        ("0", nn.Conv2d(2, 5, 3)), ("1", nn.ReLU()), ("2", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("3", nn.Linear(5, 4)));

    public PooledModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => layers.forward(image);
}

internal sealed class ColumnsModule : OneInput
{
    private readonly Conv2d conv = nn.Conv2d(2, 3, 3);
    private readonly Linear head = nn.Linear(15, 4);

    public ColumnsModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => head.forward(conv.forward(image).mean([2]).flatten(1));
}

/// <summary>The attribute form has the names of a Sequential that is no one's field.</summary>
internal sealed class StackModule : OneInput
{
    private readonly Sequential layers = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 4));

    public StackModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => layers.forward(image);
}

internal sealed class EncoderModule : OneInput
{
    private readonly Conv2d conv = nn.Conv2d(2, 3, 3);
    private readonly Linear dense = nn.Linear(48, 6);

    public EncoderModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => F.relu(dense.forward(F.relu(conv.forward(image)).flatten(1)));
}

internal sealed class NestedModule : OneInput
{
    private readonly EncoderModule encoder = new();
    private readonly Linear head = nn.Linear(6, 4);

    public NestedModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => head.forward(encoder.forward(image));
}

internal sealed class DecoderModule : OneInput
{
    private readonly Linear dense = nn.Linear(5, 48);
    private readonly Conv2d conv = nn.Conv2d(3, 2, 3, padding: 1);

    public DecoderModule() => RegisterComponents();

    public override Tensor forward(Tensor x) => conv.forward(F.relu(dense.forward(x)).view(-1, 3, 4, 4)).sigmoid();
}

internal sealed class AutoencoderModule : OneInput
{
    private readonly Sequential encoder = nn.Sequential(nn.Flatten(), nn.Linear(60, 7), nn.Tanh());
    private readonly Sequential decoder = nn.Sequential(nn.Linear(7, 60));

    public AutoencoderModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => decoder.forward(encoder.forward(image)).view(-1, 3, 5, 4);
}

internal sealed class GatedModule : OneInput
{
    private readonly Conv2d conv = nn.Conv2d(2, 4, 3);
    private readonly Linear squeeze = nn.Linear(4, 2), excite = nn.Linear(2, 4), head = nn.Linear(64, 3);

    public GatedModule() => RegisterComponents();

    public override Tensor forward(Tensor image)
    {
        var x = conv.forward(image);
        var gate = excite.forward(F.relu(squeeze.forward(x.mean([2, 3])))).sigmoid();
        return head.forward((x * gate.view(-1, 4, 1, 1)).flatten(1));
    }
}

internal sealed class InceptionModule : OneInput
{
    private readonly Conv2d one = nn.Conv2d(2, 2, 1), three = nn.Conv2d(2, 3, 3, padding: 1);
    private readonly Linear head = nn.Linear(210, 4);

    public InceptionModule() => RegisterComponents();

    public override Tensor forward(Tensor image) =>
        head.forward(cat([F.relu(one.forward(image)), three.forward(image).softmax(1), image], 1).flatten(1));
}

internal sealed class OwnParametersModule : OneInput
{
    private readonly Parameter scale = new(randn(2, 1, 1)), place = new(randn(2, 5, 4)), row = new(randn(1, 5, 1)), gain = new(randn(40));
    private readonly Linear head = nn.Linear(40, 4);

    public OwnParametersModule() => RegisterComponents();

    public override Tensor forward(Tensor image) => head.forward(gain * ((image * scale) + place - row).flatten(1));
}

internal abstract class OneInput() : nn.Module<Tensor, Tensor>("network");

internal abstract class TwoInputs() : nn.Module<Tensor, Tensor, Tensor>("network");
