namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>With which instruction threads read an operand's tile from shared memory.</summary>
internal enum OperandReading
{
    /// <summary>128 bits for each thread by itself, in four turns of eight threads.</summary>
    Vectors,

    /// <summary>ldmatrix: eight rows of 16 bytes at a time.</summary>
    Matrices,

    /// <summary>32 bits for each thread, in the pattern of a TF32 fragment: four k by eight indices.</summary>
    Words,
}

/// <summary>
/// An operand's tile in shared memory, in the order that it has in global memory, so that 16 bytes are copied at a time without passing through registers. It
/// consists of chunks of 16 bytes. A row of chunks runs along k if k is what is contiguous in global memory; else it runs along the other index (the row of the left
/// operand, the column of the right one), with one row for each k. So that the threads of a warp, which read the same column of several rows, do not all want the
/// same banks, each row's chunks change places by an exclusive or with a number that depends on the row.
/// </summary>
/// <param name="Extent">Rows of the left operand's tile, or columns of the right one's.</param>
/// <param name="Depth">k of the tile.</param>
/// <param name="KIsContiguous">Whether neighbours in memory are neighbours in k.</param>
/// <param name="ElementBytes">4 or 2.</param>
/// <param name="Reading">Decides how chunks change places.</param>
/// <param name="RowsAtOnce">Rows of chunks that threads read in the same turn, all at the same column.</param>
internal sealed record OperandTile(int Extent, int Depth, bool KIsContiguous, int ElementBytes, OperandReading Reading, int RowsAtOnce)
{
    public const int ChunkBytes = 16;

    /// <summary>Chunks as wide as all 32 banks of shared memory.</summary>
    private const int BankChunks = 8;

    public int PerChunk => ChunkBytes / ElementBytes;

    public int RowCount => KIsContiguous ? Extent : Depth;

    public int ChunksPerRow => (KIsContiguous ? Depth : Extent) / PerChunk;

    public int Chunks => RowCount * ChunksPerRow;

    public static OperandTile Of(MatMulTile tile, bool isLeft, bool kIsContiguous)
    {
        var (reading, rowsAtOnce) = tile.Precision switch
        {
            // Eight threads beside one another are LanesAcross columns.
            TilePrecision.Float32 => (OperandReading.Vectors, !kIsContiguous ? 1 : isLeft ? 8 / tile.LanesAcross : tile.LanesAcross),
            TilePrecision.TensorFloat32 when !kIsContiguous => (OperandReading.Words, 4),
            _ => (OperandReading.Matrices, 8),
        };
        return new OperandTile(isLeft ? tile.Rows : tile.Columns, tile.Depth, kIsContiguous, tile.ElementBytes, reading, rowsAtOnce);
    }

    /// <summary>Where a chunk lies in the tile.</summary>
    public Formula Position(Formula row, Formula chunk) => (row * ChunksPerRow) + (chunk ^ Swizzle(row));

    /// <summary>How often each thread of a block copies a chunk.</summary>
    public int Copies(int threads) => (Chunks + threads - 1) / threads;

    /// <summary>The chunk of a thread's copy. Neighbouring threads copy neighbouring chunks.</summary>
    public (Formula Row, Formula Chunk) Copied(Formula thread, int threads, int copy)
    {
        var linear = thread + (copy * threads);
        return (linear / ChunksPerRow, linear % ChunksPerRow);
    }

    /// <summary>Whether only some of the threads have the last copy to make.</summary>
    public bool IsPartial(int threads, int copy) => (copy + 1) * threads > Chunks;

    /// <summary>
    /// Rows that lie side by side in one line of all banks do not collide. Of the rows that are read at once, those that lie one below another get different numbers,
    /// multiples of as many chunks as are read of a row (two by <see cref="OperandReading.Words"/>).
    /// </summary>
    private Formula Swizzle(Formula row)
    {
        var wide = Reading == OperandReading.Words ? 2 : 1;
        var abreast = Math.Max(1, BankChunks / ChunksPerRow);
        return row / abreast % Math.Max(1, RowsAtOnce / abreast) * wide;
    }
}
