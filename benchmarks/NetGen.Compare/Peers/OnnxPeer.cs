using Microsoft.ML.OnnxRuntime;
using NetGen;

namespace Comparison;

/// <summary>ONNX Runtime: prediction only.</summary>
internal sealed class OnnxPeer(int threads, bool quick) : Peer
{
    private readonly int[] batches = quick ? [1, 32] : [1, 8, 32, 128];

    public override string Name => "onnxruntime";

    public override PeerDescription Description { get; } = new(
        $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}",
        "Graph optimizations ORT_ENABLE_ALL, the batch a constant (AddFreeDimensionOverrideByName), input and output bound (OrtIoBinding), sequential "
        + "execution, spinning as by default");

    public override IEnumerable<Workload> Workloads =>
        from model in Model.All
        where model.HasOnnx
        from batch in model is ChainModel ? batches : model.Batches
        from count in new[] { 1, threads }.Distinct()
        select new Workload(model, batch, Pass.Forward, count);

    public override Agreement Agree(Model model, SampleBatch batch, int threads)
    {
        using var subject = model.Create(batch, Device.Cpu(threads));
        using var peer = new OnnxSide(model, model.Parameters(subject), batch, threads);
        subject.Forward();
        peer.Run();
        return new Agreement(Agreement.Difference(peer.Outputs, batch.Outputs), 0, 0);
    }

    public override IReadOnlyList<Side> Settings(Workload workload, SampleBatch batch, float[][] parameters) =>
        [new OnnxSide(workload.Model, parameters, batch, workload.Threads)];
}
