using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Attention over steps of sequences of any length: spans say where the queries of each sequence are, and its keys. All workers take part
/// in
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
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref Missing, key), ref spans, ref keySpans, in shape, batch,
                worker,
            workers);

    /// <summary>(q, k, v, spans of q, spans of k) to y and log Σ exp(s).</summary>
    public static void ForwardWithSums<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, PhiloxKey key,
            AttentionShape shape,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref y, ref sums, key), ref spans, ref keySpans, in shape, batch, worker,
            workers);

    /// <summary>(q, k, v, spans of q, spans of k) to log Σ exp(s).</summary>
    public static void Sums<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float sums, PhiloxKey key, AttentionShape shape,
            int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(
            new AttentionOperands(ref q, ref k, ref v, ref Missing, ref Missing, ref sums, key), ref spans, ref keySpans, in shape, batch,
                worker,
            workers);

    /// <summary>
    /// (q, k, v, spans, addresses of sessions) of new steps to y: keys and values go behind those of earlier steps in the memory of each
    /// session.
    /// </summary>
    public static void Append<V>(
        ref float q, ref float k, ref float v, ref int spans, ref int sessions, ref float y, AttentionShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V>
    {
        var row = shape.KeyHeads * shape.Size;
        for (var b = 0; b < batch; b++)
        {
            var span = new StepSpan(ref spans, b);
            ref var keys = ref SessionMemory.Of(ref sessions, b, shape.Memory);
            ref var values = ref Unsafe.Add(ref keys, (nint)shape.Longest * row);
            // Each worker copies all of them: what one reads it has written itself, and others write the same.
            CopyRows<V>(
                ref Unsafe.Add(ref k, (span.Start * shape.KeyStride) + shape.FirstKey), shape.KeyStride, ref Unsafe.Add(ref keys,
                    (nint)span.First * row),
                row, span.Count, row, 1f);
            CopyRows<V>(
                ref Unsafe.Add(ref v, (span.Start * shape.KeyStride) + shape.FirstValue), shape.KeyStride,
                ref Unsafe.Add(ref values, (nint)span.First * row), row, span.Count, row, 1f);
            var own = shape with
            {
                Queries = span.Count,
                Keys = span.First + span.Count,
                Sequence = b,
                FirstRow = span.First,
                HasKeysApart = true
            };
            var operands = new AttentionOperands(
                ref Unsafe.Add(ref q, span.Start * shape.QueryStride), ref keys, ref values, ref Missing,
                ref Unsafe.Add(ref y, (nint)span.Start * shape.Heads * shape.Size), ref Missing, default);
            Run<V>(operands, in own, 1, (worker + b) % workers, workers);
        }
    }

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
