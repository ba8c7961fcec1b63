using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class SumTile
{
    /// <summary>Rows of b that are gone through together: a sum is loaded and stored once for so many terms.</summary>
    private const int RowsTogether = 8;

    /// <summary>
    /// One row of sums, of any number of columns: all columns of some rows of b before the next, so that b comes from memory as it lies
    /// there. A tile of a few columns would read a piece of each row, and no prefetcher follows that. Each sum has its terms in their
    /// order.
    /// </summary>
    /// <param name="a">The left operand, at the first term.</param>
    /// <param name="b">The right operand, at the first term and column.</param>
    /// <param name="loops">The terms: one loop.</param>
    /// <param name="sums">The result.</param>
    /// <param name="columns">Floats of it: whole vectors.</param>
    /// <param name="adds">Adds to what it holds.</param>
    [MethodImpl(Jit.Kernel)]
    internal static void Row<V>(ref float a, ref float b, in SumLoops loops, ref float sums, nint columns, bool adds)
        where V : struct, IVector<V>
    {
        for (nint n = 0; n < columns && !adds; n += V.Count)
            V.Zero.Store(ref Unsafe.Add(ref sums, n));
        var (terms, step, stride) = (loops.Extent2, loops.StrideA2, loops.StrideB2);
        var (stride3, stride5, stride6, stride7) = (3 * stride, 5 * stride, 6 * stride, 7 * stride);
        var k = 0;
        for (; k <= terms - RowsTogether; k += RowsTogether)
        {
            V a0 = V.Broadcast(a), a1 = V.Broadcast(Unsafe.Add(ref a, step)), a2 = V.Broadcast(Unsafe.Add(ref a, 2 * step));
            V a3 = V.Broadcast(Unsafe.Add(ref a, 3 * step)), a4 = V.Broadcast(Unsafe.Add(ref a, 4 * step)), a5 = V.Broadcast(Unsafe.Add(ref a, 5 * step));
            V a6 = V.Broadcast(Unsafe.Add(ref a, 6 * step)), a7 = V.Broadcast(Unsafe.Add(ref a, 7 * step));
            for (nint n = 0; n < columns; n += V.Count)
            {
                ref var at = ref Unsafe.Add(ref b, n);
                var sum = V.Load(in Unsafe.Add(ref sums, n));
                sum = V.Fma(a0, V.Load(in at), sum);
                sum = V.Fma(a1, V.Load(in Unsafe.Add(ref at, stride)), sum);
                sum = V.Fma(a2, V.Load(in Unsafe.Add(ref at, 2 * stride)), sum);
                sum = V.Fma(a3, V.Load(in Unsafe.Add(ref at, stride3)), sum);
                sum = V.Fma(a4, V.Load(in Unsafe.Add(ref at, 4 * stride)), sum);
                sum = V.Fma(a5, V.Load(in Unsafe.Add(ref at, stride5)), sum);
                sum = V.Fma(a6, V.Load(in Unsafe.Add(ref at, stride6)), sum);
                sum = V.Fma(a7, V.Load(in Unsafe.Add(ref at, stride7)), sum);
                sum.Store(ref Unsafe.Add(ref sums, n));
            }
            a = ref Unsafe.Add(ref a, RowsTogether * step);
            b = ref Unsafe.Add(ref b, RowsTogether * stride);
        }
        for (; k < terms; k++)
        {
            var factor = V.Broadcast(a);
            for (nint n = 0; n < columns; n += V.Count)
                V.Fma(factor, V.Load(in Unsafe.Add(ref b, n)), V.Load(in Unsafe.Add(ref sums, n))).Store(ref Unsafe.Add(ref sums, n));
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, stride);
        }
    }
}
