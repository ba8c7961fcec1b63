using TorchSharp;
using static TorchSharp.torch;
using Device = NetGen.Device;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>NetGen and libtorch, by TorchSharp.</summary>
internal sealed class TorchComparison
{
    private readonly int threads;

    public TorchComparison(int threads)
    {
        NativeTorch.Load();
        this.threads = threads;
        set_num_threads(threads);
        set_num_interop_threads(1);
    }

    /// <summary>Whose numbers they are.</summary>
    public static string Version => $"libtorch {__version__} by TorchSharp {Machine.Version(typeof(torch).Assembly)}";

    /// <summary>What holds for all workloads.</summary>
    public static string Settings =>
        "inference_mode for forward; module.zero_grad(set_to_none) for steps; Adam as TorchSharp has it (it offers neither fused nor foreach); freed memory is kept (M_MMAP_THRESHOLD and M_TRIM_THRESHOLD), which stands for the allocators that PyTorch's tuning guide recommends";

    /// <summary>Whether outputs, loss and gradients are the same, from the same weights.</summary>
    public static Agreement Agree(Model model, SampleBatch batch, Device device)
    {
        using var subject = model.Create(batch, device);
        var parameters = PeerLayout.Parameters(model.Architecture, subject.Values());
        using var network = new TorchNetwork(model.Architecture, parameters, batch, channelsLast: false) { Training = false };
        using var scope = NewDisposeScope();
        using var outputs = network.Forward();
        subject.Forward();
        var agreement = new Agreement(Agreement.Difference(Floats(outputs), batch.Outputs), 0, 0);
        if (model.Architecture.Objective == Objective.None)
        {
            return agreement;
        }

        var expected = network.Backward();
        agreement = agreement.With(new(0, Agreement.Difference([expected], [subject.Loss()]), 0));
        using var descending = (model.CreateForGradients ?? model.Create)(batch, device);
        foreach (var (from, to) in subject.Network.Parameters.Zip(descending.Network.Parameters))
        {
            from.Values.CopyTo(to.Values);
        }
        var loss = descending.Descend();
        var after = PeerLayout.Parameters(model.Architecture, descending.Values());
        return agreement.With(new(0, Agreement.Difference([expected], [loss]),
            network.Parameters.Select((p, i) => Agreement.GradientDifference(Floats(p.grad!), parameters[i], after[i])).Max()));
    }

    /// <summary>libtorch's side, in the fastest of the settings that its documentation offers.</summary>
    public Side Create(Workload workload, SampleBatch batch, float[][] parameters, Effort effort)
    {
        var formats = HasImages(workload.Model) ? [false, true] : new[] { false };
        var counts = threads == 1 ? [1] : new[] { threads, 1 };
        var sides = from channelsLast in formats
                    from count in counts
                    select new TorchSide(new TorchNetwork(workload.Model.Architecture, parameters, batch, channelsLast), workload.Pass, count,
                        string.Join(", ", Setting(workload.Model, channelsLast, count)));
        return Turns.Fastest([.. sides], effort);
    }

    private static IEnumerable<string> Setting(Model model, bool channelsLast, int threads)
    {
        if (HasImages(model))
        {
            yield return channelsLast ? "channels_last" : "contiguous";
        }
        yield return threads == 1 ? "1 thread" : $"{threads} threads";
    }

    /// <summary>Whether there is a choice of memory formats.</summary>
    public static bool HasImages(Model model) => model.Architecture.Layers.Any(layer => layer is ConvolutionSpec);

    private static float[] Floats(Tensor values) => values.detach().contiguous().data<float>().ToArray();
}
