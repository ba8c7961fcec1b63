using NetGen;

namespace Comparison;

/// <summary>A library of matrix products: the networks that are one.</summary>
internal sealed class BlasPeer(string name, BlasLibrary library, int threads) : Peer
{
    /// <summary>As in options and tables.</summary>
    public const string OpenBlas = "openblas", Blis = "blis";

    public override string Name => name;

    public override PeerDescription Description { get; } = new(
        library.Version,
        "`cblas_sgemm`, called by P/Invoke; the faster of weights as [inputs, outputs] and [outputs, inputs], as many threads as NetGen's");

    public override IEnumerable<Workload> Workloads =>
        from model in ChainModel.Chains
        where model.Architecture.Layers is [DenseSpec { Bias: false }]
        from batch in model.Batches
        from count in new[] { threads, 1 }.Distinct()
        select new Workload(model, batch, Pass.Forward, count);

    public override Agreement Agree(Model model, SampleBatch batch, int threads)
    {
        using var subject = model.Create(batch, Device.Cpu(threads));
        subject.Forward();
        using var peer = new BlasSide(library, ((ChainModel)model).Architecture, model.Parameters(subject), batch, threads, transposed: true);
        peer.Run();
        return new Agreement(Agreement.Difference(peer.Outputs, batch.Outputs), 0, 0);
    }

    public override IReadOnlyList<Side> Settings(Workload workload, SampleBatch batch, float[][] parameters) =>
        [.. new[] { true, false }.Select(transposed =>
            new BlasSide(library, ((ChainModel)workload.Model).Architecture, parameters, batch, workload.Threads, transposed))];
}
