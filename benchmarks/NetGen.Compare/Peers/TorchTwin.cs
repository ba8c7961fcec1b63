using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>A network written for libtorch, with the data that it is measured on.</summary>
/// <param name="Module">It has the parameters, in the order of NetGen's.</param>
/// <param name="Forward">Predicts the batch.</param>
/// <param name="Loss">Of what that gave; null where nothing is trained.</param>
/// <param name="Kept">The batch's tensors.</param>
internal sealed record TorchTwin(nn.Module Module, Func<Tensor> Forward, Func<Tensor, Tensor>? Loss, params IReadOnlyList<Tensor> Kept)
{
    /// <summary>Images, channels first; with channels innermost in memory if the setting says so.</summary>
    public static Tensor Images(SampleBatch batch, int height, int width, int channels, string setting)
    {
        var images = tensor(batch.Inputs).reshape(batch.Count, height, width, channels).permute(0, 3, 1, 2);
        return Keep(setting == TorchNetwork.ChannelsLast ? images : images.contiguous());
    }

    /// <summary>A class for each sample.</summary>
    public static Tensor Labels(SampleBatch batch) => Keep(tensor(batch.Labels, ScalarType.Int64));

    /// <summary>Outlives the scope that it is made in; numbers are as precise as the modules that are made at the time.</summary>
    public static Tensor Keep(Tensor values) => (values.is_floating_point() ? values.to(get_default_dtype()) : values).DetachFromDisposeScope();
}

/// <summary>Parts that a function puts together.</summary>
internal sealed class Wired : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> compute;

    /// <param name="compute">What it does.</param>
    /// <param name="parts">What has parameters, in their order.</param>
    public Wired(Func<Tensor, Tensor> compute, params nn.Module[] parts)
        : base("network")
    {
        this.compute = compute;
        foreach (var (i, part) in parts.Index())
        {
            register_module($"part{i}", part);
        }
    }

    /// <summary>A parameter of its own; those come before those of parts.</summary>
    public Wired With(TorchSharp.Modules.Parameter parameter)
    {
        register_parameter("own", parameter);
        return this;
    }

    public override Tensor forward(Tensor input) => compute(input);
}
