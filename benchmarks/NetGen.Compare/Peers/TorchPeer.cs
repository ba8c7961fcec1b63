using TorchSharp;
using static TorchSharp.torch;
using Device = NetGen.Device;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>libtorch, by TorchSharp.</summary>
internal sealed class TorchPeer : Peer
{
    /// <summary>As in options and tables.</summary>
    public const string Libtorch = "libtorch";

    private readonly int threads;

    /// <param name="threads">As many as NetGen's.</param>
    /// <param name="untuned">Leave the C library's allocator as it is.</param>
    public TorchPeer(int threads, bool untuned)
    {
        NativeTorch.Load(keepMemory: !untuned);
        this.threads = threads;
        Description = new(
            $"libtorch {__version__} by TorchSharp {Machine.Version(typeof(torch).Assembly)}",
            "Forward in inference mode; gradients set to none before each step; Adam as TorchSharp has it (neither fused nor foreach); "
            + (untuned
                ? "the C library's allocator as it comes, which gives freed memory back to the system; "
                : "the C library's allocator keeps freed memory, for PyTorch's tuning guide recommends allocators that do; ")
            + "the faster of contiguous and channels_last, and "
            + "of as many threads as NetGen's and one");
    }

    public override string Name => Libtorch;

    public override PeerDescription Description { get; }

    public override IEnumerable<Workload> Workloads => Workload.All(threads);

    public override Agreement Agree(Model model, SampleBatch batch, int threads)
    {
        set_num_threads(threads);
        var device = Device.Cpu(threads);
        using var subject = model.Create(batch, device);
        var parameters = PeerLayout.Parameters(model.Architecture, subject.Values());
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(model.Architecture, parameters, batch, channelsLast: false) { Training = false };
        subject.Forward();
        var agreement = new Agreement(Agreement.Difference(Floats(network.Forward()), batch.Outputs), 0, 0);
        if (model.Architecture.Objective == Objective.None)
        {
            return agreement;
        }

        var expected = network.Backward();
        using var descending = (model.CreateForGradients ?? model.Create)(batch, device);
        foreach (var (from, to) in subject.Network.Parameters.Zip(descending.Network.Parameters))
        {
            from.Values.CopyTo(to.Values);
        }
        var losses = Agreement.Difference([expected, expected], [subject.Loss(), descending.Descend()]);
        var after = PeerLayout.Parameters(model.Architecture, descending.Values());
        var gradients = network.Parameters.Select((p, i) => Agreement.GradientDifference(Floats(p.grad!), parameters[i], after[i]));
        return agreement with { Loss = losses, Gradients = gradients.Max() };
    }

    public override IReadOnlyList<Side> Settings(Workload workload, SampleBatch batch, float[][] parameters)
    {
        var images = workload.Model.Architecture.Layers.Any(layer => layer is ConvolutionSpec);
        var sides = from channelsLast in images ? [false, true] : new[] { false }
                    from count in new[] { workload.Threads, 1 }.Distinct()
                    let network = new TorchNetwork(workload.Model.Architecture, parameters, batch, channelsLast)
                    select new TorchSide(network, workload.Pass, count, Setting(images, channelsLast, count));
        return [.. sides];
    }

    private static string Setting(bool images, bool channelsLast, int threads) =>
        (images ? channelsLast ? "channels_last, " : "contiguous, " : "") + Numbers.Threads(threads);

    private static float[] Floats(Tensor values) => values.detach().contiguous().data<float>().ToArray();
}
