namespace NetGen.Generator.Lowering;

/// <summary>
/// A loop of a contraction: how far it runs (null: over the batch) and what one step of it adds to the offsets of the operands A and B
/// and of the result. A stride of 0 says that the tensor does not depend on the loop.
/// </summary>
internal sealed record Loop(string Name, int? Extent, int StrideA, int StrideB, int StrideResult)
{
    /// <summary>Limits that depend on an outer loop; null: from 0 to Extent.</summary>
    public LoopBound? Bound { get; init; }
}

/// <summary>The loop takes only the steps i at which 0 ≤ Step·outer − Before + i &lt; Limit: those that meet a pixel.</summary>
internal sealed record LoopBound(string Outer, int Step, int Before, int Limit);
