namespace NetGen;

/// <summary>A network with one objective: what <c>Fit</c> trains.</summary>
public interface ITrainable : INetwork
{
    /// <summary>The inputs of the objective in order.</summary>
    ReadOnlySpan<ColumnSpec> Columns { get; }

    /// <summary>What the objective classifies, each thing by its name in <see cref="NetGen.Accuracies"/>; nothing where it knows no right and wrong.</summary>
    ReadOnlySpan<string> Accuracies { get; }

    /// <summary>The fewest samples that a step takes: 2 where a layer takes its statistics over the batch alone (<see cref="Layers.BatchNorm"/> of a vector).</summary>
    int SmallestBatch { get; }

    /// <summary>Makes one step of training and returns the loss before it.</summary>
    /// <param name="batch">As many samples as it has, in <see cref="Columns"/>.</param>
    /// <param name="optimizer">The rule that makes new weights; it may change from step to step.</param>
    /// <param name="correct">
    /// Receives for each of <see cref="Accuracies"/> the sum over the samples (or steps, as <see cref="BatchResult.Count"/> has them) of the share of
    /// their answers that is right; empty where nobody asks.
    /// </param>
    BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>;

    /// <summary>Computes the objective as in use (no dropout, running statistics), and changes nothing.</summary>
    /// <param name="batch">As many samples as it has, in <see cref="Columns"/>.</param>
    /// <param name="correct">As in <see cref="StepBatch"/>.</param>
    BatchResult EvaluateBatch(Batch batch, Span<double> correct);

    /// <summary>Forgets what optimizers have kept of earlier steps, for their moments may not be finite: the next step is as the first.</summary>
    void ResetOptimizers();
}
