using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

public static partial class RecurrenceKernels
{
    /// <summary>(dy, W, h, what was kept) to the gradient of the projections g.</summary>
    public static void Gradient<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref float dg, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref dg, ref Missing, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>The same to the gradient of u = h_{t−1}·W + b, which of a GRU is another.</summary>
    public static void HiddenGradient<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref float du, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref Missing, ref du, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>The same to both.</summary>
    public static void Gradients<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref float dg, ref float du, RecurrenceShape shape, int batch,
            int worker,
        int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref dg, ref du, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(dy, W, h, what was kept, spans) to the gradient of the projections g.</summary>
    public static void Gradient<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float dg, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref dg, ref Missing, ref spans, in shape, batch, worker, workers);

    /// <summary>The same to the gradient of u = h_{t−1}·W + b, which of a GRU is another.</summary>
    public static void HiddenGradient<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float du, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref Missing, ref du, ref spans, in shape, batch, worker, workers);

    /// <summary>The same to both.</summary>
    public static void Gradients<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float dg, ref float du, RecurrenceShape shape, int batch,
            int worker,
        int workers)
        where V : struct, IVector<V> =>
        Back<V>(ref dy, ref weight, ref y, ref kept, ref dg, ref du, ref spans, in shape, batch, worker, workers);

    [MethodImpl(Jit.Kernel)]
    private static void Back<V>(
        ref float dy, ref float weight, ref float y, ref float kept, ref float dg, ref float du, ref int spans,
        in RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (units, gates) = (shape.Units, shape.Gates);
        var (width, gateWidth) = (ThreadFloats.Whole<V>(units), ThreadFloats.Whole<V>(gates));
        var (begin, end) = Share(ref spans, in shape, batch, worker, workers);
        if (begin >= end)
            return;
        Span<int> starts = stackalloc int[Block], lengths = stackalloc int[Block], order = stackalloc int[Block];
        var most = (int)Math.Min(Block, end - begin);
        ref var transposed = ref ThreadFloats.Of((gates * width) + (most * ((2 * width) + (2 * gateWidth))) + width + (6 * ThreadFloats.Line));
        ref var state = ref ThreadFloats.After(ref transposed, gates * width);
        ref var carry = ref ThreadFloats.After(ref state, most * width);
        ref var hidden = ref ThreadFloats.After(ref carry, most * width);
        ref var inputs = ref ThreadFloats.After(ref hidden, most * gateWidth);
        ref var zeros = ref ThreadFloats.After(ref inputs, most * gateWidth);
        ThreadFloats.Fill(ref zeros, width, 0f);
        AttentionKernels.TransposeRows<V>(ref weight, gates, ref transposed, width, units, gates);
        for (var first = begin; first < end; first += most)
        {
            var rows = (int)Math.Min(most, end - first);
            ThreadFloats.Fill(ref state, rows * width, 0f);
            ThreadFloats.Fill(ref carry, rows * width, 0f);
            Sequences(ref spans, in shape, first, rows, starts, lengths, order);
            var running = 0;
            for (var i = lengths[0] - 1; i >= 0; i--)
            {
                while (running < rows && lengths[running] > i)
                    running++;
                for (var r = 0; r < running; r++)
                {
                    var place = (nint)starts[r] + shape.Step(i, lengths[r]);
                    var before = (nint)starts[r] + shape.Step(Math.Max(0, i - 1), lengths[r]);
                    // What the state before is: of an LSTM its cells.
                    ref var last = ref i == 0 ? ref zeros
                        : ref shape.Kind == 2 ? ref Unsafe.Add(ref kept, (before * shape.Kept) + (4 * units)) : ref Unsafe.Add(ref y,
                            before * units);
                    ref var own = ref Unsafe.Add(ref hidden, r * gateWidth);
                    ref var ofInput = ref Unsafe.Add(ref inputs, r * gateWidth);
                    StepBack<V>(
                        shape.Kind, units, ref Unsafe.Add(ref dy, place * units), ref Unsafe.Add(ref kept, place * shape.Kept), ref last,
                        ref Unsafe.Add(ref state, r * width), ref Unsafe.Add(ref carry, r * width), ref ofInput, ref own);
                    if (!Unsafe.IsNullRef(ref dg))
                        Copy<V>(ref ofInput, ref Unsafe.Add(ref dg, place * gates), gates);
                    if (!Unsafe.IsNullRef(ref du))
                        Copy<V>(ref own, ref Unsafe.Add(ref du, place * gates), gates);
                }
                if (i > 0)
                    Multiply<V>(ref hidden, gateWidth, running, ref transposed, width, gates, ref state, width);
            }
        }
    }

    /// <summary>
    /// Of the gradients of a step's state (dy, and what the next step's u says) those of g and of u. What the next step's gate lets through
    /// is carried: dc·f of an LSTM, dh·z of a GRU.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepBack<V>(
        int kind, int units, ref float dy, ref float kept, ref float last, ref float state, ref float carry, ref float dg, ref float du)
        where V : struct, IVector<V>
    {
        if (kind == 2)
            LstmBack<V>(units, ref dy, ref kept, ref last, ref state, ref carry, ref dg, ref du);
        else if (kind == 3)
            GruBack<V>(units, ref dy, ref kept, ref last, ref state, ref carry, ref dg, ref du);
        else
            PlainBack<V>(kind, units, ref dy, ref kept, ref state, ref dg, ref du);
    }

    [MethodImpl(Jit.Kernel)]
    private static void LstmBack<V>(
        int units, ref float dy, ref float kept, ref float last, ref float state, ref float carry, ref float dg, ref float du)
        where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var dh = Part<V>(ref dy, j, count) + V.Load(in Unsafe.Add(ref state, j));
            var (input, forget) = (Part<V>(ref kept, j, count), Part<V>(ref kept, units + j, count));
            var (candidate, output) = (Part<V>(ref kept, (2 * units) + j, count), Part<V>(ref kept, (3 * units) + j, count));
            var bounded = VectorMath.Tanh(Part<V>(ref kept, (4 * units) + j, count));
            var dc = V.Fma(dh * output, one - (bounded * bounded), V.Load(in Unsafe.Add(ref carry, j)));
            Put(dc * candidate * (input * (one - input)), ref dg, ref du, j, count);
            Put(dc * Part<V>(ref last, j, count) * (forget * (one - forget)), ref dg, ref du, units + j, count);
            Put(dc * input * (one - (candidate * candidate)), ref dg, ref du, (2 * units) + j, count);
            Put(dh * bounded * (output * (one - output)), ref dg, ref du, (3 * units) + j, count);
            (dc * forget).Store(ref Unsafe.Add(ref carry, j));
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void GruBack<V>(
        int units, ref float dy, ref float kept, ref float last, ref float state, ref float carry, ref float dg, ref float du)
        where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var dh = Part<V>(ref dy, j, count) + V.Load(in Unsafe.Add(ref state, j));
            var (reset, update) = (Part<V>(ref kept, j, count), Part<V>(ref kept, units + j, count));
            var (candidate, hidden) = (Part<V>(ref kept, (2 * units) + j, count), Part<V>(ref kept, (3 * units) + j, count));
            dh += V.Load(in Unsafe.Add(ref carry, j));
            var dn = dh * (one - update) * (one - (candidate * candidate));
            Put(dn * hidden * (reset * (one - reset)), ref dg, ref du, j, count);
            Put(dh * (Part<V>(ref last, j, count) - candidate) * (update * (one - update)), ref dg, ref du, units + j, count);
            Put(dn, ref dg, (2 * units) + j, count);
            Put(dn * reset, ref du, (2 * units) + j, count);
            (dh * update).Store(ref Unsafe.Add(ref carry, j));
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void PlainBack<V>(
        int kind, int units, ref float dy, ref float kept, ref float state, ref float dg, ref float du)
        where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var dh = Part<V>(ref dy, j, count) + V.Load(in Unsafe.Add(ref state, j));
            var h = Part<V>(ref kept, j, count);
            Put(kind == 0 ? dh * (one - (h * h)) : V.And(dh, V.Greater(h, V.Zero)), ref dg, ref du, j, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V>(V value, ref float dg, ref float du, int j, int count)
        where V : struct, IVector<V>
    {
        Put(value, ref dg, j, count);
        Put(value, ref du, j, count);
    }
}
