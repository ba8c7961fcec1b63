using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

internal static partial class SumTile
{
    private const int MostRows1 = 16;

    /// <summary>One vector of columns, up to 16 rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Columns1<V, TRows>(ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride)
        where V : struct, IVector<V>
        where TRows : struct, IRows
    {
        V c0_0 = V.Zero;
        V c1_0 = V.Zero;
        V c2_0 = V.Zero;
        V c3_0 = V.Zero;
        V c4_0 = V.Zero;
        V c5_0 = V.Zero;
        V c6_0 = V.Zero;
        V c7_0 = V.Zero;
        V c8_0 = V.Zero;
        V c9_0 = V.Zero;
        V c10_0 = V.Zero;
        V c11_0 = V.Zero;
        V c12_0 = V.Zero;
        V c13_0 = V.Zero;
        V c14_0 = V.Zero;
        V c15_0 = V.Zero;
        ref var a0 = ref Unsafe.Add(ref a, rows);
        ref var a1 = ref Unsafe.Add(ref a, TRows.Count > 1 ? Unsafe.Add(ref rows, 1) : 0);
        ref var a2 = ref Unsafe.Add(ref a, TRows.Count > 2 ? Unsafe.Add(ref rows, 2) : 0);
        ref var a3 = ref Unsafe.Add(ref a, TRows.Count > 3 ? Unsafe.Add(ref rows, 3) : 0);
        ref var a4 = ref Unsafe.Add(ref a, TRows.Count > 4 ? Unsafe.Add(ref rows, 4) : 0);
        ref var a5 = ref Unsafe.Add(ref a, TRows.Count > 5 ? Unsafe.Add(ref rows, 5) : 0);
        ref var a6 = ref Unsafe.Add(ref a, TRows.Count > 6 ? Unsafe.Add(ref rows, 6) : 0);
        ref var a7 = ref Unsafe.Add(ref a, TRows.Count > 7 ? Unsafe.Add(ref rows, 7) : 0);
        ref var a8 = ref Unsafe.Add(ref a, TRows.Count > 8 ? Unsafe.Add(ref rows, 8) : 0);
        ref var a9 = ref Unsafe.Add(ref a, TRows.Count > 9 ? Unsafe.Add(ref rows, 9) : 0);
        ref var a10 = ref Unsafe.Add(ref a, TRows.Count > 10 ? Unsafe.Add(ref rows, 10) : 0);
        ref var a11 = ref Unsafe.Add(ref a, TRows.Count > 11 ? Unsafe.Add(ref rows, 11) : 0);
        ref var a12 = ref Unsafe.Add(ref a, TRows.Count > 12 ? Unsafe.Add(ref rows, 12) : 0);
        ref var a13 = ref Unsafe.Add(ref a, TRows.Count > 13 ? Unsafe.Add(ref rows, 13) : 0);
        ref var a14 = ref Unsafe.Add(ref a, TRows.Count > 14 ? Unsafe.Add(ref rows, 14) : 0);
        ref var a15 = ref Unsafe.Add(ref a, TRows.Count > 15 ? Unsafe.Add(ref rows, 15) : 0);
        var (extent1, strideA1, strideB1) = (loops.Extent1, loops.StrideA1, loops.StrideB1);
        var (extent2, strideA2, strideB2) = (loops.Extent2, loops.StrideA2, loops.StrideB2);
        nint at0 = 0;
        for (var i0 = loops.Extent0; i0 > 0; i0--)
        {
            var at1 = at0;
            ref var b1 = ref b;
            for (var i1 = extent1; i1 > 0; i1--)
            {
                var at = at1;
                ref var b2 = ref b1;
                for (var i2 = extent2; i2 > 0; i2--)
                {
                    var v0 = V.Load(ref b2);
                    c0_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a0, at)), v0, c0_0);
                    if (TRows.Count > 1)
                    {
                        c1_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a1, at)), v0, c1_0);
                    }
                    if (TRows.Count > 2)
                    {
                        c2_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a2, at)), v0, c2_0);
                    }
                    if (TRows.Count > 3)
                    {
                        c3_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a3, at)), v0, c3_0);
                    }
                    if (TRows.Count > 4)
                    {
                        c4_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a4, at)), v0, c4_0);
                    }
                    if (TRows.Count > 5)
                    {
                        c5_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a5, at)), v0, c5_0);
                    }
                    if (TRows.Count > 6)
                    {
                        c6_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a6, at)), v0, c6_0);
                    }
                    if (TRows.Count > 7)
                    {
                        c7_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a7, at)), v0, c7_0);
                    }
                    if (TRows.Count > 8)
                    {
                        c8_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a8, at)), v0, c8_0);
                    }
                    if (TRows.Count > 9)
                    {
                        c9_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a9, at)), v0, c9_0);
                    }
                    if (TRows.Count > 10)
                    {
                        c10_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a10, at)), v0, c10_0);
                    }
                    if (TRows.Count > 11)
                    {
                        c11_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a11, at)), v0, c11_0);
                    }
                    if (TRows.Count > 12)
                    {
                        c12_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a12, at)), v0, c12_0);
                    }
                    if (TRows.Count > 13)
                    {
                        c13_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a13, at)), v0, c13_0);
                    }
                    if (TRows.Count > 14)
                    {
                        c14_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a14, at)), v0, c14_0);
                    }
                    if (TRows.Count > 15)
                    {
                        c15_0 = V.Fma(V.Broadcast(Unsafe.Add(ref a15, at)), v0, c15_0);
                    }
                    at += strideA2;
                    b2 = ref Unsafe.Add(ref b2, strideB2);
                }
                at1 += strideA1;
                b1 = ref Unsafe.Add(ref b1, strideB1);
            }
            at0 += loops.StrideA0;
            b = ref Unsafe.Add(ref b, loops.StrideB0);
        }
        c0_0.Store(ref sums);
        if (TRows.Count > 1)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c1_0.Store(ref sums);
        }
        if (TRows.Count > 2)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c2_0.Store(ref sums);
        }
        if (TRows.Count > 3)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c3_0.Store(ref sums);
        }
        if (TRows.Count > 4)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c4_0.Store(ref sums);
        }
        if (TRows.Count > 5)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c5_0.Store(ref sums);
        }
        if (TRows.Count > 6)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c6_0.Store(ref sums);
        }
        if (TRows.Count > 7)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c7_0.Store(ref sums);
        }
        if (TRows.Count > 8)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c8_0.Store(ref sums);
        }
        if (TRows.Count > 9)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c9_0.Store(ref sums);
        }
        if (TRows.Count > 10)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c10_0.Store(ref sums);
        }
        if (TRows.Count > 11)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c11_0.Store(ref sums);
        }
        if (TRows.Count > 12)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c12_0.Store(ref sums);
        }
        if (TRows.Count > 13)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c13_0.Store(ref sums);
        }
        if (TRows.Count > 14)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c14_0.Store(ref sums);
        }
        if (TRows.Count > 15)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c15_0.Store(ref sums);
        }
    }
}
