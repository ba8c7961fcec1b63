namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Which numbers a thread has of the matrices that a warp's tensor cores multiply (PTX ISA, "Matrix fragments for mma.m16n8k8" and "m16n8k16"), and where it
/// finds them in shared memory. One multiplication takes 16 rows, 8 columns and 32 bytes of k: 8 numbers of TF32, 16 of BF16. So both have the same map of bytes.
/// </summary>
internal static class FragmentMap
{
    public const int Rows = 16, Columns = 8;

    /// <summary>Rows that the threads of a warp have side by side: of a thread's results one row lies so far below the other.</summary>
    public const int ResultRows = 8;

    /// <summary>Neighbours in a row of which a thread has the results.</summary>
    public const int ResultRun = 2;

    /// <summary>Columns that one ldmatrix loads: two matrices' worth.</summary>
    public const int LoadedColumns = 16;

    /// <summary>Chunks of k that one multiplication takes.</summary>
    private const int StepChunks = 2;

    /// <summary>k of one multiplication.</summary>
    public static int StepDepth(int elementBytes) => StepChunks * OperandTile.ChunkBytes / elementBytes;

    /// <summary>The row and k of a number of the left operand.</summary>
    /// <param name="register">0 to 3.</param>
    /// <param name="part">Which of a register's numbers: 0, and of BF16 1 as well.</param>
    public static (int Row, int K) Left(int elementBytes, int lane, int register, int part) =>
        ((lane / 4) + (register % 2 * 8), K(elementBytes, lane, register / 2, part));

    /// <summary>The k and column of a number of the right operand.</summary>
    /// <param name="register">0 or 1.</param>
    /// <param name="part">Which of a register's numbers.</param>
    public static (int K, int Column) Right(int elementBytes, int lane, int register, int part) => (K(elementBytes, lane, register, part), lane / 4);

    /// <summary>The row of a result.</summary>
    /// <param name="register">0 to 3.</param>
    public static Formula ResultRow(Formula lane, int register) => (lane / 4) + (register / 2 * ResultRows);

    /// <summary>The column of a result.</summary>
    /// <param name="register">0 to 3; two neighbours are neighbours in memory.</param>
    public static Formula ResultColumn(Formula lane, int register) => (lane % 4 * 2) + (register % 2);

    /// <summary>Where a thread points to for ldmatrix of 16 × 32 bytes of the left operand: the four matrices are the four registers of <see cref="Left"/>.</summary>
    /// <param name="first">The first row in the tile.</param>
    /// <param name="k">The first k in the tile.</param>
    public static Formula LeftMatrices(OperandTile operand, Formula lane, Formula first, int k) => operand.KIsContiguous
        ? operand.Position(first + (lane % 16), (lane / 16) + (k / operand.PerChunk))
        : operand.Position((lane / 16 * 8) + (lane % 8) + k, (first / operand.PerChunk) + (lane / 8 % 2));

    /// <summary>
    /// Where a thread points to for ldmatrix of 16 columns × 32 bytes of the right operand: the first two matrices are the registers of <see cref="Right"/> for eight
    /// columns, the others those for the next eight.
    /// </summary>
    /// <inheritdoc cref="LeftMatrices"/>
    public static Formula RightMatrices(OperandTile operand, Formula lane, Formula first, int k) => operand.KIsContiguous
        ? operand.Position(first + (lane / 16 * 8) + (lane % 8), (lane / 8 % 2) + (k / operand.PerChunk))
        : operand.Position((lane % 16) + k, (first / operand.PerChunk) + (lane / 16));

    /// <summary>The chunk in which a thread finds its number, for TF32 whose k is not contiguous; within it is <see cref="WordInChunk"/>.</summary>
    /// <param name="first">The first row (or column) of the fragment in the tile.</param>
    /// <param name="eighth">Eight rows (or columns) further.</param>
    /// <param name="k">The first k of the register: <c>lane % 4</c> is added.</param>
    public static Formula Word(OperandTile operand, Formula lane, Formula first, int eighth, int k) =>
        operand.Position((lane % 4) + k, (first / operand.PerChunk) + (lane / 16) + (eighth * 2));

    public static Formula WordInChunk(Formula lane) => lane / 4 % 4;

    private static int K(int elementBytes, int lane, int half, int part) => elementBytes == 2
        ? (lane % 4 * 2) + part + (half * 8)
        : (lane % 4) + (half * 4);
}
