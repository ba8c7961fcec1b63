using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// Kernels that read and change what indices name. The indices have been checked. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class IndexKernels
{
    /// <summary>
    /// y[b, o, p] = x[b, o, indices[b, p]], runs of <paramref name="inner"/> numbers; x has <paramref name="outer"/> times <paramref
    /// name="count"/> of them for each sample (perSample = 1) or in all (perSample = 0).
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Gather<V>(
        ref float x, ref int indices, ref float y, int perSample, int outer, int count, int inner, int positions, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * outer * positions, worker, workers);
        for (var run = begin; run < end; run++)
        {
            var group = run / positions;
            var sample = group / outer;
            var first = perSample != 0 ? group : group - (sample * outer);
            var index = Unsafe.Add(ref indices, (sample * positions) + (run - (group * positions)));
            ref var source = ref Unsafe.Add(ref x, ((first * count) + index) * inner);
            ref var target = ref Unsafe.Add(ref y, run * inner);
            var i = 0;
            for (; i <= inner - V.Count; i += V.Count)
                V.Load(in Unsafe.Add(ref source, i)).Store(ref Unsafe.Add(ref target, i));
            if (i < inner)
                V.LoadPartial(in Unsafe.Add(ref source, i), inner - i).StorePartial(ref Unsafe.Add(ref target, i), inner - i);
        }
    }

    /// <summary>dx[b, o, j] = Σ dy[b, o, p] over the p with indices[b, p] = j, in their order.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void GatherGradient<V>(
        ref float dy, ref int indices, ref float dx, int perSample, int outer, int count, int inner, int positions, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * outer, worker, workers);
        for (var group = begin; group < end; group++)
        {
            ref var target = ref Unsafe.Add(ref dx, group * count * inner);
            Clear<V>(ref target, (nint)count * inner);
            ref var own = ref Unsafe.Add(ref indices, group / outer * positions);
            for (var p = 0; p < positions; p++)
                Add<V>(ref Unsafe.Add(ref dy, ((group * positions) + p) * inner), ref Unsafe.Add(ref target, (nint)Unsafe.Add(ref own, p) * inner), inner);
        }
    }

    /// <summary>
    /// y[b, o, i] is the k of the largest (smallest = 1: least) of x[b, o, k, i], the first of equal ones; NaN is both of all.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Extreme<V>(ref float x, ref int y, int outer, int length, int inner, int smallest, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * outer * inner, worker, workers);
        for (var item = begin; item < end; item++)
        {
            ref var run = ref Unsafe.Add(ref x, (item / inner * inner * length) + (item % inner));
            var (best, place) = (run, 0);
            for (var k = 1; k < length && !float.IsNaN(best); k++)
            {
                var number = Unsafe.Add(ref run, (nint)k * inner);
                if ((smallest != 0 ? number < best : number > best) || float.IsNaN(number))
                    (best, place) = (number, k);
            }
            Unsafe.Add(ref y, item) = place;
        }
    }

    /// <summary>
    /// Of each row the places of its <paramref name="count"/> largest (ascending = 1: smallest) elements in their order; equal ones by
    /// place, NaN above all.
    /// </summary>
    /// <remarks>
    /// A heap of the best so far, of which the worst is at the top, in the place of the result; then that is taken off again and again.
    /// </remarks>
    [MethodImpl(Jit.Kernel)]
    public static void Ranking<V>(ref float x, ref int y, int rows, int length, int count, int ascending, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var numbers = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, row * length), length);
            var heap = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, row * count), count);
            for (var i = 0; i < count; i++)
                heap[i] = i;
            for (var i = (count / 2) - 1; i >= 0; i--)
                Sink(numbers, heap, i, ascending != 0);
            for (var i = count; i < length; i++)
            {
                if (IsBefore(numbers, i, heap[0], ascending != 0))
                {
                    heap[0] = i;
                    Sink(numbers, heap, 0, ascending != 0);
                }
            }
            for (var left = count - 1; left > 0; left--)
            {
                (heap[0], heap[left]) = (heap[left], heap[0]);
                Sink(numbers, heap[..left], 0, ascending != 0);
            }
        }
    }

    /// <summary>Of each row the elements that its indices name: y[r, j] = x[r, indices[r, j]].</summary>
    [MethodImpl(Jit.Kernel)]
    public static void PickEach<V>(ref float x, ref int indices, ref float y, int rows, int length, int count, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var i = begin * count; i < end * count; i++)
            Unsafe.Add(ref y, i) = Unsafe.Add(ref x, (i / count * length) + Unsafe.Add(ref indices, i));
    }

    /// <summary>y[r, indices[r, j]] += values[r, j], in their order, from 0 on.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void ScatterAdd<V>(ref float values, ref int indices, ref float y, int rows, int length, int count, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        Clear<V>(ref Unsafe.Add(ref y, begin * length), (end - begin) * length);
        for (var i = begin * count; i < end * count; i++)
            Unsafe.Add(ref y, (i / count * length) + Unsafe.Add(ref indices, i)) += Unsafe.Add(ref values, i);
    }

    private static void Sink(ReadOnlySpan<float> numbers, Span<int> heap, int at, bool isAscending)
    {
        for (var child = (2 * at) + 1; child < heap.Length; at = child, child = (2 * at) + 1)
        {
            if (child + 1 < heap.Length && IsBefore(numbers, heap[child], heap[child + 1], isAscending))
                child++;
            if (!IsBefore(numbers, heap[at], heap[child], isAscending))
                return;
            (heap[at], heap[child]) = (heap[child], heap[at]);
        }
    }

    private static bool IsBefore(ReadOnlySpan<float> numbers, int i, int j, bool isAscending)
    {
        var (a, b) = (numbers[i], numbers[j]);
        if (a == b || (float.IsNaN(a) && float.IsNaN(b)))
            return i < j;
        return (a < b || float.IsNaN(b)) == isAscending;
    }

    /// <summary>
    /// The batch's indices in their order, as pairs of a position and the index there; equal ones by position, those of the padding last as
    /// int.MaxValue. One worker does it.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Order<V>(ref int indices, ref int order, int positions, int padding, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        if (worker != 0)
            return;
        // A pair is a number of 64 bits with the index above the position.
        var pairs = MemoryMarshal.CreateSpan(ref Unsafe.As<int, long>(ref order), batch * positions);
        for (var p = 0; p < pairs.Length; p++)
        {
            var index = Unsafe.Add(ref indices, p);
            pairs[p] = ((long)(index == padding ? int.MaxValue : index) << 32) | (uint)p;
        }
        pairs.Sort();
    }

    /// <summary>dx[j] = Σ dy[p] over the positions p whose index is j, in their order; 0 of no position.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void RowSums<V>(ref float dy, ref int order, ref float dx, int count, int inner, int positions, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var pairs = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<int, long>(ref order), batch * positions);
        var (begin, end) = Partition.Items(count, worker, workers);
        Clear<V>(ref Unsafe.Add(ref dx, begin * inner), (end - begin) * inner);
        for (var at = First(pairs, begin); at < pairs.Length && Row(pairs[at]) < end; at++)
            Add<V>(ref Unsafe.Add(ref dy, (nint)(uint)pairs[at] * inner), ref Unsafe.Add(ref dx, (nint)Row(pairs[at]) * inner), inner);
    }

    /// <summary>
    /// The optimizer's step on a table with the gradient that <see cref="RowSums"/> would write. Where an optimizer leaves weights without
    /// a gradient as they are, a worker takes rows that are named; else rows of the table.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void UpdateRows<V, TOptimizer>(
        ref float dy, ref int order, ref float weight, ref float slot0, ref float slot1, in TOptimizer optimizer, int count, int inner, int positions,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        // In a local that nothing else sees, so that its numbers stay in registers.
        var prepared = optimizer;
        var pairs = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<int, long>(ref order), batch * positions);
        var named = TOptimizer.SkipsZeroGradients(in prepared);
        var (begin, end) = Partition.Items(named ? pairs.Length : count, worker, workers);
        var at = named ? (int)begin : First(pairs, begin);
        // A row belongs to the worker in whose part it begins.
        while (named && at > 0 && at < end && Row(pairs[at]) == Row(pairs[at - 1]))
            at++;
        for (var row = begin; named ? at < end : row < end; row++)
        {
            if (named)
                row = Row(pairs[at]);
            if (row >= count)
                return;
            var next = at;
            while (next < pairs.Length && Row(pairs[next]) == row)
                next++;
            var first = row * inner;
            var i = 0;
            for (; i <= inner - V.Count; i += V.Count)
            {
                var sum = V.Zero;
                for (var p = at; p < next; p++)
                    sum += V.Load(in Unsafe.Add(ref dy, ((nint)(uint)pairs[p] * inner) + i));
                OptimizerKernel.Apply(in prepared, ref Unsafe.Add(ref weight, first + i), ref Unsafe.Add(ref slot0, first + i), ref Unsafe.Add(ref slot1, first + i), sum);
            }
            if (i < inner)
            {
                var sum = V.Zero;
                for (var p = at; p < next; p++)
                    sum += V.LoadPartial(in Unsafe.Add(ref dy, ((nint)(uint)pairs[p] * inner) + i), inner - i);
                OptimizerKernel.ApplyPartial(
                    in prepared, ref Unsafe.Add(ref weight, first + i), ref Unsafe.Add(ref slot0, first + i), ref Unsafe.Add(ref slot1, first + i), sum, inner - i);
            }
            at = next;
        }
    }

    /// <summary>y[r] = x[r, indices[r]] of rows of <paramref name="length"/> numbers.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Pick<V>(ref float x, ref int indices, ref float y, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
            Unsafe.Add(ref y, r) = Unsafe.Add(ref x, (r * length) + Unsafe.Add(ref indices, r));
    }

    /// <summary>dx[r, indices[r]] = dy[r], 0 elsewhere.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void PickGradient<V>(ref float dy, ref int indices, ref float dx, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        Clear<V>(ref Unsafe.Add(ref dx, begin * length), (end - begin) * length);
        for (var r = begin; r < end; r++)
            Unsafe.Add(ref dx, (r * length) + Unsafe.Add(ref indices, r)) = Unsafe.Add(ref dy, r);
    }

    /// <summary>y[r, indices[r]] = 1, 0 elsewhere.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void OneHot<V>(ref int indices, ref float y, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        Clear<V>(ref Unsafe.Add(ref y, begin * length), (end - begin) * length);
        for (var r = begin; r < end; r++)
            Unsafe.Add(ref y, (r * length) + Unsafe.Add(ref indices, r)) = 1f;
    }

    private static int Row(long pair) => (int)(pair >> 32);

    /// <summary>Where the pairs of a row begin, or would.</summary>
    private static int First(ReadOnlySpan<long> pairs, nint row)
    {
        var at = pairs.BinarySearch<long, long>((long)row << 32);
        return at < 0 ? ~at : at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V>(ref float x, ref float sum, int count)
        where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(in Unsafe.Add(ref sum, i)) + V.Load(in Unsafe.Add(ref x, i))).Store(ref Unsafe.Add(ref sum, i));
        if (i < count)
        {
            var left = count - i;
            (V.LoadPartial(in Unsafe.Add(ref sum, i), left) + V.LoadPartial(in Unsafe.Add(ref x, i), left)).StorePartial(ref Unsafe.Add(ref sum, i), left);
        }
    }

    private static void Clear<V>(ref float x, nint count)
        where V : struct, IVector<V>
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
            V.Zero.Store(ref Unsafe.Add(ref x, i));
        if (i < count)
            V.Zero.StorePartial(ref Unsafe.Add(ref x, i), (int)(count - i));
    }
}
