using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class SumTile
{
    private const int MostRows2 = 14;

    /// <summary>Two vectors of columns, up to 14 rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Columns2<V, TRows>(
        ref float a, ref nint rows, ref float b, in SumLoops loops, ref float sums, nint stride, in TileSteps steps)
        where V : struct, IVector<V>
        where TRows : struct, IRows
    {
        var r0 = rows;
        var r1 = TRows.Count > 1 ? Unsafe.Add(ref rows, 1) : 0;
        var r2 = TRows.Count > 2 ? Unsafe.Add(ref rows, 2) : 0;
        var r3 = TRows.Count > 3 ? Unsafe.Add(ref rows, 3) : 0;
        var r4 = TRows.Count > 4 ? Unsafe.Add(ref rows, 4) : 0;
        var r5 = TRows.Count > 5 ? Unsafe.Add(ref rows, 5) : 0;
        var r6 = TRows.Count > 6 ? Unsafe.Add(ref rows, 6) : 0;
        var r7 = TRows.Count > 7 ? Unsafe.Add(ref rows, 7) : 0;
        var r8 = TRows.Count > 8 ? Unsafe.Add(ref rows, 8) : 0;
        var r9 = TRows.Count > 9 ? Unsafe.Add(ref rows, 9) : 0;
        var r10 = TRows.Count > 10 ? Unsafe.Add(ref rows, 10) : 0;
        var r11 = TRows.Count > 11 ? Unsafe.Add(ref rows, 11) : 0;
        var r12 = TRows.Count > 12 ? Unsafe.Add(ref rows, 12) : 0;
        var r13 = TRows.Count > 13 ? Unsafe.Add(ref rows, 13) : 0;
        var (extent1, strideA1, strideB1) = (loops.Extent1, loops.StrideA1, loops.StrideB1);
        var (extent2, strideA2, strideB2) = (loops.Extent2, loops.StrideA2, loops.StrideB2);
        for (var step = steps.Count; step > 0; step--)
        {
            V c0_0 = V.Zero, c0_1 = V.Zero;
            V c1_0 = V.Zero, c1_1 = V.Zero;
            V c2_0 = V.Zero, c2_1 = V.Zero;
            V c3_0 = V.Zero, c3_1 = V.Zero;
            V c4_0 = V.Zero, c4_1 = V.Zero;
            V c5_0 = V.Zero, c5_1 = V.Zero;
            V c6_0 = V.Zero, c6_1 = V.Zero;
            V c7_0 = V.Zero, c7_1 = V.Zero;
            V c8_0 = V.Zero, c8_1 = V.Zero;
            V c9_0 = V.Zero, c9_1 = V.Zero;
            V c10_0 = V.Zero, c10_1 = V.Zero;
            V c11_0 = V.Zero, c11_1 = V.Zero;
            V c12_0 = V.Zero, c12_1 = V.Zero;
            V c13_0 = V.Zero, c13_1 = V.Zero;
            if (steps.Adds)
            {
                ref var from = ref sums;
                c0_0 = V.Load(ref from);
                c0_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                if (TRows.Count > 1)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c1_0 = V.Load(ref from);
                    c1_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 2)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c2_0 = V.Load(ref from);
                    c2_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 3)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c3_0 = V.Load(ref from);
                    c3_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 4)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c4_0 = V.Load(ref from);
                    c4_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 5)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c5_0 = V.Load(ref from);
                    c5_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 6)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c6_0 = V.Load(ref from);
                    c6_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 7)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c7_0 = V.Load(ref from);
                    c7_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 8)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c8_0 = V.Load(ref from);
                    c8_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 9)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c9_0 = V.Load(ref from);
                    c9_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 10)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c10_0 = V.Load(ref from);
                    c10_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 11)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c11_0 = V.Load(ref from);
                    c11_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 12)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c12_0 = V.Load(ref from);
                    c12_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
                if (TRows.Count > 13)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c13_0 = V.Load(ref from);
                    c13_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                }
            }
            ref var a0 = ref a;
            ref var b0 = ref b;
            for (var i0 = loops.Extent0; i0 > 0; i0--)
            {
                ref var a1 = ref a0;
                ref var b1 = ref b0;
                for (var i1 = extent1; i1 > 0; i1--)
                {
                    ref var a2 = ref a1;
                    ref var b2 = ref b1;
                    for (var i2 = extent2; i2 > 0; i2--)
                    {
                        var v0 = V.Load(ref b2);
                        var v1 = V.Load(ref Unsafe.Add(ref b2, V.Count));
                        var x0 = V.Broadcast(Unsafe.Add(ref a2, r0));
                        V.AddProduct(ref c0_0, x0, v0);
                        V.AddProduct(ref c0_1, x0, v1);
                        if (TRows.Count > 1)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r1));
                            V.AddProduct(ref c1_0, x, v0);
                            V.AddProduct(ref c1_1, x, v1);
                        }
                        if (TRows.Count > 2)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r2));
                            V.AddProduct(ref c2_0, x, v0);
                            V.AddProduct(ref c2_1, x, v1);
                        }
                        if (TRows.Count > 3)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r3));
                            V.AddProduct(ref c3_0, x, v0);
                            V.AddProduct(ref c3_1, x, v1);
                        }
                        if (TRows.Count > 4)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r4));
                            V.AddProduct(ref c4_0, x, v0);
                            V.AddProduct(ref c4_1, x, v1);
                        }
                        if (TRows.Count > 5)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r5));
                            V.AddProduct(ref c5_0, x, v0);
                            V.AddProduct(ref c5_1, x, v1);
                        }
                        if (TRows.Count > 6)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r6));
                            V.AddProduct(ref c6_0, x, v0);
                            V.AddProduct(ref c6_1, x, v1);
                        }
                        if (TRows.Count > 7)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r7));
                            V.AddProduct(ref c7_0, x, v0);
                            V.AddProduct(ref c7_1, x, v1);
                        }
                        if (TRows.Count > 8)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r8));
                            V.AddProduct(ref c8_0, x, v0);
                            V.AddProduct(ref c8_1, x, v1);
                        }
                        if (TRows.Count > 9)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r9));
                            V.AddProduct(ref c9_0, x, v0);
                            V.AddProduct(ref c9_1, x, v1);
                        }
                        if (TRows.Count > 10)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r10));
                            V.AddProduct(ref c10_0, x, v0);
                            V.AddProduct(ref c10_1, x, v1);
                        }
                        if (TRows.Count > 11)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r11));
                            V.AddProduct(ref c11_0, x, v0);
                            V.AddProduct(ref c11_1, x, v1);
                        }
                        if (TRows.Count > 12)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r12));
                            V.AddProduct(ref c12_0, x, v0);
                            V.AddProduct(ref c12_1, x, v1);
                        }
                        if (TRows.Count > 13)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r13));
                            V.AddProduct(ref c13_0, x, v0);
                            V.AddProduct(ref c13_1, x, v1);
                        }
                        a2 = ref Unsafe.Add(ref a2, strideA2);
                        b2 = ref Unsafe.Add(ref b2, strideB2);
                    }
                    a1 = ref Unsafe.Add(ref a1, strideA1);
                    b1 = ref Unsafe.Add(ref b1, strideB1);
                }
                a0 = ref Unsafe.Add(ref a0, loops.StrideA0);
                b0 = ref Unsafe.Add(ref b0, loops.StrideB0);
            }
            ref var to = ref sums;
            if (TRows.Count % 4 == 0 && steps.Pools)
            {
                Largest(c0_0, c1_0, c2_0, c3_0).Store(ref to);
                Largest(c0_1, c1_1, c2_1, c3_1).Store(ref Unsafe.Add(ref to, V.Count));
                if (TRows.Count > 4)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    Largest(c4_0, c5_0, c6_0, c7_0).Store(ref to);
                    Largest(c4_1, c5_1, c6_1, c7_1).Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 8)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    Largest(c8_0, c9_0, c10_0, c11_0).Store(ref to);
                    Largest(c8_1, c9_1, c10_1, c11_1).Store(ref Unsafe.Add(ref to, V.Count));
                }
            }
            else
            {
                c0_0.Store(ref to);
                c0_1.Store(ref Unsafe.Add(ref to, V.Count));
                if (TRows.Count > 1)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c1_0.Store(ref to);
                    c1_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 2)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c2_0.Store(ref to);
                    c2_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 3)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c3_0.Store(ref to);
                    c3_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 4)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c4_0.Store(ref to);
                    c4_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 5)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c5_0.Store(ref to);
                    c5_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 6)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c6_0.Store(ref to);
                    c6_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 7)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c7_0.Store(ref to);
                    c7_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 8)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c8_0.Store(ref to);
                    c8_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 9)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c9_0.Store(ref to);
                    c9_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 10)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c10_0.Store(ref to);
                    c10_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 11)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c11_0.Store(ref to);
                    c11_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 12)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c12_0.Store(ref to);
                    c12_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
                if (TRows.Count > 13)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c13_0.Store(ref to);
                    c13_1.Store(ref Unsafe.Add(ref to, V.Count));
                }
            }
            a = ref Unsafe.Add(ref a, steps.A);
            b = ref Unsafe.Add(ref b, steps.B);
            sums = ref Unsafe.Add(ref sums, steps.Sums);
        }
    }
}
