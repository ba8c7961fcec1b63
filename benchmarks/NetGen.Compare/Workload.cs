namespace Comparison;

/// <summary>A network, a number of samples, what is computed, and with how many threads.</summary>
internal sealed record Workload(Model Model, int Batch, Pass Pass, int Threads)
{
    public string Name => $"{Model.Name}/{Batch}/{Pass.ToString().ToLowerInvariant()}";

    /// <inheritdoc cref="IWork.Flops"/>
    public long Flops => Model.Work.Flops(Batch, Pass);

    /// <summary>All networks with their batches, trained and not.</summary>
    public static IEnumerable<Workload> All(int threads) =>
        from model in Model.All
        from batch in model.Batches
        from pass in model.Passes
        select new Workload(model, batch, pass, threads);
}
