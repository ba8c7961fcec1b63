using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>
/// One result element from the operands' elements at the same (broadcast) place; with a Stream also from that stream's random number of the place.
/// </summary>
internal sealed record PointwiseBody(ElementFunction Function, float Alpha = 0f, uint? Stream = null) : KernelBody;

/// <summary>
/// The elements of a sample of the operand at Start + Σ iₖ·Strideₖ: read in place by the pointwise nodes and sums behind it, a copy for others.
/// </summary>
internal sealed record ViewBody(int Start, EquatableArray<int> Strides) : KernelBody;

/// <summary>
/// The sum over some axes of a sample, and over the batch where OverBatch, times Scale (a mean is a sum with 1/n).
/// </summary>
internal sealed record ReductionBody(EquatableArray<int> Axes, bool OverBatch, float Scale) : KernelBody;

/// <summary>The optimizer's step on a weight, element by element, with the gradient as operand.</summary>
internal sealed record UpdateBody(string Parameter) : KernelBody;
