using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// The loops of a sum of products Σ a·b, outermost first: how often each runs, and what a step of it adds to the offsets of a and of b. A
/// loop that is not needed runs once.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SumLoops
{
    /// <summary>One loop: the terms of a dense layer.</summary>
    public SumLoops(int extent, nint strideA, nint strideB)
        : this(1, 0, 0, 1, 0, 0, extent, strideA, strideB)
    {
    }

    /// <summary>Two loops: the rows of a kernel, and the run of pixels and channels in each.</summary>
    public SumLoops(int extent1, nint strideA1, nint strideB1, int extent2, nint strideA2, nint strideB2)
        : this(1, 0, 0, extent1, strideA1, strideB1, extent2, strideA2, strideB2)
    {
    }

    /// <summary>Three loops: samples, rows and pixels.</summary>
    public SumLoops(
        int extent0, nint strideA0, nint strideB0, int extent1, nint strideA1, nint strideB1, int extent2, nint strideA2, nint strideB2)
    {
        (Extent0, StrideA0, StrideB0) = (extent0, strideA0, strideB0);
        (Extent1, StrideA1, StrideB1) = (extent1, strideA1, strideB1);
        (Extent2, StrideA2, StrideB2) = (extent2, strideA2, strideB2);
    }

    /// <summary>There is one term.</summary>
    internal bool IsOne => (Extent0 | Extent1 | Extent2) == 1;

    /// <summary>How many terms there are.</summary>
    internal nint Count => (nint)Extent0 * Extent1 * Extent2;

    internal readonly int Extent0, Extent1, Extent2;
    internal readonly nint StrideA0, StrideA1, StrideA2;
    internal readonly nint StrideB0, StrideB1, StrideB2;
}
