using System.ComponentModel;

namespace NetGen;

/// <summary>
/// A network whose device may keep the data and step through them by itself: what <c>Fit</c> does on a GPU, where the way of each batch from the host and of
/// each loss back would take longer than the step.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IResidentTrainable : ITrainable
{
    /// <summary>Brings a data set to the network's device.</summary>
    /// <returns>To be disposed after the training; null where the network computes on the processor, or the data do not fit.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network, or a label is out of range.</exception>
    ResidentData? Keep(Dataset data);

    /// <summary>Makes some steps of training, as many calls of <see cref="ITrainable.StepBatch"/> would, to the bit.</summary>
    /// <param name="data">What <see cref="Keep"/> gave, of the same network.</param>
    /// <param name="rows">The samples of all steps in their order.</param>
    /// <param name="batchSize">The samples of a step; those of the last may be fewer.</param>
    /// <param name="optimizers">The rule of each step.</param>
    /// <param name="results">Receives what each step gave.</param>
    /// <param name="correct">Receives for each step, one after the other, what <see cref="ITrainable.StepBatch"/> says of right and wrong; empty where nobody asks.</param>
    void StepRows<TOptimizer>(
        ResidentData data, ReadOnlySpan<int> rows, int batchSize, ReadOnlySpan<TOptimizer> optimizers, Span<BatchResult> results, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>;
}
