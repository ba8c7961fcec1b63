using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>Where a network keeps its weights.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeightStore
{
    /// <summary>
    /// The weights, gaps included, in the order of the network's <see cref="ParameterLayout"/>. They are allocated and initialized
    /// by the first call. The caller may write to them, until the network computes again.
    /// </summary>
    Span<float> Weights { get; }

    /// <summary>
    /// Whether steps end as <see cref="IOptimizer{TSelf}.Pass"/> says; a network written by hand knows <see
    /// cref="IOptimizer{TSelf}.Update"/> alone.
    /// </summary>
    internal bool KnowsPasses => false;

    /// <summary>A copy of all weights, as they are between two steps.</summary>
    internal AlignedFloats Snapshot()
    {
        var weights = Weights;
        var copy = new AlignedFloats(weights.Length, cleared: false, "A copy of the weights");
        weights.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>
    /// Takes other weights, gaps included, in the place of those that it has. False: it cannot, and the caller must write to
    /// <see cref="Weights"/>.
    /// </summary>
    internal bool TryReplace(AlignedFloats staged) => false;

    /// <summary>
    /// What steps on an objective with an optimizer have made of the network, until the next one; null: that is kept where nobody else gets
    /// at it.
    /// </summary>
    internal StepState? Capture<TOptimizer>(int objective = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer> => null;

    /// <summary>Goes on from there. Only where <see cref="Capture"/> gives something.</summary>
    internal void Restore<TOptimizer>(StepState state, int objective = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException();
}
