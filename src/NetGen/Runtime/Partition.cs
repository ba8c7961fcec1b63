using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Which part of a kernel's work a worker does. The split says only who computes a result, never in which order its terms are summed, so
/// results do not depend on the number of workers.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Partition
{
    /// <summary>Items (tiles, rows) from begin to before end; shares differ by one at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint Begin, nint End) Items(nint items, int worker, int workers) =>
        workers == 1 ? (0, items) : (items * worker / workers, items * (worker + 1) / workers);

    /// <summary>Elements, in shares that are multiples of 64 but for the last: no two workers write to one cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint Begin, nint End) Elements(nint elements, int worker, int workers)
    {
        if (workers == 1)
            return (0, elements);
        var blocks = (elements + 63) / 64;
        return (Math.Min(blocks * worker / workers * 64, elements), Math.Min(blocks * (worker + 1) / workers * 64, elements));
    }

    /// <summary>
    /// Whether each worker takes samples of its own (and goes through all layers with them) instead of a part of each layer: if they divide
    /// evenly by 8, or if there are so many that it does not matter. Tiles of matrix products are 8 samples high or more.
    /// </summary>
    public static bool TakesSamples(int batch, int workers) => batch >= 64L * workers || batch % (8L * workers) == 0;

    /// <summary>The samples of a worker, from begin to before end, in shares that are multiples of 8 but for the last.</summary>
    public static (int Begin, int End) Samples(int batch, int worker, int workers)
    {
        var eights = (batch + 7L) / 8;
        return ((int)Math.Min(eights * worker / workers * 8, batch), (int)Math.Min(eights * (worker + 1) / workers * 8, batch));
    }

    /// <summary>A number of floats, rounded up to whole cache lines.</summary>
    public static nint Aligned(int floats) => (nint)((floats + 15L) / 16 * 16);
}
