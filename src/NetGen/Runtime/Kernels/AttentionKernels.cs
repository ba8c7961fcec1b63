using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Attention: y_i = Σ_j p_ij·v_j with p_i = softmax_j(s_ij) and s_ij = scale·q_i·k_j, for each head. A block of scores at a time is in a
/// core's cache; the maximum and the sum of a row are carried from block to block (online softmax: Milakov and Gimelshein 2018; Dao et al.
/// 2022), and of a row only log Σ exp(s) is kept, from which the backward kernel has the weights again.
/// </summary>
/// <remarks>
/// Keys are taken in blocks that begin at multiples of one number, and what a row does not read adds zeros: a row's result has the same
/// bits whatever rows are computed beside it. See <see cref="CopyKernels"/> for the form.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class AttentionKernels
{
    /// <summary>Rows of queries, and keys, of a block of the forward kernel.</summary>
    private const int QueryBlock = 64, KeyBlock = 256;

    /// <summary>(q, k, v) to y.</summary>
    public static void Forward<V>(
        ref float q, ref float k, ref float v, ref float y, PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref Missing, key), in shape, batch, worker, workers);

    /// <summary>(q, k, v, bias) to y: the bias is added to the scores.</summary>
    public static void Forward<V>(
        ref float q, ref float k, ref float v, ref float bias, ref float y, PhiloxKey key, AttentionShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref bias, ref y, ref Missing, key), in shape, batch, worker, workers);

    /// <summary>(q, k, v) to y and log Σ exp(s).</summary>
    public static void ForwardWithSums<V>(
        ref float q, ref float k, ref float v, ref float y, ref float sums, PhiloxKey key, AttentionShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref sums, key), in shape, batch, worker, workers);

    /// <summary>(q, k, v, bias) to y and log Σ exp(s).</summary>
    public static void ForwardWithSums<V>(
        ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, PhiloxKey key, AttentionShape shape, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref bias, ref y, ref sums, key), in shape, batch, worker, workers);

    /// <summary>(q, k, v) to log Σ exp(s).</summary>
    public static void Sums<V>(
        ref float q, ref float k, ref float v, ref float sums, PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref Missing, ref Missing, ref sums, key), in shape, batch, worker, workers);

    /// <summary>(q, k, v, bias) to log Σ exp(s).</summary>
    public static void Sums<V>(
        ref float q, ref float k, ref float v, ref float bias, ref float sums, PhiloxKey key, AttentionShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(new AttentionOperands(ref q, ref k, ref v, ref bias, ref Missing, ref sums, key), in shape, batch, worker, workers);

    private static ref float Missing => ref Unsafe.NullRef<float>();

    [MethodImpl(Jit.Kernel)]
    private static void Run<V>(AttentionOperands operands, in AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (size, width) = (shape.Size, ThreadFloats.Whole<V>(shape.Size));
        var blocks = (shape.Queries + QueryBlock - 1) / QueryBlock;
        var rows = Math.Min(QueryBlock, shape.Queries);
        var most = ThreadFloats.Whole<V>(Math.Min(KeyBlock, Math.Max(shape.Keys, shape.Longest)));
        ref var q = ref ThreadFloats.Of((rows * size) + (2 * most * width) + (rows * (most + width + 2)) + (6 * ThreadFloats.Line));
        ref var keys = ref ThreadFloats.After(ref q, rows * size);
        ref var values = ref ThreadFloats.After(ref keys, most * width);
        ref var scores = ref ThreadFloats.After(ref values, most * width);
        ref var sums = ref ThreadFloats.After(ref scores, rows * most);
        ref var largest = ref ThreadFloats.After(ref sums, rows * width);
        ref var totals = ref ThreadFloats.After(ref largest, rows);
        var (begin, end) = Partition.Items((nint)batch * shape.Outer * shape.Heads * blocks, worker, workers);
        var packed = (-1L, -1);
        for (var item = begin; item < end; item++)
        {
            var (row, head) = ((int)(item % blocks) * QueryBlock, (int)(item / blocks % shape.Heads));
            var place = item / blocks / shape.Heads;
            var (sample, outer) = (place / shape.Outer, place % shape.Outer);
            var count = Math.Min(QueryBlock, shape.Queries - row);
            var source = shape.Rows(0, sample, outer, shape.Queries, shape.QueryStride) + (row * shape.QueryStride) + (head * size);
            CopyRows<V>(ref Unsafe.Add(ref operands.Q, source), shape.QueryStride, ref q, size, count, size, shape.Scale);
            ThreadFloats.Fill(ref largest, count, float.NegativeInfinity);
            ThreadFloats.Fill(ref totals, count, 0f);
            ThreadFloats.Fill(ref sums, count * width, 0f);
            var keyHead = head / (shape.Heads / shape.KeyHeads);
            var (firstKey, lastKey) = shape.KeysOf(row, count);
            for (var block = firstKey / KeyBlock; block * KeyBlock < lastKey; block++)
            {
                var from = block * KeyBlock;
                var terms = Math.Min(KeyBlock, shape.Keys - from);
                var columns = ThreadFloats.Whole<V>(terms);
                var which = ((place * shape.KeyHeads) + keyHead, block);
                if (packed != which)
                {
                    packed = which;
                    var firstRow = shape.Rows(1, sample, outer, shape.Keys, shape.KeyStride);
                    var firstValue = shape.Rows(2, sample, outer, shape.Keys, shape.KeyStride);
                    var offset = (from * shape.KeyStride) + ((nint)keyHead * size);
                    TransposeRows<V>(
                        ref Unsafe.Add(ref operands.K, firstRow + offset + shape.FirstKey), shape.KeyStride, ref keys, columns, terms,
                            size);
                    CopyRows<V>(
                        ref Unsafe.Add(ref operands.V, firstValue + offset + shape.FirstValue), shape.KeyStride, ref values, width, terms,
                            size, 1f);
                }
                // Later keys than any row reads need no scores.
                var read = Math.Min(terms, lastKey - from);
                Multiply<V>(ref q, size, 1, count, ref keys, columns, size, ref scores, columns, ThreadFloats.Whole<V>(read), adds: false);
                for (var r = 0; r < count; r++)
                {
                    ref var own = ref Unsafe.Add(ref sums, r * width);
                    Weights<V>(
                        in operands, in shape, place, head, row + r, from, read, ref Unsafe.Add(ref scores, r * columns),
                        ref Unsafe.Add(ref largest, r), ref Unsafe.Add(ref totals, r), ref own, width);
                }
                Multiply<V>(ref scores, columns, 1, count, ref values, width, read, ref sums, width, width, adds: true);
            }
            var results = (place * shape.Heads) + head;
            for (var r = 0; r < count; r++)
            {
                var total = Unsafe.Add(ref totals, r);
                if (!Unsafe.IsNullRef(ref operands.Sums))
                    Unsafe.Add(ref operands.Sums, (results * shape.Queries) + row + r) = Unsafe.Add(ref largest, r) + Logarithm(total);
                if (!Unsafe.IsNullRef(ref operands.Y))
                {
                    var target = (((place * shape.Queries) + row + r) * shape.Heads * size) + (head * size);
                    CopyRows<V>(ref Unsafe.Add(ref sums, r * width), 0, ref Unsafe.Add(ref operands.Y, target), size, 1, size, 1f / total);
                }
            }
        }
    }

    /// <summary>
    /// A row of scores of the keys from <paramref name="from"/> on becomes exp(s − m), 0 where a key is not read, with the largest score m
    /// so far; what was summed with another m is scaled.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    private static void Weights<V>(
        in AttentionOperands operands, in AttentionShape shape, nint place, int head, int row, int from, int terms, ref float scores,
        ref float largest, ref float total, ref float sums, int width)
        where V : struct, IVector<V>
    {
        var (begin, end) = shape.KeysOf(row, 1);
        (begin, end) = (Math.Clamp(begin - from, 0, terms), Math.Clamp(end - from, 0, terms));
        var changes = new ScoreChanges<V>(in operands, in shape, place, head, row, from);
        var most = V.Broadcast(float.NegativeInfinity);
        for (var j = 0; j < terms; j += V.Count)
        {
            var s = V.Load(in Unsafe.Add(ref scores, j));
            if (changes.Any)
                s = changes.Apply(s, j, terms - j, out _);
            if (j < begin || j + V.Count > end)
                s = V.Select(Between<V>(j, begin, end), s, V.Broadcast(float.NegativeInfinity));
            s.Store(ref Unsafe.Add(ref scores, j));
            most = V.Max(most, s);
        }
        var next = MathF.Max(largest, V.Maximum(most));
        if (float.IsNegativeInfinity(next))
        {
            // Nothing is read so far.
            ThreadFloats.Fill(ref scores, ThreadFloats.Whole<V>(terms), 0f);
            return;
        }
        var sum = V.Zero;
        for (var j = 0; j < terms; j += V.Count)
        {
            var p = VectorMath.Exp(V.Load(in Unsafe.Add(ref scores, j)) - V.Broadcast(next));
            sum += p;
            (shape.Dropped > 0 ? p * changes.Kept(j) : p).Store(ref Unsafe.Add(ref scores, j));
        }
        if (next == largest)
        {
            total += V.Sum(sum);
            return;
        }
        var shrink = Exponential(largest - next);
        total = (total * shrink) + V.Sum(sum);
        largest = next;
        for (var i = 0; i < width; i += V.Count)
            (V.Load(in Unsafe.Add(ref sums, i)) * V.Broadcast(shrink)).Store(ref Unsafe.Add(ref sums, i));
    }

    /// <summary>Mask of the lanes from <paramref name="first"/> on that are from begin to before end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Between<V>(int first, int begin, int end)
        where V : struct, IVector<V>
    {
        var place = V.LaneIndex + V.Broadcast(first);
        return V.And(V.GreaterOrEqual(place, V.Broadcast(begin)), V.Greater(V.Broadcast(end), place));
    }

    /// <summary>result[r, n] (+)= Σ_t a[r·row + t·term]·b[t, n], of columns that are whole vectors.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Multiply<V>(
        ref float a, int row, int term, int rows, ref float b, int stride, int terms, ref float result, int resultStride, int columns,
            bool adds)
        where V : struct, IVector<V>
    {
        var tiles = new TileGrid<V>(new(SumTile.MostRows<V>(2), 2), new RowLoops(rows, row), columns, 0, 1);
        while (tiles.Next())
            tiles.Sum(ref a, ref Unsafe.Add(ref b, tiles.Column), new SumLoops(terms, term, stride), ref result, resultStride, adds);
    }

    /// <summary>Rows of so many floats times a number, with zeros up to the distance of the target's rows.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void CopyRows<V>(ref float source, nint sourceStride, ref float target, int targetStride, int rows, int floats,
        float factor)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
        {
            var i = 0;
            for (; i <= floats - V.Count; i += V.Count)
                (V.Load(in Unsafe.Add(ref source, i)) * V.Broadcast(factor)).Store(ref Unsafe.Add(ref target, i));
            if (i < floats)
            {
                var part = V.LoadPartial(in Unsafe.Add(ref source, i), floats - i) * V.Broadcast(factor);
                part.StorePartial(ref Unsafe.Add(ref target, i), Math.Min(V.Count, targetStride - i));
            }
            source = ref Unsafe.Add(ref source, sourceStride);
            target = ref Unsafe.Add(ref target, targetStride);
        }
    }

    /// <summary>target[i, r] = source[r, i]; zeros in the columns behind the last row.</summary>
    [MethodImpl(Jit.Kernel)]
    internal static void TransposeRows<V>(ref float source, nint sourceStride, ref float target, int targetStride, int rows, int floats)
        where V : struct, IVector<V>
    {
        var (squareRows, squareFloats) = (rows / V.Count * V.Count, floats / V.Count * V.Count);
        for (var r = 0; r < squareRows; r += V.Count)
        {
            for (var i = 0; i < squareFloats; i += V.Count)
            {
                V.Transpose(
                    in Unsafe.Add(ref source, (r * sourceStride) + i), sourceStride, ref Unsafe.Add(ref target, (i * targetStride) + r),
                        targetStride);
            }
        }
        for (var i = 0; i < floats; i++)
        {
            for (var r = i < squareFloats ? squareRows : 0; r < targetStride; r++)
                Unsafe.Add(ref target, (i * targetStride) + r) = r < rows ? Unsafe.Add(ref source, (r * sourceStride) + i) : 0f;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Exponential(float x) => V1.Sum(VectorMath.Exp(V1.Broadcast(x)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Logarithm(float x) => V1.Sum(VectorMath.Log(V1.Broadcast(x)));
}
