namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>Which tiles the emitter can write.</summary>
internal static class TileRules
{
    public const int MostThreads = 1024;

    /// <summary>Shared memory of a block that needs no word to the driver.</summary>
    public const int StaticSharedBytes = 48 * 1024;

    /// <exception cref="ArgumentException">The tile cannot be computed as it says.</exception>
    public static void Verify(MatMulTile tile, bool leftKIsContiguous, bool rightKIsContiguous)
    {
        if (Wrong(tile, leftKIsContiguous, rightKIsContiguous) is { } reason)
            throw new ArgumentException($"{tile} ({tile.Precision}): {reason}.");
    }

    /// <summary>Why a tile is none, or null.</summary>
    public static string? Wrong(MatMulTile tile, bool leftKIsContiguous, bool rightKIsContiguous)
    {
        if (tile.Threads > MostThreads)
            return $"{tile.Threads} threads are more than a block has";
        if (tile.Stages < 2 || tile.Parts < 1 || tile.BlocksPerMultiprocessor < 1)
            return "at least two stages, one part and one block are needed";
        if (tile.Precision == TilePrecision.Float32)
        {
            if (tile.LanesAcross is not (4 or 8) || tile.WarpRows % tile.LanesDown != 0 || tile.WarpColumns % tile.LanesAcross != 0)
                return "a warp's part is not made of equal parts of 32 threads";
            if ((!leftKIsContiguous && tile.ThreadRows % ThreadMap.Vector != 0) || (!rightKIsContiguous && tile.ThreadColumns % ThreadMap.Vector != 0))
                return "a thread's part is not made of vectors";
            if (tile.Depth % ThreadMap.Vector != 0)
                return "the depth is not made of vectors";
        }
        else if (tile.WarpRows % FragmentMap.Rows != 0 || tile.WarpColumns % FragmentMap.LoadedColumns != 0 || tile.Depth % FragmentMap.StepDepth(tile.ElementBytes) != 0)
        {
            return "a warp's part is not made of fragments";
        }
        foreach (var operand in new[] { OperandTile.Of(tile, true, leftKIsContiguous), OperandTile.Of(tile, false, rightKIsContiguous) })
        {
            if (operand.ChunksPerRow * operand.PerChunk * operand.RowCount != operand.Extent * operand.Depth || operand.Chunks == 0)
                return "a row of a tile is not made of chunks";
            if (operand.RowsAtOnce > 1 && (operand.ChunksPerRow & (operand.ChunksPerRow - 1)) != 0)
                return "chunks that change places need a power of two of them in a row";
        }
        return null;
    }
}
