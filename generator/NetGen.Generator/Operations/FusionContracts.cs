using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations;

/// <summary>A max pooling (or the indices of one) that can be computed on a contraction's results while they are in registers.</summary>
internal interface IContractionPooling
{
    /// <summary>True for the pooled value, false for the window index.</summary>
    bool IsValue { get; }

    Window2D Window { get; }
}

/// <summary>An operation that shares a kernel with others over the same operands.</summary>
internal interface IMergeableOperation
{
    /// <summary>
    /// The kernel of all of them and the order in which it makes their results (positions in <paramref name="siblings"/>); null where there
    /// is none.
    /// </summary>
    MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands);
}

internal sealed record MergedKernel(KernelBody Body, IReadOnlyList<int> Order);
