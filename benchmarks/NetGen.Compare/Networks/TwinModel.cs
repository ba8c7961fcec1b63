using NetGen;
using NetGen.Onnx;

namespace Comparison;

/// <summary>A network that is no chain of layers, and the same written for libtorch by hand.</summary>
/// <param name="Name">As in the names of workloads.</param>
/// <param name="Title">What it is, for the report.</param>
/// <param name="Batches">Numbers of samples that it is compared with.</param>
/// <param name="Shape">Of a sample; of a step, where samples are sequences.</param>
/// <param name="Cost">What it computes.</param>
/// <param name="NetGen">NetGen's side.</param>
/// <param name="Twin">libtorch's side, its parameters in the order of NetGen's.</param>
internal sealed record TwinModel(
    string Name, string Title, int[] Batches, BatchShape Shape, Cost Cost, Func<SampleBatch, Device, Subject> NetGen, Func<SampleBatch, string, TorchTwin> Twin)
    : Model(Name, Title, Batches)
{
    /// <summary>What is measured.</summary>
    public IReadOnlyList<Pass> Measured { get; init; } = [Pass.Step, Pass.Forward];

    /// <summary>As <see cref="Model.TorchSettings"/>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [""];

    /// <summary>The same as an ONNX model, which gives the name of its result; null where NetGen is not compared so.</summary>
    public Func<OnnxGraph, string>? Onnx { get; init; }

    /// <summary>What that reads.</summary>
    public Func<SampleBatch, float[]> OnnxInputs { get; init; } = batch => batch.Inputs;

    public override IReadOnlyList<Pass> Passes => Measured;

    public override IWork Work => Cost;

    public override IReadOnlyList<string> TorchSettings => Settings;

    public override bool TrainsByStatistics => true;

    public override SampleBatch NewBatch(int count) => new(Shape, count);

    public override Subject Create(SampleBatch batch, Device device) => NetGen(batch, device);

    public override float[][] Parameters(Subject subject) => PeerLayout.AsInFiles(subject.Network);

    public override bool HasOnnx => Onnx is not null;

    public override (string Result, float[] Inputs) WriteOnnx(float[][] parameters, SampleBatch batch, OnnxModel model) =>
        (Onnx!(new OnnxGraph(model, parameters)), OnnxInputs(batch));

    public override TorchNetwork Torch(float[][] parameters, SampleBatch batch, string setting) => new(Twin(batch, setting), parameters, setting == TorchNetwork.ChannelsLast);
}
