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
            + "the faster of contiguous and channels_last, of sequences padded and packed, and "
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
        var parameters = model.Parameters(subject);
        using var scope = NewDisposeScope();
        using var network = model.Torch(parameters, batch, model.TorchSettings[0]);
        network.Training = false;
        subject.Forward();
        var agreement = new Agreement(Agreement.Difference(Floats(network.Forward()), batch.Outputs), 0, 0);
        if (!model.Passes.Contains(Pass.Step))
        {
            return agreement;
        }

        var predicting = network.Loss();
        network.Training = model.TrainsByStatistics;
        var training = network.Backward();
        using var descending = model.CreateForGradients(batch, device);
        foreach (var (from, to) in subject.Network.Parameters.Zip(descending.Network.Parameters))
        {
            from.Values.CopyTo(to.Values);
        }
        var losses = Agreement.Difference([predicting, training], [subject.Loss(), descending.Descend()]);
        var after = model.Parameters(descending);
        float[][] gradients = Gradients(network);
        if (!model.TrainsByStatistics)
        {
            return agreement with { Loss = losses, Gradients = gradients.Select((gradient, i) => Agreement.GradientDifference(gradient, parameters[i], after[i])).Max() };
        }
        var exact = Exact(model, parameters, batch);
        var terms = exact.Average(gradient => gradient.Max(float.Abs));
        return agreement with
        {
            Loss = losses,
            Gradients = exact.Select((gradient, i) => Agreement.GradientDifference(gradient, parameters[i], after[i], terms)).Max(),
            PeersGradients = exact.Zip(gradients, (truth, gradient) => Agreement.Difference(truth, gradient, terms)).Max(),
        };
    }

    /// <summary>The gradients in double precision.</summary>
    private static float[][] Exact(Model model, float[][] parameters, SampleBatch batch)
    {
        set_default_dtype(ScalarType.Float64);
        try
        {
            using var network = model.Torch(parameters, batch, model.TorchSettings[0]);
            network.Training = true;
            network.Backward();
            return Gradients(network);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    private static float[][] Gradients(TorchNetwork network) => [.. network.Parameters.Select(parameter => Floats(parameter.grad!))];

    public override IReadOnlyList<Side> Settings(Workload workload, SampleBatch batch, float[][] parameters)
    {
        var sides = from setting in workload.Model.TorchSettings
                    from count in new[] { workload.Threads, 1 }.Distinct()
                    let network = workload.Model.Torch(parameters, batch, setting)
                    select new TorchSide(network, workload.Pass, count, $"{setting}{(setting.Length > 0 ? ", " : "")}{Numbers.Threads(count)}");
        return [.. sides];
    }

    private static float[] Floats(Tensor values) => values.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
