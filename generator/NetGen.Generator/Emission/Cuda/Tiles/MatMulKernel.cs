namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>Some neighbours of a row of a product, in a thread's registers, as an epilogue gets them.</summary>
/// <param name="Row">C# text of the row.</param>
/// <param name="Column">C# text of the first number's column.</param>
/// <param name="Values">C# names of floats: 1, 2 or 4 of them; of a window as many for its first row, then those for its second, … An epilogue may assign to them.</param>
/// <param name="ColumnMultiple">A number that <paramref name="Column"/> is a multiple of.</param>
internal sealed record ResultRun(string Row, string Column, IReadOnlyList<string> Values, int ColumnMultiple);

/// <summary>What becomes of a product's results.</summary>
/// <param name="code">Where the statements go. What is written is in a block of its own, for rows and columns that exist.</param>
/// <param name="run">The numbers.</param>
internal delegate void MatMulEpilogue(CodeWriter code, ResultRun run);

/// <summary>
/// A kernel: result[row, column] = Σ over k of left[row, k] · right[k, column], for which the tile says who computes what. Places are ints: a view has less than 2³¹ numbers.
/// </summary>
/// <param name="Header">C# text of the method's declaration, without a body. What the other texts name are parameters here.</param>
/// <param name="Rows">A constant, or a formula over variables such as a parameter <c>batch</c>.</param>
/// <param name="Columns">A constant.</param>
/// <param name="Depth">How many products each sum has: a constant or a formula.</param>
/// <param name="Left">The operand with the rows.</param>
/// <param name="Right">The operand with the columns.</param>
/// <param name="Tile">How it is computed.</param>
/// <param name="Epilogue">
/// What becomes of the results; where <see cref="MatMulTile.Parts"/> is more than one, of the sums of parts, in <see cref="SplitSumEmitter"/>'s kernel.
/// </param>
/// <param name="Partials">
/// C# text of an <c>ArrayView&lt;float&gt;</c> of [parts, rows, columns], which a sum that is cut into parts needs; else null. It begins at a multiple of 16 bytes.
/// </param>
internal sealed record MatMulKernel(
    string Header, Formula Rows, int Columns, Formula Depth, MatMulOperand Left, MatMulOperand Right, MatMulTile Tile, MatMulEpilogue Epilogue, string? Partials = null)
{
    /// <summary>
    /// Rows of the left operand that together are one row of the result, as of a convolution that is pooled: a power of two. They follow each other; row r of
    /// the result has the left operand's rows from r · Window on. The epilogue gets the sums of all of them.
    /// </summary>
    public int Window { get; init; } = 1;

    /// <summary>Writes what the epilogue needs, once and before it. Not before the sums, whose registers it would take.</summary>
    public Action<CodeWriter>? Preparation { get; init; }

    /// <summary>Rows of the result in a tile.</summary>
    public int TileRows => Tile.Rows / Window;

    /// <summary>How many blocks the grid has in x: one for each tile.</summary>
    public Formula Blocks => Formula.Tiles(Rows, TileRows) * Formula.Tiles(Columns, Tile.Columns);

    /// <summary>How many blocks the grid has in y.</summary>
    public int Parts => Tile.Parts;

    /// <summary>Neighbours that a thread has in a row of its tile.</summary>
    public int Neighbours => Tile.Precision != TilePrecision.Float32 ? FragmentMap.ResultRun : Right.KIsContiguous ? 1 : ThreadMap.Vector;

    /// <summary>Of so many neighbouring columns those that an epilogue gets at once: all of them exist, or none.</summary>
    public int RunOf(int neighbours)
    {
        while (Columns % neighbours != 0)
            neighbours /= 2;
        return neighbours;
    }

    /// <summary>An epilogue that stores the results in a matrix.</summary>
    /// <param name="view">C# text: an <c>ArrayView&lt;float&gt;</c> that begins at a multiple of 16 bytes.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    public static MatMulEpilogue Store(string view, int stride) => (code, run) =>
    {
        var place = $"{view}[{Formula.Variable(run.Row) * stride + Formula.Variable(run.Column)}]";
        var width = new[] { 4, 2, 1 }.First(width => run.Values.Count % width == 0 && run.ColumnMultiple % width == 0 && stride % width == 0);
        for (var i = 0; i < run.Values.Count; i += width)
        {
            var target = i == 0 ? place : $"{view}[{Formula.Variable(run.Row) * stride + Formula.Variable(run.Column) + i}]";
            code.Line(width == 1
                ? $"{target} = {run.Values[i]};"
                : $"PtxMemory.Store{width}(ref {target}, {string.Join(", ", run.Values.Skip(i).Take(width))});");
        }
    };

    /// <exception cref="ArgumentException">The tile does not fit the operands, or what belongs together does not.</exception>
    public void Verify()
    {
        TileRules.Verify(Tile, Left.KIsContiguous, Right.KIsContiguous);
        VerifyOperand(Left, nameof(Left), Left.KIsContiguous ? Depth : Rows);
        VerifyOperand(Right, nameof(Right), Right.KIsContiguous ? Depth : Columns);
        if (Tile.Parts > 1 && Partials is null)
            throw new ArgumentException("A sum in parts needs a place for them.");
        if (Window > 1 && (Tile.Parts > 1 || !Left.KIsContiguous || !WindowRows.Fit(Tile, Window)))
            throw new ArgumentException($"Windows of {Window} rows need whole sums, a left operand whose k is contiguous, and a tile in which they divide a thread's rows.");
    }

    private void VerifyOperand(MatMulOperand operand, string name, Formula extent)
    {
        var (widest, least) = Tile.Precision == TilePrecision.BFloat16 ? (8, 2) : (4, 1);
        if (operand.Vector < least || operand.Vector > widest || (operand.Vector & (operand.Vector - 1)) != 0)
            throw new ArgumentException($"{name}: {operand.Vector} numbers cannot be copied at once; from {least} to {widest} can.");
        if (operand.Vector > 1 && !(extent.Constant % operand.Vector == 0))
            throw new ArgumentException($"{name}: vectors of {operand.Vector} do not divide the {extent} numbers that lie side by side.");
    }
}
