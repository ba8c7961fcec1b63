using static TorchSharp.torch;

namespace Comparison;

/// <summary>libtorch by TorchSharp.</summary>
internal sealed class TorchSide : Side
{
    private readonly TorchNetwork network;
    private readonly Pass pass;
    private readonly int threads;
    private readonly optim.Optimizer optimizer;

    public TorchSide(TorchNetwork network, Pass pass, int threads, string setting)
    {
        this.network = network;
        this.pass = pass;
        this.threads = threads;
        Setting = setting;
        network.Training = pass == Pass.Step;
        // TorchSharp's own default of β₂ is another than PyTorch's.
        optimizer = optim.Adam(network.Parameters, Subject.LearningRate, beta1: 0.9, beta2: 0.999, eps: 1e-8);
    }

    public override string Setting { get; }

    public override void Prepare() => set_num_threads(threads);

    public override void Run()
    {
        if (pass == Pass.Step)
        {
            using var scope = NewDisposeScope();
            network.Backward();
            optimizer.step();
        }
        else
        {
            using var scope = NewDisposeScope();
            using var mode = inference_mode();
            network.Forward();
        }
    }

    public override void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
    }
}
