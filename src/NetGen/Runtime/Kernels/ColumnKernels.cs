using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Sums of the columns of a matrix: what biases learn from. Every fourth row is added to a sum of its own, so that additions do not wait for
/// each other; the order depends on the number of rows alone, and is the same at every width. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ColumnKernels
{
    /// <summary>y[c] = Σ x[r, c] over all rows r.</summary>
    /// <param name="x">[rows, columns]</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="y">[columns]</param>
    /// <param name="worker">This worker.</param>
    /// <param name="workers">All workers.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Sum<V>(ref float x, nint rows, int columns, ref float y, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((columns + V.Count - 1) / V.Count, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var n = item * V.Count;
            var count = (int)Math.Min(V.Count, columns - n);
            if (count == V.Count)
                Column<V>(ref Unsafe.Add(ref x, n), rows, columns).Store(ref Unsafe.Add(ref y, n));
            else
                PartOfColumn<V>(ref Unsafe.Add(ref x, n), rows, columns, count).StorePartial(ref Unsafe.Add(ref y, n), count);
        }
    }

    /// <summary>Changes weights by the gradients Σ dy[r, c] over all rows r.</summary>
    /// <param name="dy">[rows, columns]</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns: as many weights.</param>
    /// <param name="optimizer">The optimizer, prepared for this step.</param>
    /// <param name="weight">[columns]</param>
    /// <param name="slot0">Their first state.</param>
    /// <param name="slot1">Their second state.</param>
    /// <param name="worker">This worker.</param>
    /// <param name="workers">All workers.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Update<V, TOptimizer>(
        ref float dy, nint rows, int columns, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, int worker, int workers)
        where V : struct, IVector<V>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var (begin, end) = Partition.Items((columns + V.Count - 1) / V.Count, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var n = item * V.Count;
            var count = (int)Math.Min(V.Count, columns - n);
            if (count == V.Count)
            {
                OptimizerKernel.Apply(
                    in optimizer, ref Unsafe.Add(ref weight, n), ref Unsafe.Add(ref slot0, n), ref Unsafe.Add(ref slot1, n),
                    Column<V>(ref Unsafe.Add(ref dy, n), rows, columns));
            }
            else
            {
                OptimizerKernel.ApplyPartial(
                    in optimizer, ref Unsafe.Add(ref weight, n), ref Unsafe.Add(ref slot0, n), ref Unsafe.Add(ref slot1, n),
                    PartOfColumn<V>(ref Unsafe.Add(ref dy, n), rows, columns, count), count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Column<V>(ref float x, nint rows, nint columns)
        where V : struct, IVector<V>
    {
        var (a, b, c, d) = (V.Zero, V.Zero, V.Zero, V.Zero);
        for (; rows >= 4; rows -= 4)
        {
            a += V.Load(in x);
            b += V.Load(in Unsafe.Add(ref x, columns));
            c += V.Load(in Unsafe.Add(ref x, 2 * columns));
            d += V.Load(in Unsafe.Add(ref x, 3 * columns));
            x = ref Unsafe.Add(ref x, 4 * columns);
        }
        if (rows > 0)
            a += V.Load(in x);
        if (rows > 1)
            b += V.Load(in Unsafe.Add(ref x, columns));
        if (rows > 2)
            c += V.Load(in Unsafe.Add(ref x, 2 * columns));
        return a + b + (c + d);
    }

    /// <summary>The same of fewer columns than a vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PartOfColumn<V>(ref float x, nint rows, nint columns, int count)
        where V : struct, IVector<V>
    {
        var (a, b, c, d) = (V.Zero, V.Zero, V.Zero, V.Zero);
        for (; rows >= 4; rows -= 4)
        {
            a += V.LoadPartial(in x, count);
            b += V.LoadPartial(in Unsafe.Add(ref x, columns), count);
            c += V.LoadPartial(in Unsafe.Add(ref x, 2 * columns), count);
            d += V.LoadPartial(in Unsafe.Add(ref x, 3 * columns), count);
            x = ref Unsafe.Add(ref x, 4 * columns);
        }
        if (rows > 0)
            a += V.LoadPartial(in x, count);
        if (rows > 1)
            b += V.LoadPartial(in Unsafe.Add(ref x, columns), count);
        if (rows > 2)
            c += V.LoadPartial(in Unsafe.Add(ref x, 2 * columns), count);
        return a + b + (c + d);
    }
}
