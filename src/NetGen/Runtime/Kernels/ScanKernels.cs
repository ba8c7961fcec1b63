using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Sums and products up to each place of an axis; see <see cref="CopyKernels"/> for the form. There are <c>outer</c> times <c>inner</c>
/// runs of <c>length</c> places, per
/// sample (perSample = 1) or in all (perSample = 0), whose places are <c>inner</c> apart. The result may take the operand's place.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScanKernels
{
    /// <summary>y_i = Σ x_j over j ≤ i (exclusive: j &lt; i; reverse: ≥ and &gt;).</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Sum<V>(
        ref float x, ref float y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var vectors = (inner + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items((perSample != 0 ? (nint)batch : 1) * outer * vectors, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var (at, step, count) = Run<V>(item, vectors, length, inner, reverse);
            var sum = V.Zero;
            for (var i = 0; i < length; i++, at += step)
            {
                var next = sum + V.LoadPartial(in Unsafe.Add(ref x, at), count);
                (exclusive != 0 ? sum : next).StorePartial(ref Unsafe.Add(ref y, at), count);
                sum = next;
            }
        }
    }

    /// <summary>The same of products.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Product<V>(
        ref float x, ref float y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var vectors = (inner + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items((perSample != 0 ? (nint)batch : 1) * outer * vectors, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var (at, step, count) = Run<V>(item, vectors, length, inner, reverse);
            var product = V.Broadcast(1f);
            for (var i = 0; i < length; i++, at += step)
            {
                var next = product * V.LoadPartial(in Unsafe.Add(ref x, at), count);
                (exclusive != 0 ? product : next).StorePartial(ref Unsafe.Add(ref y, at), count);
                product = next;
            }
        }
    }

    /// <summary>Where a vector of runs begins, how far its places are apart, and how many runs it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (nint Start, nint Step, int Count) Run<V>(nint item, int vectors, int length, int inner, int reverse)
        where V : struct, IVector<V>
    {
        var run = item / vectors;
        var first = (int)(item - (run * vectors)) * V.Count;
        var start = (run * length * inner) + first;
        return (reverse != 0 ? start + ((nint)(length - 1) * inner) : start, reverse != 0 ? -inner : inner, Math.Min(V.Count, inner - first));
    }
}
