using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Recurrent layers over projections g of their input, which do not depend on the state and are one product for all steps: h_t of g_t and
/// u_t = h_{t−1}·W (+ b), with h_0 = 0. A worker takes sequences and goes through their steps, so nobody waits between steps.
/// <code>
/// tanh   h = tanh(g + u)                                                  (or ReLU)
/// LSTM   i, f, o = σ(g + u), j = tanh(g + u); c = f∘c + i∘j; h = o∘tanh(c)       (Hochreiter and Schmidhuber 1997; rows i, f, j, o)
/// GRU    r, z = σ(g + u), n = tanh(g + r∘u); h = (1 − z)∘n + z∘h          (Cho et al. 2014, with the reset behind the product; rows r, z, n)
/// </code>
/// See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RecurrenceKernels
{
    /// <summary>Sequences that go through their steps side by side: the rows of a step's product.</summary>
    private const int Block = 64;

    /// <summary>(g, W) to h of all steps.</summary>
    public static void Forward<V>(ref float g, ref float weight, ref float y, RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref y, ref Missing, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b) to h of all steps.</summary>
    public static void Forward<V>(
        ref float g, ref float weight, ref float bias, ref float y, RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref y, ref Missing, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W) to h of all steps and what backward reads.</summary>
    public static void ForwardWithKept<V>(
        ref float g, ref float weight, ref float y, ref float kept, RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref y, ref kept, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b) to h of all steps and what backward reads.</summary>
    public static void ForwardWithKept<V>(
        ref float g, ref float weight, ref float bias, ref float y, ref float kept, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref y, ref kept, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W) to what backward reads.</summary>
    public static void Kept<V>(ref float g, ref float weight, ref float kept, RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref Missing, ref kept, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b) to what backward reads.</summary>
    public static void Kept<V>(
        ref float g, ref float weight, ref float bias, ref float kept, RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref Missing, ref kept, ref NoSpans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, spans) to h of all steps.</summary>
    public static void Forward<V>(ref float g, ref float weight, ref int spans, ref float y, RecurrenceShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref y, ref Missing, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b, spans) to h of all steps.</summary>
    public static void Forward<V>(
        ref float g, ref float weight, ref float bias, ref int spans, ref float y, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref y, ref Missing, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, spans) to h of all steps and what backward reads.</summary>
    public static void ForwardWithKept<V>(
        ref float g, ref float weight, ref int spans, ref float y, ref float kept, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref y, ref kept, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b, spans) to h of all steps and what backward reads.</summary>
    public static void ForwardWithKept<V>(
        ref float g, ref float weight, ref float bias, ref int spans, ref float y, ref float kept, RecurrenceShape shape, int batch,
            int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref y, ref kept, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, spans) to what backward reads.</summary>
    public static void Kept<V>(ref float g, ref float weight, ref int spans, ref float kept, RecurrenceShape shape, int batch, int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref Missing, ref kept, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, b, spans) to what backward reads.</summary>
    public static void Kept<V>(
        ref float g, ref float weight, ref float bias, ref int spans, ref float kept, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref Missing, ref kept, ref spans, ref NoSpans, in shape, batch, worker, workers);

    /// <summary>(g, W, spans, addresses of sessions) of new steps to h of them.</summary>
    public static void Append<V>(
        ref float g, ref float weight, ref int spans, ref int sessions, ref float y, RecurrenceShape shape, int batch, int worker,
            int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref Missing, ref y, ref Missing, ref spans, ref sessions, in shape, batch, worker, workers);

    /// <summary>(g, W, b, spans, addresses of sessions) of new steps to h of them.</summary>
    public static void Append<V>(
        ref float g, ref float weight, ref float bias, ref int spans, ref int sessions, ref float y, RecurrenceShape shape, int batch,
            int worker,
        int workers)
        where V : struct, IVector<V> =>
        Run<V>(ref g, ref weight, ref bias, ref y, ref Missing, ref spans, ref sessions, in shape, batch, worker, workers);

    private static ref float Missing => ref Unsafe.NullRef<float>();

    private static ref int NoSpans => ref Unsafe.NullRef<int>();

    [MethodImpl(Jit.Kernel)]
    private static void Run<V>(
        ref float g, ref float weight, ref float bias, ref float y, ref float kept, ref int spans, ref int sessions,
        in RecurrenceShape shape, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (units, gates) = (shape.Units, shape.Gates);
        var (width, gateWidth) = (ThreadFloats.Whole<V>(units), ThreadFloats.Whole<V>(gates));
        var (begin, end) = Share(ref spans, in shape, batch, worker, workers);
        Span<int> starts = stackalloc int[Block], lengths = stackalloc int[Block], order = stackalloc int[Block];
        var goesOn = !Unsafe.IsNullRef(ref sessions);
        var most = (int)Math.Min(Block, Math.Max(1, end - begin));
        ref var state = ref ThreadFloats.Of((most * ((2 * width) + gateWidth)) + gateWidth + (4 * ThreadFloats.Line));
        ref var cell = ref ThreadFloats.After(ref state, most * width);
        ref var product = ref ThreadFloats.After(ref cell, most * width);
        ref var biases = ref ThreadFloats.After(ref product, most * gateWidth);
        for (var i = 0; i < gates; i++)
            Unsafe.Add(ref biases, i) = Unsafe.IsNullRef(ref bias) ? 0f : Unsafe.Add(ref bias, i);
        for (var first = begin; first < end; first += most)
        {
            var rows = (int)Math.Min(most, end - first);
            ThreadFloats.Fill(ref state, rows * width, 0f);
            ThreadFloats.Fill(ref cell, rows * width, 0f);
            Sequences(ref spans, in shape, first, rows, starts, lengths, order);
            for (var r = 0; goesOn && r < rows; r++)
            {
                ref var memory = ref SessionMemory.Of(ref sessions, first + order[r], shape.Memory);
                Copy<V>(ref memory, ref Unsafe.Add(ref state, r * width), units);
                Copy<V>(ref Unsafe.Add(ref memory, units), ref Unsafe.Add(ref cell, r * width), units);
            }
            var all = rows;
            for (var i = 0; i < lengths[0]; i++)
            {
                // The longest come first: those that have ended are behind the others.
                while (lengths[rows - 1] <= i)
                    rows--;
                if (i == 0 && !goesOn)
                    ThreadFloats.Fill(ref product, rows * gateWidth, 0f);
                else
                    Multiply<V>(ref state, width, rows, ref weight, gates, units, ref product, gateWidth);
                for (var r = 0; r < rows; r++)
                {
                    var place = (nint)starts[r] + shape.Step(i, lengths[r]);
                    Step<V>(
                        shape.Kind, units, ref Unsafe.Add(ref g, place * gates), ref Unsafe.Add(ref product, r * gateWidth), ref biases,
                        ref Unsafe.Add(ref state, r * width), ref Unsafe.Add(ref cell, r * width),
                        ref Unsafe.IsNullRef(ref kept) ? ref kept : ref Unsafe.Add(ref kept, place * shape.Kept));
                    if (!Unsafe.IsNullRef(ref y))
                        Copy<V>(ref Unsafe.Add(ref state, r * width), ref Unsafe.Add(ref y, place * units), units);
                }
            }
            for (var r = 0; goesOn && r < all; r++)
            {
                ref var memory = ref SessionMemory.Of(ref sessions, first + order[r], shape.Memory);
                Copy<V>(ref Unsafe.Add(ref state, r * width), ref memory, units);
                Copy<V>(ref Unsafe.Add(ref cell, r * width), ref Unsafe.Add(ref memory, units), units);
            }
        }
    }

    /// <summary>The sequences of a worker.</summary>
    private static (nint Begin, nint End) Share(ref int spans, in RecurrenceShape shape, int batch, int worker, int workers) =>
        shape.Steps > 0
        ? Partition.Items((nint)batch * shape.Outer, worker, workers)
        : StepKernels.Share(ref spans, batch, worker, workers);

    /// <summary>
    /// Where the sequences of a block begin among all steps, and how many steps they have, and which they are; the longest first.
    /// </summary>
    private static void Sequences(ref int spans, in RecurrenceShape shape, nint first, int rows, Span<int> starts, Span<int> lengths,
        Span<int> order)
    {
        for (var r = 0; r < rows; r++)
        {
            if (shape.Steps > 0)
            {
                (starts[r], lengths[r], order[r]) = ((int)((first + r) * shape.Steps), shape.Steps, r);
                continue;
            }
            var span = new StepSpan(ref spans, first + r);
            var at = r;
            for (; at > 0 && lengths[at - 1] < span.Count; at--)
                (starts[at], lengths[at], order[at]) = (starts[at - 1], lengths[at - 1], order[at - 1]);
            (starts[at], lengths[at], order[at]) = (span.Start, span.Count, r);
        }
    }

    /// <summary>The next state of a sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(
        int kind, int units, ref float g, ref float u, ref float bias, ref float state, ref float cell, ref float kept)
        where V : struct, IVector<V>
    {
        // A method each: more functions than these in one and the JIT inlines no more of them.
        if (kind == 2)
            LstmStep<V>(units, ref g, ref u, ref bias, ref state, ref cell, ref kept);
        else if (kind == 3)
            GruStep<V>(units, ref g, ref u, ref bias, ref state, ref kept);
        else
            PlainStep<V>(kind, units, ref g, ref u, ref bias, ref state, ref kept);
    }

    /// <summary>i, f, o = σ(g + u), n = tanh(g + u); c = f∘c + i∘n; h = o∘tanh(c)</summary>
    [MethodImpl(Jit.Kernel)]
    private static void LstmStep<V>(int units, ref float g, ref float u, ref float bias, ref float state, ref float cell, ref float kept)
        where V : struct, IVector<V>
    {
        var keeps = !Unsafe.IsNullRef(ref kept);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var input = VectorMath.Sigmoid(Sum<V>(ref g, ref u, ref bias, j, count));
            var forget = VectorMath.Sigmoid(Sum<V>(ref g, ref u, ref bias, units + j, count));
            var candidate = VectorMath.Tanh(Sum<V>(ref g, ref u, ref bias, (2 * units) + j, count));
            var output = VectorMath.Sigmoid(Sum<V>(ref g, ref u, ref bias, (3 * units) + j, count));
            var c = V.Fma(forget, V.Load(in Unsafe.Add(ref cell, j)), input * candidate);
            c.Store(ref Unsafe.Add(ref cell, j));
            var h = output * VectorMath.Tanh(c);
            if (keeps)
            {
                Put(input, ref kept, j, count);
                Put(forget, ref kept, units + j, count);
                Put(candidate, ref kept, (2 * units) + j, count);
                Put(output, ref kept, (3 * units) + j, count);
                Put(c, ref kept, (4 * units) + j, count);
            }
            h.Store(ref Unsafe.Add(ref state, j));
        }
    }

    /// <summary>r, z = σ(g + u), n = tanh(g + r∘u); h = (1 − z)∘n + z∘h</summary>
    [MethodImpl(Jit.Kernel)]
    private static void GruStep<V>(int units, ref float g, ref float u, ref float bias, ref float state, ref float kept)
        where V : struct, IVector<V>
    {
        var keeps = !Unsafe.IsNullRef(ref kept);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var reset = VectorMath.Sigmoid(Sum<V>(ref g, ref u, ref bias, j, count));
            var update = VectorMath.Sigmoid(Sum<V>(ref g, ref u, ref bias, units + j, count));
            var hidden = Part<V>(ref u, (2 * units) + j, count) + Part<V>(ref bias, (2 * units) + j, count);
            var candidate = VectorMath.Tanh(V.Fma(reset, hidden, Part<V>(ref g, (2 * units) + j, count)));
            var before = V.Load(in Unsafe.Add(ref state, j));
            var h = V.Fma(update, before - candidate, candidate);
            if (keeps)
            {
                Put(reset, ref kept, j, count);
                Put(update, ref kept, units + j, count);
                Put(candidate, ref kept, (2 * units) + j, count);
                Put(hidden, ref kept, (3 * units) + j, count);
            }
            h.Store(ref Unsafe.Add(ref state, j));
        }
    }

    /// <summary>h = tanh(g + u), or ReLU</summary>
    [MethodImpl(Jit.Kernel)]
    private static void PlainStep<V>(int kind, int units, ref float g, ref float u, ref float bias, ref float state, ref float kept)
        where V : struct, IVector<V>
    {
        var keeps = !Unsafe.IsNullRef(ref kept);
        for (var j = 0; j < units; j += V.Count)
        {
            var count = Math.Min(V.Count, units - j);
            var sum = Sum<V>(ref g, ref u, ref bias, j, count);
            var h = kind == 0 ? VectorMath.Tanh(sum) : V.Max(sum, V.Zero);
            if (keeps)
                Put(h, ref kept, j, count);
            h.Store(ref Unsafe.Add(ref state, j));
        }
    }

    /// <summary>g + u + b; 0 in the lanes behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(ref float g, ref float u, ref float bias, int j, int count)
        where V : struct, IVector<V> => Part<V>(ref g, j, count) + (Part<V>(ref u, j, count) + Part<V>(ref bias, j, count));

    /// <summary>Whole vectors are loaded and stored as such: what is less needs a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Part<V>(ref float memory, int j, int count)
        where V : struct, IVector<V> => count == V.Count ? V.Load(in Unsafe.Add(ref memory, j)) : V.LoadPartial(in Unsafe.Add(ref memory,
            j), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V>(V value, ref float memory, int j, int count)
        where V : struct, IVector<V>
    {
        if (count == V.Count)
            value.Store(ref Unsafe.Add(ref memory, j));
        else
            value.StorePartial(ref Unsafe.Add(ref memory, j), count);
    }

    /// <summary>result[r, n] = Σ_t a[r, t]·b[t, n]</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Multiply<V>(ref float a, int stride, int rows, ref float b, int columns, int terms, ref float result,
        int resultStride)
        where V : struct, IVector<V>
    {
        var tiles = new TileGrid<V>(new(SumTile.MostRows<V>(2), 2), new RowLoops(rows, stride), columns, 0, 1);
        while (tiles.Next())
            tiles.Sum(ref a, ref Unsafe.Add(ref b, tiles.Column), new SumLoops(terms, 1, columns), ref result, resultStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<V>(ref float source, ref float target, int floats)
        where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= floats - V.Count; i += V.Count)
            V.Load(in Unsafe.Add(ref source, i)).Store(ref Unsafe.Add(ref target, i));
        if (i < floats)
            V.Load(in Unsafe.Add(ref source, i)).StorePartial(ref Unsafe.Add(ref target, i), floats - i);
    }
}
