namespace NetGen;

/// <summary>
/// A network with several objectives, each with steps of its own: a generator and its critic, several tasks.
/// <see cref="Training.Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/> trains it.
/// </summary>
public interface IMultiObjective : INetwork
{
    /// <summary>The objectives in the order of their methods.</summary>
    ReadOnlySpan<ObjectiveSpec> Objectives { get; }

    /// <summary>Makes one step of training on an objective and returns the loss before it.</summary>
    /// <param name="objective">The position of the objective in <see cref="Objectives"/>; each has a state of its optimizer.</param>
    /// <param name="batch">As many samples as it has, in the objective's columns.</param>
    /// <param name="optimizer">The rule that makes new weights; it may change from step to step.</param>
    /// <param name="correct">As in <see cref="ITrainable.StepBatch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such objective.</exception>
    BatchResult StepBatch<TOptimizer>(int objective, Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>;

    /// <summary>Computes an objective as in use (no dropout, running statistics), and changes nothing.</summary>
    /// <param name="objective">The position of the objective in <see cref="Objectives"/>.</param>
    /// <param name="batch">As many samples as it has, in the objective's columns.</param>
    /// <param name="correct">As in <see cref="ITrainable.StepBatch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such objective.</exception>
    BatchResult EvaluateBatch(int objective, Batch batch, Span<double> correct);

    /// <summary>Forgets what optimizers have kept of earlier steps: the next step on each objective is as the first.</summary>
    void ResetOptimizers();
}
