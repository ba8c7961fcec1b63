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
}
