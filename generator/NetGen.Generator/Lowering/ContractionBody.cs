using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

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
    EquatableArray<Loop> Reduce) : KernelBody, IPoolingBody, ILoopBody
{
    /// <summary>
    /// Loops over the window of a max pooling that was fused in: every tile computes all of them for its rows and keeps the
    /// largest. Empty without pooling.
    /// </summary>
    public EquatableArray<Loop> Window { get; init; }

    /// <summary>
    /// Loops over the window of a max pooling whose gradient B is: of each column only one step, which a third operand gives by its number,
    /// meets the element of B, and the others meet 0. Innermost of the sum. Empty without.
    /// </summary>
    public EquatableArray<Loop> Spread { get; init; }

    /// <summary>Offsets of A, of B and of the result at the first step of all loops.</summary>
    public int StartA { get; init; }

    public int StartB { get; init; }

    public int StartResult { get; init; }

    /// <summary>The first outer loop walks over parts of the sum: its step i makes the i-th result of the kernel.</summary>
    public bool HasResultPerPart { get; init; }

    /// <summary>
    /// What a step from a column to the next adds to the offset of B. Where it is not 1, the steps of the sum are contiguous in B, whole
    /// squares of 16×16 of it are read, and a worker has to transpose the columns of a tile before it can use them (<see
    /// cref="Planning.WeightPanels"/>).
    /// </summary>
    public int ColumnStride { get; init; } = 1;

    /// <summary>
    /// So many steps of the loop over the batch belong to one sample: rows, or terms of the sum, lie one after the other in both operands
    /// and in the result, and a processor's kernel is called as for that many samples.
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

    /// <summary>
    /// The loop around the tiles that goes over groups of columns, by its name: the result has the columns of all groups, and so has an
    /// operand with a
    /// number for each column. null: there is one group.
    /// </summary>
    public string? GroupLoop { get; init; }

    /// <summary>Of all groups.</summary>
    public int AllColumns => Columns * (GroupLoop is null ? 1 : Outer.Concat(Rows).First(l => l.Name == GroupLoop).Extent!.Value);

    ContractionBody? ILoopBody.Loops => this;

    public KernelBody? WithPooling(Window2D window, TensorType image) => Window.Count == 0 ? PooledContraction.Of(this, window, image) : null;

    /// <summary>This nest and its parts.</summary>
    public IEnumerable<ContractionBody> All => new[] { this }.Concat(Parts);

    /// <summary>The multiply-adds of one sample, with those of the parts: it goes over the batch in its rows or in its sum.</summary>
    public long MultiplyAdds => All.Sum(part => part.Outer.Concat(part.Rows).Concat(part.Window).Concat(part.Reduce).Concat(part.Spread)
        .Aggregate((long)part.Columns * part.Positions, (product, loop) => product * (loop.Extent ?? 1)));
}

