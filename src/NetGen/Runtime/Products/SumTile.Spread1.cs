using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class SumTile
{
    private const int MostSpreadRows1 = 12;

    /// <summary>One vector of columns of a pooled gradient, up to 12 rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Spread1<V, TRows>(
        ref float a, ref nint rows, ref float b, ref byte positions, in SumLoops loops, in SumLoops window, ref float sums, nint stride)
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
        nint at0 = 0, from0 = 0;
        for (var i0 = loops.Extent0; i0 > 0; i0--)
        {
            var (at1, from1) = (at0, from0);
            for (var i1 = loops.Extent1; i1 > 0; i1--)
            {
                var (at2, from2) = (at1, from1);
                for (var i2 = loops.Extent2; i2 > 0; i2--)
                {
                    var d0 = V.Load(ref Unsafe.Add(ref b, from2));
                    var p0 = V.LoadBytes(ref Unsafe.Add(ref positions, from2));
                    var place = V.Zero;
                    var atRow = at2;
                    for (var wy = window.Extent1; wy > 0; wy--)
                    {
                        var at = atRow;
                        for (var wx = window.Extent2; wx > 0; wx--)
                        {
                            var v0 = V.Select(V.Equal(p0, place), d0, V.Zero);
                            V.AddProduct(ref c0_0, V.Broadcast(Unsafe.Add(ref a0, at)), v0);
                            if (TRows.Count > 1)
                            {
                                V.AddProduct(ref c1_0, V.Broadcast(Unsafe.Add(ref a1, at)), v0);
                            }
                            if (TRows.Count > 2)
                            {
                                V.AddProduct(ref c2_0, V.Broadcast(Unsafe.Add(ref a2, at)), v0);
                            }
                            if (TRows.Count > 3)
                            {
                                V.AddProduct(ref c3_0, V.Broadcast(Unsafe.Add(ref a3, at)), v0);
                            }
                            if (TRows.Count > 4)
                            {
                                V.AddProduct(ref c4_0, V.Broadcast(Unsafe.Add(ref a4, at)), v0);
                            }
                            if (TRows.Count > 5)
                            {
                                V.AddProduct(ref c5_0, V.Broadcast(Unsafe.Add(ref a5, at)), v0);
                            }
                            if (TRows.Count > 6)
                            {
                                V.AddProduct(ref c6_0, V.Broadcast(Unsafe.Add(ref a6, at)), v0);
                            }
                            if (TRows.Count > 7)
                            {
                                V.AddProduct(ref c7_0, V.Broadcast(Unsafe.Add(ref a7, at)), v0);
                            }
                            if (TRows.Count > 8)
                            {
                                V.AddProduct(ref c8_0, V.Broadcast(Unsafe.Add(ref a8, at)), v0);
                            }
                            if (TRows.Count > 9)
                            {
                                V.AddProduct(ref c9_0, V.Broadcast(Unsafe.Add(ref a9, at)), v0);
                            }
                            if (TRows.Count > 10)
                            {
                                V.AddProduct(ref c10_0, V.Broadcast(Unsafe.Add(ref a10, at)), v0);
                            }
                            if (TRows.Count > 11)
                            {
                                V.AddProduct(ref c11_0, V.Broadcast(Unsafe.Add(ref a11, at)), v0);
                            }
                            place += V.Broadcast(1f);
                            at += window.StrideA2;
                        }
                        atRow += window.StrideA1;
                    }
                    at2 += loops.StrideA2;
                    from2 += loops.StrideB2;
                }
                at1 += loops.StrideA1;
                from1 += loops.StrideB1;
            }
            at0 += loops.StrideA0;
            from0 += loops.StrideB0;
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
    }
}
