using static System.FormattableString;

namespace NetGen;

/// <summary>How one of several objectives is trained: by which optimizer, and on which batches.</summary>
/// <remarks>
/// <code>
/// gan.Fit(data, new FitOptions { Epochs = 5, BatchSize = 64 },
///     new ObjectiveSteps&lt;Adam&gt;(nameof(Gan.CriticLoss), new Adam(2e-4f, beta1: 0.5f)),
///     new ObjectiveSteps&lt;Adam&gt;(nameof(Gan.GeneratorLoss), new Adam(1e-4f, beta1: 0.5f)) { Every = 5 });
/// </code>
/// </remarks>
public abstract class ObjectiveSteps
{
    private protected ObjectiveSteps(string objective)
    {
        ArgumentException.ThrowIfNullOrEmpty(objective);
        Objective = objective;
    }

    /// <summary>The name of the objective's method.</summary>
    public string Objective { get; }

    /// <summary>k, at least 1: a step on each k-th batch of the training, the k-th, the 2k-th, and so on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Every
    {
        get;
        init => field = value >= 1
            ? value
            : throw OutOfRange.Of(nameof(Every), value, Invariant($"A step on {Objective} is made every {value} batches; expected at least 1."));
    } = 1;

    /// <summary>
    /// Says before each batch whether a step on the objective is made with it, and is asked instead of <see cref="Every"/>; null: nobody is
    /// asked. For a training that can be gone on with to the bit it decides by the context's numbers alone:
    /// <see cref="FitContext.TotalSteps"/>, <see cref="FitContext.LossOf"/>.
    /// </summary>
    /// <example>
    /// The first batch, the third, and so on:
    /// <code>new ObjectiveSteps&lt;Adam&gt;(nameof(Gan.CriticLoss), new Adam(2e-4f)) { When = fit => fit.TotalSteps % 2 == 0 }</code>
    /// </example>
    public Func<FitContext, bool>? When { get; init; }

    /// <summary>Whether the batch that comes is for it.</summary>
    internal bool Takes(FitContext fit) => When?.Invoke(fit) ?? (fit.TotalSteps + 1) % Every == 0;

    internal abstract ObjectiveRun Begin(IMultiObjective network, int index);
}

/// <summary>How one of several objectives is trained.</summary>
/// <inheritdoc cref="ObjectiveSteps"/>
/// <typeparam name="TOptimizer">The rule that makes new weights; those of other objectives may be others.</typeparam>
public sealed class ObjectiveSteps<TOptimizer> : ObjectiveSteps
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly TOptimizer optimizer;
    private readonly Func<long, TOptimizer>? schedule;

    /// <summary>Trains an objective with an optimizer, whose rate a <see cref="FitOptions.Schedule"/> may change.</summary>
    /// <param name="objective">The name of the objective's method.</param>
    /// <param name="optimizer">The rule that makes new weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyper-parameter is out of range.</exception>
    public ObjectiveSteps(string objective, in TOptimizer optimizer)
        : base(objective)
    {
        optimizer.Validate();
        this.optimizer = optimizer;
    }

    /// <summary>Trains an objective with an optimizer that changes from batch to batch.</summary>
    /// <param name="objective">The name of the objective's method.</param>
    /// <param name="schedule">Gives the optimizer for batch 1, 2, … of the training.</param>
    public ObjectiveSteps(string objective, Func<long, TOptimizer> schedule)
        : base(objective)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        optimizer = TOptimizer.Default;
        this.schedule = schedule;
    }

    internal override ObjectiveRun Begin(IMultiObjective network, int index) =>
        new ObjectiveRun<TOptimizer>(network, index, this, optimizer, schedule);
}
