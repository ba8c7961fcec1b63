namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Which of a block's results a thread computes, and what of the operands it reads for them, with <see cref="TilePrecision.Float32"/>: each thread has a small
/// matrix of its own. Where an operand's k is contiguous, a thread reads four k of one index at once, and its indices lie as many apart as there are lanes; else it
/// reads four neighbouring indices of one k at once.
/// </summary>
internal static class ThreadMap
{
    /// <summary>Numbers that a thread reads at once.</summary>
    public const int Vector = 4;

    /// <summary>The row, in the block's tile, of a thread's results.</summary>
    /// <param name="row">Of the thread's own tile.</param>
    public static Formula Row(MatMulTile tile, bool kIsContiguous, Formula thread, int row) =>
        (Warp(thread) / tile.WarpsAcross * tile.WarpRows) + Index(Lane(thread) / tile.LanesAcross, tile.LanesDown, kIsContiguous, row);

    /// <summary>The column, in the block's tile, of a thread's results. Neighbouring threads have neighbouring columns, for they write neighbouring numbers.</summary>
    /// <param name="column">Of the thread's own tile.</param>
    public static Formula Column(MatMulTile tile, bool kIsContiguous, Formula thread, int column) =>
        (Warp(thread) % tile.WarpsAcross * tile.WarpColumns) + Index(Lane(thread) % tile.LanesAcross, tile.LanesAcross, kIsContiguous, column);

    /// <summary>Where in the operand's tile lie the four numbers that have this one as their first.</summary>
    /// <param name="index">A <see cref="Row"/> or <see cref="Column"/>.</param>
    public static Formula Position(OperandTile operand, Formula index, int k) => operand.KIsContiguous
        ? operand.Position(index, k / Vector)
        : operand.Position(k, index / Vector);

    private static Formula Index(Formula lane, int lanes, bool kIsContiguous, int index) => kIsContiguous
        ? lane + (index * lanes)
        : (lane * Vector) + ((index / Vector * lanes * Vector) + (index % Vector));

    private static Formula Warp(Formula thread) => thread / MatMulTile.WarpThreads;

    private static Formula Lane(Formula thread) => thread % MatMulTile.WarpThreads;
}
