namespace Comparison;

/// <summary>A network, a number of samples, what is computed, and with how many threads.</summary>
internal sealed record Workload(Model Model, int Batch, Pass Pass, int Threads)
{
    public string Name => $"{Model.Name}/{Batch}/{Pass.ToString().ToLowerInvariant()}";

    /// <inheritdoc cref="Architecture.Flops"/>
    public long Flops => Model.Architecture.Flops(Batch, Pass);

    /// <summary>All networks with their batches, trained and not.</summary>
    public static IEnumerable<Workload> All(int threads) =>
        from model in Model.All
        from batch in model.Batches
        from pass in model.Architecture.Objective == Objective.None ? [Pass.Forward] : new[] { Pass.Step, Pass.Forward }
        select new Workload(model, batch, pass, threads);
}
