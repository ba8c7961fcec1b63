using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>A contraction as the product of two operands of which tiles are made: where their numbers lie, and which tile computes it.</summary>
internal static class CudaProduct
{
    /// <summary>Fewer columns leave most of the narrowest tile without work.</summary>
    private const int FewestColumns = 8;

    /// <summary>Fewer terms are over before a tile has paid for its shared memory; the batch has as many.</summary>
    private const int FewestTerms = 16;

    /// <summary>What a block may have, by a word of the host to the driver: every GPU since sm_80 has more.</summary>
    private const int SharedBytes = 96 * 1024;

    /// <summary>Larger windows of pixels divide no thread's rows of tensor cores.</summary>
    public const int LargestTensorWindow = 8;

    /// <summary>
    /// Whether tiles make a contraction; else a thread for each result does better. A tile has rows of one matrix on the left with one on
    /// the right.
    /// </summary>
    public static bool IsForTiles(CudaContraction contraction) => contraction.Rows.All(l => l.StrideB == 0)
        && contraction.Columns >= FewestColumns && contraction.Terms.Aggregate(1L, (n, l) => n * (l.Extent ?? FewestTerms)) >= FewestTerms;

    /// <summary>The tile of a contraction; null where a thread for each result does better.</summary>
    /// <param name="batches">Those that are to be expected.</param>
    public static MatMulTile? ChooseTile(CudaContraction contraction, TilePrecision precision, IReadOnlyList<int> batches)
    {
        if (!IsForTiles(contraction))
            return null;
        if (precision != TilePrecision.Float32 && contraction.WindowOffsets.Count > LargestTensorWindow)
            return ChooseTile(contraction, TilePrecision.Float32, batches);
        var window = Window(contraction);
        var (rows, terms) = (CudaContraction.Product(contraction.Rows) * window, CudaContraction.Product(contraction.Terms));
        int Count(long steps, IReadOnlyList<Loop> loops, int batch) => (int)Math.Min(int.MaxValue, loops[0].Extent is null ? steps * batch : steps);
        var shape = new ProductShape(
            batch => Count(rows, contraction.Rows, batch), contraction.Columns, batch => Count(terms, contraction.Terms, batch),
            Left(contraction, "", precision).KIsContiguous, Right(contraction, "", precision).KIsContiguous, precision)
        {
            Window = window,
            LeftCopyRegisters = Loops(contraction.Rows, l => l.StrideA).Strides.Count() > 1 || window > 1 ? 1 + contraction.Terms.Count(l => l.Bound is not null) : 0,
        };
        return TileModel.Find(shape, batches, SharedBytes, mayCut: window == 1);
    }

    /// <summary>The kernel, which does nothing with its results yet.</summary>
    /// <param name="header">C# text of the method's declaration.</param>
    /// <param name="left">C# text of a view.</param>
    /// <param name="right">C# text of a view.</param>
    /// <param name="partials">C# text of a view, for a sum that is cut.</param>
    public static MatMulKernel Kernel(CudaContraction contraction, string header, string left, string right, string partials) => new(
        header, Count(contraction.Rows), contraction.Columns, Count(contraction.Terms), Left(contraction, left, contraction.Tile!.Precision),
        Right(contraction, right, contraction.Tile.Precision), contraction.Tile, (_, _) => { }, partials)
    {
        Window = Window(contraction),
    };

    /// <summary>Rows of the left operand for each row of the result.</summary>
    public static int Window(CudaContraction contraction) => WindowRows.Padded(contraction.WindowOffsets.Count);

    /// <summary>Steps of all loops; of those that go over the batch a formula of <c>batch</c>.</summary>
    public static Formula Count(IReadOnlyList<Loop> loops)
    {
        var steps = checked((int)CudaContraction.Product(loops));
        return loops.Any(l => l.Extent is null) ? Formula.Variable("batch") * steps : steps;
    }

    /// <summary>The loops, and what a step of each adds to a place.</summary>
    public static NestedLoops Loops(IEnumerable<Loop> loops, Func<Loop, int> stride) => new([.. loops.Select(l => (l.Extent, stride(l)))]);

    /// <summary>The operand with the rows; of a pooled convolution rows are the pixels of windows, window by window.</summary>
    /// <param name="view">C# text.</param>
    public static MatMulOperand Left(CudaContraction contraction, string view, TilePrecision precision)
    {
        var (rows, terms) = (Loops(contraction.Rows, l => l.StrideA), Loops(contraction.Terms, l => l.StrideA));
        var bounds = contraction.Terms.Select((l, i) => (l.Bound, Loop: i)).Where(b => b.Bound is not null).ToArray();
        if (contraction.Window.Count == 0)
            return MatMulOperand.OfLoops(view, rows, terms, precision, contraction.Body.StartA, bounds.Length == 0 ? null : Inside);

        // Where a window was filled up there is nothing.
        var (pixels, window) = (contraction.WindowOffsets.Count, Window(contraction));
        var pixel = Loops(contraction.Window, l => l.StrideA);
        var operand = MatMulOperand.OfLoops(view, rows, terms, precision, contraction.Body.StartA, windows: true);
        return operand with
        {
            Vector = MatMulOperand.WidestVector(precision, [.. pixel.Strides, operand.Vector]),
            AtIndex = index => operand.AtIndex(index / window) + pixel.At(index % window),
            Inside = pixels == window ? null : (index, _) => [(index % window, pixels)],
        };

        // The line of the image that a step of the sum meets.
        IReadOnlyList<(Formula Number, int Limit)> Inside(Formula row, Formula k) =>
        [
            .. bounds.Select(b =>
            {
                var outer = contraction.Rows.ToList().FindIndex(l => l.Name == b.Bound!.Outer);
                var (first, before) = (rows.Step(row, outer) * b.Bound!.Step, b.Bound.Before);
                return ((before < 0 ? first + -before : first - before) + terms.Step(k, b.Loop), b.Bound.Limit);
            }),
        ];
    }

    /// <summary>The operand with the columns: they are neighbours in memory, or the terms are.</summary>
    /// <param name="view">C# text.</param>
    public static MatMulOperand Right(CudaContraction contraction, string view, TilePrecision precision) => MatMulOperand.OfLoops(
        view, new NestedLoops([(contraction.Columns, contraction.Body.ColumnStride)]), Loops(contraction.Terms, l => l.StrideB), precision, contraction.Body.StartB);
}
