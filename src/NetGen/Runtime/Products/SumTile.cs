using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// The register tile: sums[r, n] = Σ a[rows[r] + …] · b[… + n] for some rows and some vectors of columns, every sum in a register of its
/// own while the loops run. Dense layers, convolutions and all of their gradients are made of it. Each term is one
/// <see cref="IVector{V}.Fma(V, V, V)"/>, in the order of the loops, so a sum has the same bits in whichever tile it is computed.
/// </summary>
/// <remarks>
/// One text for each number of vectors; the number of rows is a type (<see cref="IRows"/>), strides are arguments, which cost what
/// constants do: all rows have a pointer, and one register counts through them. Loads of b are of whole vectors: past the last column they
/// may read up to a vector of other floats, whose sums nobody uses, so behind b there are as many floats that can be read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class SumTile
{
    /// <summary>The floats of the largest tile, and of as many of them as are computed at once.</summary>
    internal const int MostFloats = 4 * 28 * 16;

    /// <summary>The most vectors of columns.</summary>
    public const int MostVectors = 4;

    /// <summary>The most rows of a tile of so many vectors (1 to 4) that keeps its sums in registers.</summary>
    /// <param name="vectors">Vectors of columns.</param>
    public static int MostRows<V>(int vectors)
        where V : struct, IVector<V>
    {
        // A register for each sum and each vector of b, and one for the factor from a.
        var most = (V.Registers - 1 - vectors) / vectors;
        return Math.Min(most, vectors switch { 1 => MostRows1, 2 => MostRows2, 3 => MostRows3, _ => MostRows4 });
    }

    /// <summary>The most rows of a tile of a pooled gradient.</summary>
    /// <param name="vectors">Vectors of columns, 1 or 2.</param>
    public static int MostSpreadRows<V>(int vectors)
        where V : struct, IVector<V>
    {
        // Besides the sums: each vector of the gradient, its positions, and what of it belongs to the element; the element's number;
        // the factor.
        var most = (V.Registers - 2 - (3 * vectors)) / vectors;
        return Math.Min(most, vectors == 1 ? MostSpreadRows1 : MostSpreadRows2);
    }

    /// <summary>Computes one tile, or several of one size.</summary>
    /// <param name="height">Rows, 1 to <see cref="MostRows{V}"/>.</param>
    /// <param name="vectors">Vectors of columns, 1 to 4.</param>
    /// <param name="a">The left operand, at the first tile's first term.</param>
    /// <param name="rows">Where each row starts in a.</param>
    /// <param name="b">The right operand, at the first tile's first term and column.</param>
    /// <param name="loops">The terms.</param>
    /// <param name="sums">The result.</param>
    /// <param name="stride">Floats from one row of it to the next.</param>
    /// <param name="steps">How many such tiles there are, and what lies between them.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Run<V>(
        int height, int vectors, ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
    {
        switch (vectors)
        {
            case 1:
                Run1<V>(height, ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 2:
                Run2<V>(height, ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 3:
                Run3<V>(height, ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            default:
                Run4<V>(height, ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
        }
    }

    /// <summary>The largest of a window's four elements; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest<V>(V a, V b, V c, V d)
        where V : struct, IVector<V> => V.Max(V.Max(V.Max(a, b), c), d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run1<V>(
        int height, ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Columns1<V, Rows1>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 2:
                Columns1<V, Rows2>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 3:
                Columns1<V, Rows3>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 4:
                Columns1<V, Rows4>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 5:
                Columns1<V, Rows5>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 6:
                Columns1<V, Rows6>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 7:
                Columns1<V, Rows7>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 8:
                Columns1<V, Rows8>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 9:
                Columns1<V, Rows9>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 10:
                Columns1<V, Rows10>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 11:
                Columns1<V, Rows11>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 12:
                Columns1<V, Rows12>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 13:
                Columns1<V, Rows13>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 14:
                Columns1<V, Rows14>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 15:
                Columns1<V, Rows15>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            default:
                Columns1<V, Rows16>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run2<V>(
        int height, ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Columns2<V, Rows1>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 2:
                Columns2<V, Rows2>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 3:
                Columns2<V, Rows3>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 4:
                Columns2<V, Rows4>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 5:
                Columns2<V, Rows5>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 6:
                Columns2<V, Rows6>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 7:
                Columns2<V, Rows7>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 8:
                Columns2<V, Rows8>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 9:
                Columns2<V, Rows9>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 10:
                Columns2<V, Rows10>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 11:
                Columns2<V, Rows11>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 12:
                Columns2<V, Rows12>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 13:
                Columns2<V, Rows13>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            default:
                Columns2<V, Rows14>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run3<V>(
        int height, ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Columns3<V, Rows1>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 2:
                Columns3<V, Rows2>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 3:
                Columns3<V, Rows3>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 4:
                Columns3<V, Rows4>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 5:
                Columns3<V, Rows5>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 6:
                Columns3<V, Rows6>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 7:
                Columns3<V, Rows7>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 8:
                Columns3<V, Rows8>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            default:
                Columns3<V, Rows9>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run4<V>(
        int height, ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Columns4<V, Rows1>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 2:
                Columns4<V, Rows2>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 3:
                Columns4<V, Rows3>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 4:
                Columns4<V, Rows4>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            case 5:
                Columns4<V, Rows5>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
            default:
                Columns4<V, Rows6>(ref a, ref rows, ref b, in loops, ref sums, stride, in steps);
                break;
        }
    }

    /// <summary>
    /// Computes a tile whose right operand is the gradient of a max pooling, given behind it: of each of its elements the position in the
    /// window says which term it belongs to, and the others are zero.
    /// </summary>
    /// <param name="height">Rows, 1 to <see cref="MostSpreadRows{V}"/>.</param>
    /// <param name="vectors">Vectors of columns, 1 or 2.</param>
    /// <param name="a">The left operand, at the first tile's first term.</param>
    /// <param name="rows">Where each row starts in a.</param>
    /// <param name="b">The gradient behind the pooling, at the first tile's first term and column.</param>
    /// <param name="positions">The positions of the maxima, at the same place.</param>
    /// <param name="loops">The windows.</param>
    /// <param name="window">The elements of a window, in the two inner loops; only a moves.</param>
    /// <param name="sums">The result.</param>
    /// <param name="stride">Floats from one row of it to the next.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Spread<V>(
        int height, int vectors, ref float a, ref nint rows, ref float b, ref byte positions,
        in SumLoops loops, in SumLoops window, ref float sums, nint stride)
        where V : struct, IVector<V>
    {
        if (vectors == 1)
            RunSpread1<V>(height, ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
        else
            RunSpread2<V>(height, ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunSpread1<V>(
        int height, ref float a, ref nint rows, ref float b, ref byte positions,
        in SumLoops loops, in SumLoops window, ref float sums, nint stride)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Spread1<V, Rows1>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 2:
                Spread1<V, Rows2>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 3:
                Spread1<V, Rows3>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 4:
                Spread1<V, Rows4>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 5:
                Spread1<V, Rows5>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 6:
                Spread1<V, Rows6>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 7:
                Spread1<V, Rows7>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 8:
                Spread1<V, Rows8>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 9:
                Spread1<V, Rows9>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 10:
                Spread1<V, Rows10>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 11:
                Spread1<V, Rows11>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            default:
                Spread1<V, Rows12>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunSpread2<V>(
        int height, ref float a, ref nint rows, ref float b, ref byte positions,
        in SumLoops loops, in SumLoops window, ref float sums, nint stride)
        where V : struct, IVector<V>
    {
        switch (height)
        {
            case 1:
                Spread2<V, Rows1>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 2:
                Spread2<V, Rows2>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 3:
                Spread2<V, Rows3>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 4:
                Spread2<V, Rows4>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 5:
                Spread2<V, Rows5>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 6:
                Spread2<V, Rows6>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 7:
                Spread2<V, Rows7>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            case 8:
                Spread2<V, Rows8>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
            default:
                Spread2<V, Rows9>(ref a, ref rows, ref b, ref positions, in loops, in window, ref sums, stride);
                break;
        }
    }
}
