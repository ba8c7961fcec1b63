namespace Comparison;

/// <summary>A network, a number of samples and what is computed.</summary>
internal sealed record Workload(Model Model, int Batch, Pass Pass)
{
    public string Name => $"{Model.Name}/{Batch}/{Pass.ToString().ToLowerInvariant()}";

    /// <summary>Operations of a framework that leaves nothing out.</summary>
    public long Flops => Batch * (Pass == Pass.Step ? Model.Architecture.StepFlops : Model.Architecture.ForwardFlops);

    /// <summary>What is compared with libtorch.</summary>
    public static IEnumerable<Workload> AgainstTorch { get; } =
        from model in Model.All
        from batch in model.Batches
        from pass in model.Architecture.Objective == Objective.None ? [Pass.Forward] : new[] { Pass.Step, Pass.Forward }
        select new Workload(model, batch, pass);
}
