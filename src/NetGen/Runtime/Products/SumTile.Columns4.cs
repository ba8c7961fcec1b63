using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class SumTile
{
    private const int MostRows4 = 6;

    /// <summary>Four vectors of columns, up to 6 rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Columns4<V, TRows>(
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
        var (extent1, strideA1, strideB1) = (loops.Extent1, loops.StrideA1, loops.StrideB1);
        var (extent2, strideA2, strideB2) = (loops.Extent2, loops.StrideA2, loops.StrideB2);
        for (var step = steps.Count; step > 0; step--)
        {
            V c0_0 = V.Zero, c0_1 = V.Zero, c0_2 = V.Zero, c0_3 = V.Zero;
            V c1_0 = V.Zero, c1_1 = V.Zero, c1_2 = V.Zero, c1_3 = V.Zero;
            V c2_0 = V.Zero, c2_1 = V.Zero, c2_2 = V.Zero, c2_3 = V.Zero;
            V c3_0 = V.Zero, c3_1 = V.Zero, c3_2 = V.Zero, c3_3 = V.Zero;
            V c4_0 = V.Zero, c4_1 = V.Zero, c4_2 = V.Zero, c4_3 = V.Zero;
            V c5_0 = V.Zero, c5_1 = V.Zero, c5_2 = V.Zero, c5_3 = V.Zero;
            if (steps.Adds)
            {
                ref var from = ref sums;
                c0_0 = V.Load(ref from);
                c0_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                c0_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                c0_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
                if (TRows.Count > 1)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c1_0 = V.Load(ref from);
                    c1_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                    c1_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                    c1_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
                }
                if (TRows.Count > 2)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c2_0 = V.Load(ref from);
                    c2_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                    c2_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                    c2_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
                }
                if (TRows.Count > 3)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c3_0 = V.Load(ref from);
                    c3_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                    c3_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                    c3_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
                }
                if (TRows.Count > 4)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c4_0 = V.Load(ref from);
                    c4_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                    c4_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                    c4_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
                }
                if (TRows.Count > 5)
                {
                    from = ref Unsafe.Add(ref from, stride);
                    c5_0 = V.Load(ref from);
                    c5_1 = V.Load(ref Unsafe.Add(ref from, V.Count));
                    c5_2 = V.Load(ref Unsafe.Add(ref from, 2 * V.Count));
                    c5_3 = V.Load(ref Unsafe.Add(ref from, 3 * V.Count));
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
                        var v2 = V.Load(ref Unsafe.Add(ref b2, 2 * V.Count));
                        var v3 = V.Load(ref Unsafe.Add(ref b2, 3 * V.Count));
                        var x0 = V.Broadcast(Unsafe.Add(ref a2, r0));
                        V.AddProduct(ref c0_0, x0, v0);
                        V.AddProduct(ref c0_1, x0, v1);
                        V.AddProduct(ref c0_2, x0, v2);
                        V.AddProduct(ref c0_3, x0, v3);
                        if (TRows.Count > 1)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r1));
                            V.AddProduct(ref c1_0, x, v0);
                            V.AddProduct(ref c1_1, x, v1);
                            V.AddProduct(ref c1_2, x, v2);
                            V.AddProduct(ref c1_3, x, v3);
                        }
                        if (TRows.Count > 2)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r2));
                            V.AddProduct(ref c2_0, x, v0);
                            V.AddProduct(ref c2_1, x, v1);
                            V.AddProduct(ref c2_2, x, v2);
                            V.AddProduct(ref c2_3, x, v3);
                        }
                        if (TRows.Count > 3)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r3));
                            V.AddProduct(ref c3_0, x, v0);
                            V.AddProduct(ref c3_1, x, v1);
                            V.AddProduct(ref c3_2, x, v2);
                            V.AddProduct(ref c3_3, x, v3);
                        }
                        if (TRows.Count > 4)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r4));
                            V.AddProduct(ref c4_0, x, v0);
                            V.AddProduct(ref c4_1, x, v1);
                            V.AddProduct(ref c4_2, x, v2);
                            V.AddProduct(ref c4_3, x, v3);
                        }
                        if (TRows.Count > 5)
                        {
                            var x = V.Broadcast(Unsafe.Add(ref a2, r5));
                            V.AddProduct(ref c5_0, x, v0);
                            V.AddProduct(ref c5_1, x, v1);
                            V.AddProduct(ref c5_2, x, v2);
                            V.AddProduct(ref c5_3, x, v3);
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
                Largest(c0_2, c1_2, c2_2, c3_2).Store(ref Unsafe.Add(ref to, 2 * V.Count));
                Largest(c0_3, c1_3, c2_3, c3_3).Store(ref Unsafe.Add(ref to, 3 * V.Count));
            }
            else
            {
                c0_0.Store(ref to);
                c0_1.Store(ref Unsafe.Add(ref to, V.Count));
                c0_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                c0_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                if (TRows.Count > 1)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c1_0.Store(ref to);
                    c1_1.Store(ref Unsafe.Add(ref to, V.Count));
                    c1_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                    c1_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                }
                if (TRows.Count > 2)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c2_0.Store(ref to);
                    c2_1.Store(ref Unsafe.Add(ref to, V.Count));
                    c2_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                    c2_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                }
                if (TRows.Count > 3)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c3_0.Store(ref to);
                    c3_1.Store(ref Unsafe.Add(ref to, V.Count));
                    c3_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                    c3_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                }
                if (TRows.Count > 4)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c4_0.Store(ref to);
                    c4_1.Store(ref Unsafe.Add(ref to, V.Count));
                    c4_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                    c4_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                }
                if (TRows.Count > 5)
                {
                    to = ref Unsafe.Add(ref to, stride);
                    c5_0.Store(ref to);
                    c5_1.Store(ref Unsafe.Add(ref to, V.Count));
                    c5_2.Store(ref Unsafe.Add(ref to, 2 * V.Count));
                    c5_3.Store(ref Unsafe.Add(ref to, 3 * V.Count));
                }
            }
            a = ref Unsafe.Add(ref a, steps.A);
            b = ref Unsafe.Add(ref b, steps.B);
            sums = ref Unsafe.Add(ref sums, steps.Sums);
        }
    }
}
