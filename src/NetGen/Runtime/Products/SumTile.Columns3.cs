using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

internal static partial class SumTile
{
    private const int MostRows3 = 9;

    /// <summary>Three vectors of columns, up to 9 rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Columns3<V, TRows>(ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride)
        where V : struct, IVector<V>
        where TRows : struct, IRows
    {
        V c0_0 = V.Zero, c0_1 = V.Zero, c0_2 = V.Zero;
        V c1_0 = V.Zero, c1_1 = V.Zero, c1_2 = V.Zero;
        V c2_0 = V.Zero, c2_1 = V.Zero, c2_2 = V.Zero;
        V c3_0 = V.Zero, c3_1 = V.Zero, c3_2 = V.Zero;
        V c4_0 = V.Zero, c4_1 = V.Zero, c4_2 = V.Zero;
        V c5_0 = V.Zero, c5_1 = V.Zero, c5_2 = V.Zero;
        V c6_0 = V.Zero, c6_1 = V.Zero, c6_2 = V.Zero;
        V c7_0 = V.Zero, c7_1 = V.Zero, c7_2 = V.Zero;
        V c8_0 = V.Zero, c8_1 = V.Zero, c8_2 = V.Zero;
        ref var a0 = ref Unsafe.Add(ref a, rows);
        ref var a1 = ref Unsafe.Add(ref a, TRows.Count > 1 ? Unsafe.Add(ref rows, 1) : 0);
        ref var a2 = ref Unsafe.Add(ref a, TRows.Count > 2 ? Unsafe.Add(ref rows, 2) : 0);
        ref var a3 = ref Unsafe.Add(ref a, TRows.Count > 3 ? Unsafe.Add(ref rows, 3) : 0);
        ref var a4 = ref Unsafe.Add(ref a, TRows.Count > 4 ? Unsafe.Add(ref rows, 4) : 0);
        ref var a5 = ref Unsafe.Add(ref a, TRows.Count > 5 ? Unsafe.Add(ref rows, 5) : 0);
        ref var a6 = ref Unsafe.Add(ref a, TRows.Count > 6 ? Unsafe.Add(ref rows, 6) : 0);
        ref var a7 = ref Unsafe.Add(ref a, TRows.Count > 7 ? Unsafe.Add(ref rows, 7) : 0);
        ref var a8 = ref Unsafe.Add(ref a, TRows.Count > 8 ? Unsafe.Add(ref rows, 8) : 0);
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
                    var v1 = V.Load(ref Unsafe.Add(ref b2, V.Count));
                    var v2 = V.Load(ref Unsafe.Add(ref b2, 2 * V.Count));
                    var x0 = V.Broadcast(Unsafe.Add(ref a0, at));
                    c0_0 = V.Fma(x0, v0, c0_0);
                    c0_1 = V.Fma(x0, v1, c0_1);
                    c0_2 = V.Fma(x0, v2, c0_2);
                    if (TRows.Count > 1)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a1, at));
                        c1_0 = V.Fma(x, v0, c1_0);
                        c1_1 = V.Fma(x, v1, c1_1);
                        c1_2 = V.Fma(x, v2, c1_2);
                    }
                    if (TRows.Count > 2)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a2, at));
                        c2_0 = V.Fma(x, v0, c2_0);
                        c2_1 = V.Fma(x, v1, c2_1);
                        c2_2 = V.Fma(x, v2, c2_2);
                    }
                    if (TRows.Count > 3)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a3, at));
                        c3_0 = V.Fma(x, v0, c3_0);
                        c3_1 = V.Fma(x, v1, c3_1);
                        c3_2 = V.Fma(x, v2, c3_2);
                    }
                    if (TRows.Count > 4)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a4, at));
                        c4_0 = V.Fma(x, v0, c4_0);
                        c4_1 = V.Fma(x, v1, c4_1);
                        c4_2 = V.Fma(x, v2, c4_2);
                    }
                    if (TRows.Count > 5)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a5, at));
                        c5_0 = V.Fma(x, v0, c5_0);
                        c5_1 = V.Fma(x, v1, c5_1);
                        c5_2 = V.Fma(x, v2, c5_2);
                    }
                    if (TRows.Count > 6)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a6, at));
                        c6_0 = V.Fma(x, v0, c6_0);
                        c6_1 = V.Fma(x, v1, c6_1);
                        c6_2 = V.Fma(x, v2, c6_2);
                    }
                    if (TRows.Count > 7)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a7, at));
                        c7_0 = V.Fma(x, v0, c7_0);
                        c7_1 = V.Fma(x, v1, c7_1);
                        c7_2 = V.Fma(x, v2, c7_2);
                    }
                    if (TRows.Count > 8)
                    {
                        var x = V.Broadcast(Unsafe.Add(ref a8, at));
                        c8_0 = V.Fma(x, v0, c8_0);
                        c8_1 = V.Fma(x, v1, c8_1);
                        c8_2 = V.Fma(x, v2, c8_2);
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
        c0_1.Store(ref Unsafe.Add(ref sums, V.Count));
        c0_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        if (TRows.Count > 1)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c1_0.Store(ref sums);
            c1_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c1_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 2)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c2_0.Store(ref sums);
            c2_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c2_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 3)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c3_0.Store(ref sums);
            c3_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c3_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 4)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c4_0.Store(ref sums);
            c4_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c4_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 5)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c5_0.Store(ref sums);
            c5_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c5_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 6)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c6_0.Store(ref sums);
            c6_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c6_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 7)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c7_0.Store(ref sums);
            c7_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c7_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
        if (TRows.Count > 8)
        {
            sums = ref Unsafe.Add(ref sums, stride);
            c8_0.Store(ref sums);
            c8_1.Store(ref Unsafe.Add(ref sums, V.Count));
            c8_2.Store(ref Unsafe.Add(ref sums, 2 * V.Count));
        }
    }
}
