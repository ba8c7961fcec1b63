using NetGen;
using NetGen.Onnx;

namespace Comparison;

/// <summary>A network on all sides.</summary>
/// <param name="Name">As in the names of workloads.</param>
/// <param name="Title">What it is, for the report.</param>
/// <param name="Batches">Numbers of samples that it is compared with.</param>
internal abstract record Model(string Name, string Title, int[] Batches)
{
    /// <summary>All networks, in the order of the report.</summary>
    public static IReadOnlyList<Model> All { get; } = [.. ChainModel.Chains, .. Twins.All];

    /// <summary>What is measured.</summary>
    public abstract IReadOnlyList<Pass> Passes { get; }

    /// <summary>How much it computes.</summary>
    public abstract IWork Work { get; }

    /// <summary>Ways to keep or to pass the data that libtorch's documentation offers; an empty text where there is but one.</summary>
    public abstract IReadOnlyList<string> TorchSettings { get; }

    /// <summary>Norms take the batch's statistics in training, and nothing is drawn: both sides train as they are.</summary>
    public virtual bool TrainsByStatistics => false;

    /// <summary>Samples to compute with.</summary>
    public abstract SampleBatch NewBatch(int count);

    /// <summary>NetGen's side.</summary>
    public abstract Subject Create(SampleBatch batch, Device device);

    /// <summary>The same network without what differs from run to run.</summary>
    public virtual Subject CreateForGradients(SampleBatch batch, Device device) => Create(batch, device);

    /// <summary>NetGen's parameters in the peers' order.</summary>
    public abstract float[][] Parameters(Subject subject);

    /// <summary>Whether there is an ONNX model of it.</summary>
    public abstract bool HasOnnx { get; }

    /// <summary>Writes the ONNX model; gives the name of its result, and the batch in its order.</summary>
    public abstract (string Result, float[] Inputs) WriteOnnx(float[][] parameters, SampleBatch batch, OnnxModel model);

    /// <summary>libtorch's side.</summary>
    /// <param name="parameters">In the peers' order.</param>
    /// <param name="batch">What it computes with.</param>
    /// <param name="setting">One of <see cref="TorchSettings"/>.</param>
    public abstract TorchNetwork Torch(float[][] parameters, SampleBatch batch, string setting);
}
