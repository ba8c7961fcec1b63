using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Attention over steps of sequences of any length: spans say where the queries of each sequence are, and its keys. All workers take part in
/// each sequence, as if it were alone: its result has the same bits whatever stands beside it.
/// </summary>
public static partial class AttentionKernels
{
    /// <summary>(q, k, v, spans of q, spans of k) to y.</summary>
    public static void Forward<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, PhiloxKey key, AttentionShape shape, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref Missing, key), ref spans, ref keySpans, in shape, batch, worker,
            workers);

    /// <summary>(q, k, v, spans of q, spans of k) to y and log Σ exp(s).</summary>
    public static void ForwardWithSums<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, PhiloxKey key, AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref sums, key), ref spans, ref keySpans, in shape, batch, worker,
            workers);

    /// <summary>(q, k, v, spans of q, spans of k) to log Σ exp(s).</summary>
    public static void Sums<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float sums, PhiloxKey key, AttentionShape shape, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref Missing, ref sums, key), ref spans, ref keySpans, in shape, batch, worker,
            workers);

    /// <summary>(dy, q, k, v, spans of q, spans of k, y, log Σ exp(s)) to (dq, dk, dv).</summary>
    public static void Gradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dq,
        ref float dk, ref float dv, PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dq, ref dk, ref dv, ref Missing),
            ref spans, ref keySpans, in shape, batch, worker, workers);

    /// <summary>The same of an operand that has queries, keys and values in one.</summary>
    public static void PackedGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dx,
        PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dx, ref Unsafe.Add(ref dx, shape.FirstKey),
                ref Unsafe.Add(ref dx, shape.FirstValue), ref Missing),
            ref spans, ref keySpans, in shape, batch, worker, workers);

    /// <summary>(dy, q, k, v, spans of q, spans of k, y, log Σ exp(s)) to dq.</summary>
    public static void QueryGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dq,
        PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref dq, ref Missing, ref Missing, ref Missing),
            ref spans, ref keySpans, in shape, batch, worker, workers);

    /// <summary>The same to dk.</summary>
    public static void KeyGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dk,
        PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref Missing, ref dk, ref Missing, ref Missing),
            ref spans, ref keySpans, in shape, batch, worker, workers);

    /// <summary>The same to dv.</summary>
    public static void ValueGradient<V>(
        ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dv,
        PhiloxKey key, AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Back<V>(
            AttentionOperands.OfGradient(
                ref dy, ref q, ref k, ref v, ref Missing, ref y, ref sums, key, ref Missing, ref Missing, ref dv, ref Missing),
            ref spans, ref keySpans, in shape, batch, worker, workers);

    private static void Run<V>(
        AttentionOperands operands, ref int spans, ref int keySpans, in AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        for (var b = 0; b < batch; b++)
        {
            var (rows, keys) = (new StepSpan(ref spans, b), new StepSpan(ref keySpans, b));
            Run<V>(operands.From(rows.Start, keys.Start, in shape), Of(in shape, rows, keys, b), 1, (worker + b) % workers, workers);
        }
    }

    private static void Back<V>(
        AttentionOperands operands, ref int spans, ref int keySpans, in AttentionShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        for (var b = 0; b < batch; b++)
        {
            var (rows, keys) = (new StepSpan(ref spans, b), new StepSpan(ref keySpans, b));
            Back<V>(operands.From(rows.Start, keys.Start, in shape), Of(in shape, rows, keys, b), 1, (worker + b) % workers, workers);
        }
    }

    private static AttentionShape Of(in AttentionShape shape, StepSpan rows, StepSpan keys, int sequence) =>
        shape with { Queries = rows.Count, Keys = keys.Count, Sequence = sequence };
}
