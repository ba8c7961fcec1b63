using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class AttentionKernels
{
    /// <summary>Rows of queries, and keys, of a block of the backward kernel.</summary>
    private const int GradientBlock = 64;

    /// <summary>(dy, q, k, v, y, log Σ exp(s)) to (dq, dk, dv).</summary>
    public static void Gradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dq, ref float dk, ref float dv,
            PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dq, ref dk, ref dv, ref Missing),
            in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, bias, y, log Σ exp(s)) to (dq, dk, dv).</summary>
    public static void Gradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dq, ref float dk,
            ref float dv,
        PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref dq, ref dk, ref dv, ref Missing),
            in shape, batch, worker, workers);

    /// <summary>The same of an operand that has queries, keys and values in one.</summary>
    public static void PackedGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dx, PhiloxKey key, AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dx, ref Unsafe.Add(ref dx, shape.FirstKey),
                ref Unsafe.Add(ref dx, shape.FirstValue), ref Missing),
            in shape, batch, worker, workers);

    /// <summary>The same with a bias.</summary>
    public static void PackedGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dx, PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref dx, ref Unsafe.Add(ref dx, shape.FirstKey),
                ref Unsafe.Add(ref dx, shape.FirstValue), ref Missing),
            in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, y, log Σ exp(s)) to dq.</summary>
    public static void QueryGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dq, PhiloxKey key, AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dq, ref Missing, ref Missing, ref Missing),
            in shape, batch, worker, workers);

    /// <summary>The same with a bias.</summary>
    public static void QueryGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dq, PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref dq, ref Missing, ref Missing,
                ref Missing),
            in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, y, log Σ exp(s)) to dk.</summary>
    public static void KeyGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dk, PhiloxKey key, AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref Missing, ref dk, ref Missing, ref Missing),
            in shape, batch, worker, workers);

    /// <summary>The same with a bias.</summary>
    public static void KeyGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dk, PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref Missing, ref dk, ref Missing,
                ref Missing),
            in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, y, log Σ exp(s)) to dv.</summary>
    public static void ValueGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dv, PhiloxKey key, AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref Missing, ref Missing, ref dv, ref Missing),
            in shape, batch, worker, workers);

    /// <summary>The same with a bias.</summary>
    public static void ValueGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dv, PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref Missing, ref Missing, ref dv,
                ref Missing),
            in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, bias, y, log Σ exp(s)) to the gradient of the scores behind the bias, of each head.</summary>
    public static void ScoreGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float ds, PhiloxKey key,
        AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(ref dy, ref q, ref k, ref v, ref bias, ref y, ref sums, key, ref Missing, ref Missing,
                ref Missing, ref ds),
            in shape, batch, worker, workers);

    /// <summary>
    /// dv_j = Σ_i p_ij·dy_i; dp_ij = dy_i·v_j; ds_ij = p_ij·(dp_ij − dy_i·y_i); dq_i = scale·Σ_j ds_ij·k_j; dk_j = scale·Σ_i ds_ij·q_i.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    private static void Back<V>(AttentionOperands operands, in AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (size, width) = (shape.Size, ThreadFloats.Whole<V>(shape.Size));
        var rows = Math.Min(GradientBlock, shape.Queries);
        var most = ThreadFloats.Whole<V>(Math.Min(GradientBlock, shape.Keys));
        ref var q = ref ThreadFloats.Of(
            (2 * rows * width) + (3 * most * width) + (2 * rows * most) + ((shape.Queries + (2 * shape.Keys)) * width) + shape.Queries
            + (11 * ThreadFloats.Line));
        ref var dy = ref ThreadFloats.After(ref q, rows * width);
        ref var keys = ref ThreadFloats.After(ref dy, rows * width);
        ref var keyColumns = ref ThreadFloats.After(ref keys, most * width);
        ref var valueColumns = ref ThreadFloats.After(ref keyColumns, most * width);
        ref var scores = ref ThreadFloats.After(ref valueColumns, most * width);
        ref var gradients = ref ThreadFloats.After(ref scores, rows * most);
        ref var dq = ref ThreadFloats.After(ref gradients, rows * most);
        ref var dk = ref ThreadFloats.After(ref dq, shape.Queries * width);
        ref var dv = ref ThreadFloats.After(ref dk, shape.Keys * width);
        ref var dots = ref ThreadFloats.After(ref dv, shape.Keys * width);
        var (hasDq, hasDk, hasDv) = (!Unsafe.IsNullRef(ref operands.Dq), !Unsafe.IsNullRef(ref operands.Dk),
            !Unsafe.IsNullRef(ref operands.Dv));
        var group = shape.Heads / shape.KeyHeads;
        var (begin, end) = Partition.Items((nint)batch * shape.Outer * shape.KeyHeads, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var (keyHead, place) = ((int)(item % shape.KeyHeads), item / shape.KeyHeads);
            var (sample, outer) = (place / shape.Outer, place % shape.Outer);
            var firstQuery = shape.Rows(0, sample, outer, shape.Queries, shape.QueryStride);
            var firstKey = shape.Rows(1, sample, outer, shape.Keys, shape.KeyStride) + shape.FirstKey + ((nint)keyHead * size);
            var firstValue = shape.Rows(2, sample, outer, shape.Keys, shape.KeyStride) + shape.FirstValue + ((nint)keyHead * size);
            ThreadFloats.Fill(ref dk, shape.Keys * width, 0f);
            ThreadFloats.Fill(ref dv, shape.Keys * width, 0f);
            for (var head = keyHead * group; head < (keyHead + 1) * group; head++)
            {
                ThreadFloats.Fill(ref dq, shape.Queries * width, 0f);
                var firstResult = (place * shape.Queries * shape.Heads * size) + ((nint)head * size);
                Dots<V>(
                    ref Unsafe.Add(ref operands.Dy, firstResult), ref Unsafe.Add(ref operands.Y, firstResult), (nint)shape.Heads * size,
                        shape.Queries,
                    size, ref dots);
                for (var from = 0; from < shape.Keys; from += GradientBlock)
                {
                    var terms = Math.Min(GradientBlock, shape.Keys - from);
                    var columns = ThreadFloats.Whole<V>(terms);
                    CopyRows<V>(
                        ref Unsafe.Add(ref operands.K, firstKey + (from * shape.KeyStride)), shape.KeyStride, ref keys, width, terms,
                            size, 1f);
                    TransposeRows<V>(
                        ref Unsafe.Add(ref operands.K, firstKey + (from * shape.KeyStride)), shape.KeyStride, ref keyColumns, columns,
                            terms, size);
                    TransposeRows<V>(
                        ref Unsafe.Add(ref operands.V, firstValue + (from * shape.KeyStride)), shape.KeyStride, ref valueColumns, columns,
                            terms, size);
                    for (var row = 0; row < shape.Queries; row += GradientBlock)
                    {
                        var count = Math.Min(GradientBlock, shape.Queries - row);
                        var (firstRead, lastRead) = shape.KeysOf(row, count);
                        if (firstRead >= from + terms || lastRead <= from)
                        {
                            if (!Unsafe.IsNullRef(ref operands.Ds))
                                ClearScores(in operands, in shape, place, head, row, count, from, terms);
                            continue;
                        }
                        CopyRows<V>(
                            ref Unsafe.Add(ref operands.Q, firstQuery + (row * shape.QueryStride) + ((nint)head * size)),
                                shape.QueryStride, ref q, width,
                            count, size, shape.Scale);
                        CopyRows<V>(
                            ref Unsafe.Add(ref operands.Dy, firstResult + ((nint)row * shape.Heads * size)), (nint)shape.Heads * size,
                                ref dy, width, count,
                            size, 1f);
                        Multiply<V>(ref q, width, 1, count, ref keyColumns, columns, size, ref scores, columns, columns, adds: false);
                        Multiply<V>(ref dy, width, 1, count, ref valueColumns, columns, size, ref gradients, columns, columns, adds: false);
                        for (var r = 0; r < count; r++)
                        {
                            ScoreGradients<V>(
                                in operands, in shape, place, head, row + r, from, terms, ref Unsafe.Add(ref scores, r * columns),
                                ref Unsafe.Add(ref gradients, r * columns), Unsafe.Add(ref dots, row + r));
                        }
                        if (hasDv)
                        {
                            Multiply<V>(
                                ref scores, 1, columns, terms, ref dy, width, count, ref Unsafe.Add(ref dv, from * width), width, width,
                                    adds: true);
                        }
                        if (hasDk)
                        {
                            Multiply<V>(
                                ref gradients, 1, columns, terms, ref q, width, count, ref Unsafe.Add(ref dk, from * width), width, width,
                                    adds: true);
                        }
                        if (hasDq)
                        {
                            Multiply<V>(
                                ref gradients, columns, 1, count, ref keys, width, terms, ref Unsafe.Add(ref dq, row * width), width, width,
                                adds: true);
                        }
                    }
                }
                if (hasDq)
                {
                    StoreRows<V>(
                        ref dq, width, ref Unsafe.Add(ref operands.Dq, (place * shape.Queries * shape.QueryStride) + ((nint)head * size)),
                        shape.QueryStride, shape.Queries, size, shape.Scale);
                }
            }
            var keyTarget = (place * shape.Keys * shape.KeyStride) + ((nint)keyHead * size);
            if (hasDk)
                StoreRows<V>(ref dk, width, ref Unsafe.Add(ref operands.Dk, keyTarget), shape.KeyStride, shape.Keys, size, 1f);
            if (hasDv)
                StoreRows<V>(ref dv, width, ref Unsafe.Add(ref operands.Dv, keyTarget), shape.KeyStride, shape.Keys, size, 1f);
        }
    }

    /// <summary>A row of scores s becomes the weights that values are multiplied with, and of their gradients dp those of q·k.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void ScoreGradients<V>(
        in AttentionOperands operands, in AttentionShape shape, nint place, int head, int row, int from, int terms, ref float scores,
        ref float gradients, float dot)
        where V : struct, IVector<V>
    {
        var (begin, end) = shape.KeysOf(row, 1);
        (begin, end) = (begin - from, Math.Min(end - from, terms));
        var changes = new ScoreChanges<V>(in operands, in shape, place, head, row, from);
        var results = (((place * shape.Heads) + head) * shape.Queries) + row;
        var sum = V.Broadcast(Unsafe.Add(ref operands.Sums, results));
        for (var j = 0; j < terms; j += V.Count)
        {
            var s = V.Load(in Unsafe.Add(ref scores, j));
            var derivative = V.Broadcast(1f);
            if (changes.Any)
                s = changes.Apply(s, j, terms - j, out derivative);
            var p = VectorMath.Exp(s - sum);
            if (j < begin || j + V.Count > end)
                p = V.And(p, Between<V>(j, begin, end));
            var kept = shape.Dropped > 0 ? changes.Kept(j) : V.Broadcast(1f);
            var ds = p * ((V.Load(in Unsafe.Add(ref gradients, j)) * kept) - V.Broadcast(dot));
            (p * kept).Store(ref Unsafe.Add(ref scores, j));
            if (!Unsafe.IsNullRef(ref operands.Ds))
                ds.StorePartial(ref Unsafe.Add(ref operands.Ds, (results * shape.Keys) + from + j), Math.Min(V.Count, terms - j));
            (ds * derivative).Store(ref Unsafe.Add(ref gradients, j));
        }
    }

    /// <summary>Keys that no row of a block reads have no gradient.</summary>
    private static void ClearScores(
        in AttentionOperands operands, in AttentionShape shape, nint place, int head, int row, int count, int from, int terms)
    {
        for (var r = row; r < row + count; r++)
        {
            var first = (((((place * shape.Heads) + head) * shape.Queries) + r) * shape.Keys) + from;
            ThreadFloats.Fill(ref Unsafe.Add(ref operands.Ds, first), terms, 0f);
        }
    }

    /// <summary>dy_i·y_i of each row.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Dots<V>(ref float dy, ref float y, nint stride, int rows, int floats, ref float dots)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
        {
            var sum = V.Zero;
            var i = 0;
            for (; i <= floats - V.Count; i += V.Count)
                sum = V.Fma(V.Load(in Unsafe.Add(ref dy, i)), V.Load(in Unsafe.Add(ref y, i)), sum);
            if (i < floats)
                sum = V.Fma(V.LoadPartial(in Unsafe.Add(ref dy, i), floats - i), V.LoadPartial(in Unsafe.Add(ref y, i), floats - i), sum);
            Unsafe.Add(ref dots, r) = V.Sum(sum);
            dy = ref Unsafe.Add(ref dy, stride);
            y = ref Unsafe.Add(ref y, stride);
        }
    }

    /// <summary>Rows of so many floats times a number, to rows that lie farther apart, of which no more is written.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void StoreRows<V>(ref float source, int sourceStride, ref float target, nint targetStride, int rows, int floats,
        float factor)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
            CopyRows<V>(ref Unsafe.Add(ref source, r * sourceStride), 0, ref Unsafe.Add(ref target, r * targetStride), floats, 1, floats,
                factor);
    }
}
