using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Attention; the meanings are those of NetGen.Runtime.AttentionKernels. A thread takes a row of queries of a head, and its keys one after
/// the other; of gradients of keys and values a thread takes a key. Sums are in the result's memory. Without a bias the bias is some other
/// operand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AttentionKernels
{
    /// <summary>y_i = Σ_j p_ij·v_j</summary>
    public static void Forward(
        ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y, ArrayView<PhiloxKey> keys,
        AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index < batch * shape.Outer * shape.Heads * shape.Queries)
        {
            Row(q, k, v, bias, y, keys, shape, index);
        }
    }

    /// <summary>The same, and log Σ_j exp(s_ij).</summary>
    public static void ForwardWithSums(
        ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y, ArrayView<float> sums,
        ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index < batch * shape.Outer * shape.Heads * shape.Queries)
        {
            sums[index] = Row(q, k, v, bias, y, keys, shape, index).Value;
        }
    }

    /// <summary>log Σ_j exp(s_ij)</summary>
    public static void Sums(
        ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> sums, ArrayView<PhiloxKey> keys,
        AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= batch * shape.Outer * shape.Heads * shape.Queries)
        {
            return;
        }
        var row = index % shape.Queries;
        var (largest, total) = (Lane.Broadcast(float.NegativeInfinity), Lane.Zero);
        for (var j = shape.Begin(row); j < shape.End(row); j++)
        {
            var s = Score(q, k, bias, shape, index, j);
            var next = Lane.Max(largest, s);
            total = (total * VectorMath.Exp(largest - next)) + VectorMath.Exp(s - next);
            largest = next;
        }
        sums[index] = (largest + VectorMath.Log(total)).Value;
    }

    /// <summary>dq, dk and dv: threads of rows of queries first, then of keys.</summary>
    public static void Gradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dq, ArrayView<float> dk, ArrayView<float> dv, ArrayView<PhiloxKey> keys,
            AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        var (rows, columns) = (batch * shape.Outer * shape.Heads * shape.Queries, batch * shape.Outer * shape.KeyHeads * shape.Keys);
        if (index < rows)
        {
            QueryRow(dy, q, k, v, bias, y, sums, dq, keys, shape, index);
        }
        else if (index < rows + columns)
        {
            KeyRow(dy, q, k, v, bias, y, sums, dk, 0, keys, shape, index - rows);
            ValueRow(dy, q, k, bias, sums, dv, 0, keys, shape, index - rows);
        }
    }

    /// <summary>The same of an operand that has queries, keys and values in one.</summary>
    public static void PackedGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dx, ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        var (rows, columns) = (batch * shape.Outer * shape.Heads * shape.Queries, batch * shape.Outer * shape.KeyHeads * shape.Keys);
        if (index < rows)
        {
            QueryRow(dy, q, k, v, bias, y, sums, dx, keys, shape, index);
        }
        else if (index < rows + columns)
        {
            KeyRow(dy, q, k, v, bias, y, sums, dx, shape.FirstKey, keys, shape, index - rows);
            ValueRow(dy, q, k, bias, sums, dx, shape.FirstValue, keys, shape, index - rows);
        }
    }

    /// <summary>dq_i = scale·Σ_j ds_ij·k_j</summary>
    public static void QueryGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dq, ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index < batch * shape.Outer * shape.Heads * shape.Queries)
        {
            QueryRow(dy, q, k, v, bias, y, sums, dq, keys, shape, index);
        }
    }

    /// <summary>dk_j = scale·Σ_i ds_ij·q_i</summary>
    public static void KeyGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dk, ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index < batch * shape.Outer * shape.KeyHeads * shape.Keys)
        {
            KeyRow(dy, q, k, v, bias, y, sums, dk, 0, keys, shape, index);
        }
    }

    /// <summary>dv_j = Σ_i p_ij·dy_i</summary>
    public static void ValueGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dv, ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index < batch * shape.Outer * shape.KeyHeads * shape.Keys)
        {
            ValueRow(dy, q, k, bias, sums, dv, 0, keys, shape, index);
        }
    }

    /// <summary>The gradient of the scores behind the bias.</summary>
    public static void ScoreGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> ds, ArrayView<PhiloxKey> keys, AttentionShape shape, int batch)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= batch * shape.Outer * shape.Heads * shape.Queries)
        {
            return;
        }
        var row = index % shape.Queries;
        var dot = Product(dy, Result(shape, index), y, Result(shape, index), shape.Size);
        for (var j = 0; j < shape.Keys; j++)
        {
            var isRead = j >= shape.Begin(row) && j < shape.End(row);
            ds[(index * shape.Keys) + j] = isRead ? ScoreGradient(dy, q, k, v, bias, sums, keys, shape, index, j, dot, false).Value : 0f;
        }
    }

    /// <summary>A row of the result, and log Σ exp(s) of it.</summary>
    private static Lane Row(
        ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y, ArrayView<PhiloxKey> keys,
        AttentionShape shape, int index)
    {
        var (row, at) = (index % shape.Queries, Result(shape, index));
        for (var i = 0; i < shape.Size; i++)
        {
            y[at + i] = 0f;
        }
        var (largest, total) = (Lane.Broadcast(float.NegativeInfinity), Lane.Zero);
        for (var j = shape.Begin(row); j < shape.End(row); j++)
        {
            var s = Score(q, k, bias, shape, index, j);
            var next = Lane.Max(largest, s);
            var (shrink, p) = (VectorMath.Exp(largest - next), VectorMath.Exp(s - next));
            total = (total * shrink) + p;
            var weight = p * Kept(keys, shape, index, j);
            var value = Value(shape, index, j);
            for (var i = 0; i < shape.Size; i++)
            {
                y[at + i] = Lane.Fma(weight, new Lane(v[value + i]), new Lane(y[at + i]) * shrink).Value;
            }
            largest = next;
        }
        var scale = Lane.Broadcast(1f) / total;
        for (var i = 0; i < shape.Size; i++)
        {
            y[at + i] = (new Lane(y[at + i]) * scale).Value;
        }
        return largest + VectorMath.Log(total);
    }

    private static void QueryRow(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dq, ArrayView<PhiloxKey> keys, AttentionShape shape, int index)
    {
        var (row, head, place) = (index % shape.Queries, index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        var at = (((place * shape.Queries) + row) * shape.QueryStride) + (head * shape.Size);
        var dot = Product(dy, Result(shape, index), y, Result(shape, index), shape.Size);
        for (var i = 0; i < shape.Size; i++)
        {
            dq[at + i] = 0f;
        }
        for (var j = shape.Begin(row); j < shape.End(row); j++)
        {
            var ds = ScoreGradient(dy, q, k, v, bias, sums, keys, shape, index, j, dot, true);
            var key = Key(shape, index, j);
            for (var i = 0; i < shape.Size; i++)
            {
                dq[at + i] = Lane.Fma(ds, new Lane(k[key + i]), new Lane(dq[at + i])).Value;
            }
        }
    }

    private static void KeyRow(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> y,
        ArrayView<float> sums, ArrayView<float> dk, int first, ArrayView<PhiloxKey> keys, AttentionShape shape, int index)
    {
        var (j, keyHead, place) = (index % shape.Keys, index / shape.Keys % shape.KeyHeads, index / shape.Keys / shape.KeyHeads);
        var at = (((place * shape.Keys) + j) * shape.KeyStride) + first + (keyHead * shape.Size);
        for (var i = 0; i < shape.Size; i++)
        {
            dk[at + i] = 0f;
        }
        var group = shape.Heads / shape.KeyHeads;
        for (var n = 0; n < group * shape.Queries; n++)
        {
            var (head, row) = ((keyHead * group) + (n / shape.Queries), n % shape.Queries);
            if (j >= shape.Begin(row) && j < shape.End(row))
            {
                var query = (((place * shape.Heads) + head) * shape.Queries) + row;
                var dot = Product(dy, Result(shape, query), y, Result(shape, query), shape.Size);
                var ds = ScoreGradient(dy, q, k, v, bias, sums, keys, shape, query, j, dot, true);
                var from = Query(shape, query);
                for (var i = 0; i < shape.Size; i++)
                {
                    dk[at + i] = Lane.Fma(ds, new Lane(q[from + i]), new Lane(dk[at + i])).Value;
                }
            }
        }
    }

    private static void ValueRow(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> bias, ArrayView<float> sums, ArrayView<float> dv,
            int first,
        ArrayView<PhiloxKey> keys, AttentionShape shape, int index)
    {
        var (j, keyHead, place) = (index % shape.Keys, index / shape.Keys % shape.KeyHeads, index / shape.Keys / shape.KeyHeads);
        var at = (((place * shape.Keys) + j) * shape.KeyStride) + first + (keyHead * shape.Size);
        for (var i = 0; i < shape.Size; i++)
        {
            dv[at + i] = 0f;
        }
        var group = shape.Heads / shape.KeyHeads;
        for (var n = 0; n < group * shape.Queries; n++)
        {
            var (head, row) = ((keyHead * group) + (n / shape.Queries), n % shape.Queries);
            if (j >= shape.Begin(row) && j < shape.End(row))
            {
                var query = (((place * shape.Heads) + head) * shape.Queries) + row;
                var p = VectorMath.Exp(Score(q, k, bias, shape, query, j) - new Lane(sums[query])) * Kept(keys, shape, query, j);
                var from = Result(shape, query);
                for (var i = 0; i < shape.Size; i++)
                {
                    dv[at + i] = Lane.Fma(p, new Lane(dy[from + i]), new Lane(dv[at + i])).Value;
                }
            }
        }
    }

    /// <summary>p·(dp − dy·y); of the product of query and key, or of the score that a bias was added to.</summary>
    private static Lane ScoreGradient(
        ArrayView<float> dy, ArrayView<float> q, ArrayView<float> k, ArrayView<float> v, ArrayView<float> bias, ArrayView<float> sums,
        ArrayView<PhiloxKey> keys, AttentionShape shape, int index, int j, Lane dot, bool ofProduct)
    {
        var p = VectorMath.Exp(Score(q, k, bias, shape, index, j) - new Lane(sums[index]));
        var dp = Product(dy, Result(shape, index), v, Value(shape, index, j), shape.Size) * Kept(keys, shape, index, j);
        var ds = p * (dp - dot);
        if (!ofProduct)
        {
            return ds;
        }
        ds *= Lane.Broadcast(shape.Scale);
        if (shape.SoftCap > 0)
        {
            var s = Product(q, Query(shape, index), k, Key(shape, index, j), shape.Size) * Lane.Broadcast(shape.Scale);
            var bounded = VectorMath.Tanh(s / Lane.Broadcast(shape.SoftCap));
            ds *= Lane.Broadcast(1f) - (bounded * bounded);
        }
        return ds;
    }

    private static Lane Score(ArrayView<float> q, ArrayView<float> k, ArrayView<float> bias, AttentionShape shape, int index, int j)
    {
        var (row, head, place) = (index % shape.Queries, index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        var s = Product(q, Query(shape, index), k, Key(shape, index, j), shape.Size) * Lane.Broadcast(shape.Scale);
        if (shape.SoftCap > 0)
        {
            s = VectorMath.Tanh(s / Lane.Broadcast(shape.SoftCap)) * Lane.Broadcast(shape.SoftCap);
        }
        if (shape.HasBias != 0)
        {
            s += new Lane(bias[(place / shape.Outer * shape.BiasSample) + (head * shape.BiasHead) + (row * shape.BiasRow) + j]);
        }
        if (shape.HasSlopes != 0)
        {
            s -= Lane.Broadcast((float)(row < j ? j - row : row - j)) * Slope(shape, head);
        }
        return s;
    }

    /// <summary>2^(−8(h + 1)/n), as NetGen.Runtime.AttentionShape says.</summary>
    private static Lane Slope(AttentionShape shape, int head)
    {
        var power = 1;
        while (power * 2 <= shape.Heads)
        {
            power *= 2;
        }
        // A power of two is exact, and so is the exponent where there are as many heads.
        var exponent = head < power
            ? Lane.Broadcast(-8 * (head + 1)) / Lane.Broadcast(power)
            : Lane.Broadcast(-4 * ((2 * (head - power)) + 1)) / Lane.Broadcast(power);
        return VectorMath.Exp(exponent * Lane.Broadcast(0.6931472f));
    }

    private static Lane Kept(ArrayView<PhiloxKey> keys, AttentionShape shape, int index, int j) => shape.Dropped > 0
        ? Lane.Select(
            Philox.AtLeast<Lane>(keys[0], (uint)((index * shape.Keys) + j), shape.Dropped),
            Lane.Broadcast(1f) / (Lane.Broadcast(1f) - Lane.Broadcast(shape.Dropped)), Lane.Zero)
        : Lane.Broadcast(1f);

    private static Lane Product(ArrayView<float> a, int fromA, ArrayView<float> b, int fromB, int size)
    {
        var sum = Lane.Zero;
        for (var i = 0; i < size; i++)
        {
            sum = Lane.Fma(new Lane(a[fromA + i]), new Lane(b[fromB + i]), sum);
        }
        return sum;
    }

    /// <summary>Where the row's queries begin.</summary>
    private static int Query(AttentionShape shape, int index)
    {
        var (row, head, place) = (index % shape.Queries, index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        return shape.Rows(0, place, shape.Queries, shape.QueryStride) + (row * shape.QueryStride) + (head * shape.Size);
    }

    /// <summary>Where its result does.</summary>
    private static int Result(AttentionShape shape, int index)
    {
        var (row, head, place) = (index % shape.Queries, index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        return ((((place * shape.Queries) + row) * shape.Heads) + head) * shape.Size;
    }

    /// <summary>Where a key begins that it reads.</summary>
    private static int Key(AttentionShape shape, int index, int j)
    {
        var (head, place) = (index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        return shape.Rows(1, place, shape.Keys, shape.KeyStride) + (j * shape.KeyStride) + shape.FirstKey
            + (head / (shape.Heads / shape.KeyHeads) * shape.Size);
    }

    /// <summary>Where its value does.</summary>
    private static int Value(AttentionShape shape, int index, int j)
    {
        var (head, place) = (index / shape.Queries % shape.Heads, index / shape.Queries / shape.Heads);
        return shape.Rows(2, place, shape.Keys, shape.KeyStride) + (j * shape.KeyStride) + shape.FirstValue
            + (head / (shape.Heads / shape.KeyHeads) * shape.Size);
    }
}
