using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>What a product's operands are rounded to before they are multiplied. Sums are floats.</summary>
internal enum TilePrecision
{
    /// <summary>Not at all: one fused multiply-add each, in the order of k.</summary>
    Float32,

    /// <summary>Floats in memory, rounded to TF32 (10 bits of mantissa) on the way into the tensor cores.</summary>
    TensorFloat32,

    /// <summary>BF16 in memory (7 bits of mantissa).</summary>
    BFloat16,
}

/// <summary>
/// How a block of threads computes a tile of a product: in which pieces, by which threads, with how many tiles of the operands in shared memory. Dimensions are
/// rows × columns of the result; k runs over what is summed.
/// </summary>
/// <param name="Precision">Decides between a thread's own multiply-adds and a warp's tensor cores.</param>
/// <param name="WarpsDown">Warps one below another.</param>
/// <param name="WarpsAcross">Warps side by side.</param>
/// <param name="WarpRows">Rows of a warp's part.</param>
/// <param name="WarpColumns">Columns of a warp's part.</param>
/// <param name="LanesAcross">Of the 32 threads of a warp, how many are side by side (<see cref="TilePrecision.Float32"/> only; tensor cores have their own map).</param>
/// <param name="Depth">How much of k is in shared memory at a time.</param>
/// <param name="Stages">Tiles of both operands in shared memory: one that is computed with, the others under way.</param>
/// <param name="Parts">Into how many parts the sum is cut, each computed by another block and added up by a second kernel.</param>
/// <param name="BlocksPerMultiprocessor">How many blocks shall fit on a multiprocessor at a time: bounds a thread's registers.</param>
internal sealed record MatMulTile(
    TilePrecision Precision, int WarpsDown, int WarpsAcross, int WarpRows, int WarpColumns, int LanesAcross, int Depth, int Stages, int Parts, int BlocksPerMultiprocessor)
{
    public const int WarpThreads = 32;

    public int Rows => WarpsDown * WarpRows;

    public int Columns => WarpsAcross * WarpColumns;

    public int Threads => WarpThreads * WarpsDown * WarpsAcross;

    public int LanesDown => WarpThreads / LanesAcross;

    /// <summary>Rows of a thread's own tile (<see cref="TilePrecision.Float32"/>).</summary>
    public int ThreadRows => WarpRows / LanesDown;

    /// <summary>Columns of a thread's own tile (<see cref="TilePrecision.Float32"/>).</summary>
    public int ThreadColumns => WarpColumns / LanesAcross;

    /// <summary>How far apart a thread's rows lie, if k of the left operand is contiguous or tensor cores multiply.</summary>
    public int RowStep => Precision == TilePrecision.Float32 ? LanesDown : FragmentMap.ResultRows;

    /// <summary>Sums that a thread keeps in registers.</summary>
    public int Accumulators => WarpRows * WarpColumns / WarpThreads;

    public int ElementBytes => Precision == TilePrecision.BFloat16 ? 2 : 4;

    /// <summary>Shared memory of one tile of both operands.</summary>
    public int StageBytes => (Rows + Columns) * Depth * ElementBytes;

    public int SharedBytes => Stages * StageBytes;

    /// <summary>As in names: <c>128x128x16_3</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}x{1}x{2}_{3}{4}", Rows, Columns, Depth, Stages, Parts == 1 ? "" : string.Format(CultureInfo.InvariantCulture, "_k{0}", Parts));
}
