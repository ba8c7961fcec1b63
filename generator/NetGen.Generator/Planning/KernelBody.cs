using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Windows;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Planning;

/// <summary>What a lowering sees of its node.</summary>
internal sealed record LoweringContext(IReadOnlyList<TensorType> Inputs, TensorType Result)
{
    /// <summary>The body of a node of a graph.</summary>
    public static KernelBody Lower(TensorGraph graph, Node node) =>
        node.Operation.Lower(new LoweringContext(node.Inputs.Select(i => graph[i].Type).ToArray(), node.Type));
}

/// <summary>
/// How a node is computed, before any backend is known. Four kinds cover every operation: a contraction (anything that is a
/// matrix product in disguise), a pointwise map, a reduction, and a call of a run-time kernel for the irregular rest. Further kinds
/// (<see cref="WinogradBody"/>) come from passes that choose another algorithm.
/// </summary>
internal abstract record KernelBody
{
    /// <summary>The body that makes only the largest of each window of its results, or also its position; null where there is none.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="image">The results.</param>
    public virtual KernelBody? WithPooling(Window2D window, TensorType image) => null;
}

/// <summary>The same memory seen with other dimensions: no kernel at all.</summary>
internal sealed record AliasBody : KernelBody;

/// <summary>
/// One result element from the operands' elements at the same (broadcast) place; with a Stream also from that stream's random number of the place.
/// </summary>
internal sealed record PointwiseBody(ElementwiseFunction Function, float Alpha = 0f, uint? Stream = null) : KernelBody;

/// <summary>
/// The elements of a sample of the operand at Start + Σ iₖ·Strideₖ: read in place by the pointwise nodes and sums behind it, a copy for others.
/// </summary>
internal sealed record ViewBody(int Start, EquatableArray<int> Strides) : KernelBody;

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

/// <summary>
/// result[outer, rows, n] = Σ_reduce A[outer, rows, reduce] · B[outer, reduce, n], with n contiguous in B and in the result.
/// Dense layers, convolutions and all of their gradients are this loop nest with other strides (convolution over NHWC rows: one
/// output row needs kw·C contiguous floats per pixel and kernel row, so it is a matrix product with overlapping rows and needs no
/// im2col). Outer: loops around the tile, outermost first. Row: the loop whose steps fill the tile's rows. Reduce: outermost first.
/// </summary>
internal sealed record ContractionBody(
    EquatableArray<Loop> Outer,
    EquatableArray<Loop> Rows,
    int Columns,
    EquatableArray<Loop> Reduce) : KernelBody
{
    /// <summary>
    /// Loops over the window of a max pooling that was fused in: every tile computes all of them for its rows and keeps the
    /// largest. Empty without pooling.
    /// </summary>
    public EquatableArray<Loop> Window { get; init; }

    /// <summary>
    /// Loops over the window of a max pooling whose gradient B is: of each column only one step, which a third operand gives by its number, meets the element
    /// of B, and the others meet 0. Innermost of the sum. Empty without.
    /// </summary>
    public EquatableArray<Loop> Spread { get; init; }

    /// <summary>Offsets of A, of B and of the result at the first step of all loops.</summary>
    public int StartA { get; init; }

    public int StartB { get; init; }

    public int StartResult { get; init; }

    /// <summary>The first outer loop walks over parts of the sum: its step i makes the i-th result of the kernel.</summary>
    public bool HasResultPerPart { get; init; }

    /// <summary>
    /// What a step from a column to the next adds to the offset of B. Where it is not 1, the steps of the sum are contiguous in B, whole squares of
    /// 16×16 of it are read, and a worker has to transpose the columns of a tile before it can use them (<see cref="WeightPanels"/>).
    /// </summary>
    public int ColumnStride { get; init; } = 1;

    /// <summary>
    /// So many steps of the loop over the batch belong to one sample: rows, or terms of the sum, lie one after the other in both operands and in the result,
    /// and a processor's kernel is called as for that many samples.
    /// </summary>
    public int Positions { get; init; } = 1;

    /// <summary>One worker computes all of it: others have other samples or columns.</summary>
    public bool IsOfOneWorker { get; init; }

    /// <summary>The sums are added to what the result holds.</summary>
    public bool AddsToResult { get; init; }

    /// <summary>Further loop nests that make the rest of the result; they have the same columns and no parts of their own.</summary>
    public EquatableArray<ContractionBody> Parts { get; init; }

    /// <summary>What this part is, for a comment; empty for the whole or the main part.</summary>
    public string Part { get; init; } = "";

    /// <summary>Appended to the names of its tiles; parts of the same suffix have the same reduction and rows.</summary>
    public string Suffix { get; init; } = "";

    public override KernelBody? WithPooling(Window2D window, TensorType image) => Window.Count == 0 ? PooledContraction.Of(this, window, image) : null;

    /// <summary>This nest and its parts.</summary>
    public IEnumerable<ContractionBody> All => new[] { this }.Concat(Parts);
}

/// <summary>
/// The sum over some axes of a sample, and over the batch where OverBatch, times Scale (a mean is a sum with 1/n).
/// </summary>
internal sealed record ReductionBody(EquatableArray<int> Axes, bool OverBatch, float Scale) : KernelBody;

/// <summary>
/// A call of a generic method of NetGen.Runtime, for operations whose loops gain nothing from being written out: rows of softmax,
/// windows of pooling, copies. The call is <c>Function&lt;V&gt;(ref operands…, ref results…, constants…, batch, worker, workers)</c>.
/// </summary>
internal sealed record RuntimeCallBody(string Function, EquatableArray<int> Constants) : KernelBody
{
    /// <summary>The pairs of an operand and a result of which the kernel allows that they are the same memory.</summary>
    public EquatableArray<InPlacePair> InPlace { get; init; }
}

/// <summary>
/// Positions among the operands and results of a kernel that reads an element of the operand for the last time before it, or any other worker,
/// writes the element at the same place of the result.
/// </summary>
internal sealed record InPlacePair(int Operand, int Result);

/// <summary>The optimizer's step on a weight, element by element, with the gradient as operand.</summary>
internal sealed record UpdateBody(string Parameter) : KernelBody;
