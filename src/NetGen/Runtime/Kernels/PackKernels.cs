using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Copies of parts of large matrices that lie better in the caches. Generated products call them; they trust their arguments.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackKernels
{
    /// <summary>As many tiles of rows use a packed column until the copy has paid: it reads and writes what a tile reads.</summary>
    private const int Uses = 6;

    /// <summary>
    /// Whether products copy the columns of a tile before they go over the rows (Goto and van de Geijn 2008). Without, all of the right
    /// operand passes by for each tile of rows: where it does not stay in a core's level-2 cache together with what else is read, each tile
    /// waits for it.
    /// </summary>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="rows">Of the left operand.</param>
    /// <param name="terms">Rows of the right operand.</param>
    /// <param name="columns">Its columns.</param>
    internal static bool Pays(int tileRows, int rows, int terms, int columns) =>
        (long)terms * columns * sizeof(float) > Caches.Level2 / 2 && rows >= Uses * tileRows;

    /// <summary>
    /// The first <paramref name="columns"/> floats (a multiple of a vector's) of <paramref name="rows"/> rows that lie
    /// <paramref name="stride"/> floats apart, one row right after the other.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Panel<V>(ref float matrix, int stride, ref float panel, int rows, int columns)
        where V : struct, IVector<V>
    {
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns; i += V.Count)
                V.Load(in Unsafe.Add(ref matrix, i)).Store(ref Unsafe.Add(ref panel, i));
            matrix = ref Unsafe.Add(ref matrix, stride);
            panel = ref Unsafe.Add(ref panel, columns);
        }
    }

    /// <summary>
    /// Rows of a matrix as columns: the first <paramref name="terms"/> floats of <paramref name="columns"/> rows that lie
    /// <paramref name="stride"/> floats apart, panel[t · columns + c] = matrix[c · stride + t]. Both numbers are multiples of a vector's
    /// floats.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void TransposedPanel<V>(ref float matrix, int stride, ref float panel, int terms, int columns)
        where V : struct, IVector<V>
    {
        for (nint t = 0; t < terms; t += V.Count)
        {
            for (nint c = 0; c < columns; c += V.Count)
                V.Transpose(in Unsafe.Add(ref matrix, (c * stride) + t), stride, ref Unsafe.Add(ref panel, (t * columns) + c), columns);
        }
    }
}
