using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// Steps of sequences, which stand one after the other, and their samples. A span says of each sequence where it begins among all steps,
/// how many steps it has, and the position of the first of them. A worker takes sequences. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepKernels
{
    /// <summary>Numbers of a span.</summary>
    internal const int Width = 3;

    /// <summary>Lengths to spans of whole sequences.</summary>
    public static void Spans<V>(ref int lengths, ref int spans, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        if (worker != 0)
            return;
        for (int b = 0, start = 0; b < batch; b++)
        {
            ref var span = ref Unsafe.Add(ref spans, (nint)b * Width);
            span = start;
            Unsafe.Add(ref span, 1) = Unsafe.Add(ref lengths, b);
            Unsafe.Add(ref span, 2) = 0;
            start += Unsafe.Add(ref lengths, b);
        }
    }

    /// <summary>The position of each step in its sequence.</summary>
    public static void Positions<V>(ref int spans, ref int y, int batch, int worker, int workers)
        where V : struct, IVector<V> => Count(ref spans, ref y, batch, worker, workers);

    /// <summary>The same as numbers to compute with.</summary>
    public static void Numbers<V>(ref int spans, ref float y, int batch, int worker, int workers)
        where V : struct, IVector<V> => Count(ref spans, ref y, batch, worker, workers);

    private static void Count<T>(ref int spans, ref T y, int batch, int worker, int workers)
        where T : INumberBase<T>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var t = 0; t < span.Count; t++)
                Unsafe.Add(ref y, (nint)span.Start + t) = T.CreateTruncating(span.First + t);
        }
    }

    /// <summary>How many steps each sequence has.</summary>
    public static void Counts<V>(ref int spans, ref float y, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
            Unsafe.Add(ref y, b) = new StepSpan(ref spans, b).Count;
    }

    /// <summary>A sample's row at each of its steps.</summary>
    public static void EachStep<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var t = 0; t < span.Count; t++)
                Copy(ref Unsafe.Add(ref x, b * width), ref Unsafe.Add(ref y, ((nint)span.Start + t) * width), width);
        }
    }

    /// <summary>Σ over the steps of each sequence, in their order.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void StepSum<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var i = 0; i < width; i += V.Count)
            {
                var count = Math.Min(V.Count, width - i);
                var sum = V.Zero;
                for (var t = 0; t < span.Count; t++)
                    sum += V.LoadPartial(in Unsafe.Add(ref x, (((nint)span.Start + t) * width) + i), count);
                sum.StorePartial(ref Unsafe.Add(ref y, (b * width) + i), count);
            }
        }
    }

    /// <summary>The largest number over the steps of each sequence; NaN where one is.</summary>
    public static void StepMax<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            ref var largest = ref Unsafe.Add(ref y, b * width);
            Copy(ref Unsafe.Add(ref x, (nint)span.Start * width), ref largest, width);
            for (var t = 1; t < span.Count; t++)
            {
                ref var step = ref Unsafe.Add(ref x, ((nint)span.Start + t) * width);
                for (var i = 0; i < width; i++)
                    Unsafe.Add(ref largest, i) = MathF.Max(Unsafe.Add(ref largest, i), Unsafe.Add(ref step, i));
            }
        }
    }

    /// <summary>The row of the first (0) or the last (1) step of each sequence.</summary>
    public static void StepAt<V>(ref float x, ref int spans, ref float y, int width, int last, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            Copy(ref Unsafe.Add(ref x, ((nint)span.Start + (last != 0 ? span.Count - 1 : 0)) * width), ref Unsafe.Add(ref y, b * width),
                width);
        }
    }

    /// <summary>A sample's row at its first (0) or last (1) step, and zeros at the others.</summary>
    public static void PutStep<V>(ref float x, ref int spans, ref float y, int width, int last, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            ThreadFloats.Fill(ref Unsafe.Add(ref y, (nint)span.Start * width), span.Count * width, 0f);
            Copy(ref Unsafe.Add(ref x, b * width), ref Unsafe.Add(ref y, ((nint)span.Start + (last != 0 ? span.Count - 1 : 0)) * width),
                width);
        }
    }

    /// <summary>y[t, k] = x[t − before + k·apart], 0 where there is no such step.</summary>
    public static void Window<V>(
        ref float x, ref int spans, ref float y, int width, int steps, int before, int apart, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var t = 0; t < span.Count; t++)
            {
                for (var k = 0; k < steps; k++)
                {
                    var from = t - before + (k * apart);
                    ref var target = ref Unsafe.Add(ref y, ((((nint)span.Start + t) * steps) + k) * width);
                    if (from >= 0 && from < span.Count)
                        Copy(ref Unsafe.Add(ref x, ((nint)span.Start + from) * width), ref target, width);
                    else
                        ThreadFloats.Fill(ref target, width, 0f);
                }
            }
        }
    }

    /// <summary>
    /// The same for new steps of sessions: those before them are in memory, [before, width], and the last that are read go there.
    /// </summary>
    public static void WindowAppend<V>(
        ref float x, ref int spans, ref int sessions, ref float y, int width, int steps, int before, int apart, int memory, int batch,
        int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            ref var old = ref SessionMemory.Of(ref sessions, b, memory);
            ref var own = ref Unsafe.Add(ref x, (nint)span.Start * width);
            for (var t = 0; t < span.Count; t++)
            {
                for (var k = 0; k < steps; k++)
                {
                    var from = t - before + (k * apart);
                    ref var target = ref Unsafe.Add(ref y, ((((nint)span.Start + t) * steps) + k) * width);
                    if (span.First + from < 0)
                        ThreadFloats.Fill(ref target, width, 0f);
                    else
                        Copy(ref from < 0 ? ref Unsafe.Add(ref old, (nint)(before + from) * width) : ref Unsafe.Add(ref own, (nint)from * width), ref target, width);
                }
            }
            var kept = Math.Max(0, before - span.Count);
            for (var r = 0; r < kept; r++)
                Copy(ref Unsafe.Add(ref old, (nint)(r + span.Count) * width), ref Unsafe.Add(ref old, (nint)r * width), width);
            for (var r = kept; r < before; r++)
                Copy(ref Unsafe.Add(ref own, (nint)(span.Count - before + r) * width), ref Unsafe.Add(ref old, (nint)r * width), width);
        }
    }

    /// <summary>dx[t] = Σ_k dy[t + before − k·apart, k], of those that there are.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void WindowGradient<V>(
        ref float dy, ref int spans, ref float dx, int width, int steps, int before, int apart, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var t = 0; t < span.Count; t++)
            {
                for (var i = 0; i < width; i += V.Count)
                {
                    var count = Math.Min(V.Count, width - i);
                    var sum = V.Zero;
                    for (var k = 0; k < steps; k++)
                    {
                        var from = t + before - (k * apart);
                        if (from >= 0 && from < span.Count)
                            sum += V.LoadPartial(in Unsafe.Add(ref dy, (((((nint)span.Start + from) * steps) + k) * width) + i), count);
                    }
                    sum.StorePartial(ref Unsafe.Add(ref dx, (((nint)span.Start + t) * width) + i), count);
                }
            }
        }
    }

    /// <summary>The steps of each sequence from the last to the first.</summary>
    public static void Reversed<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Share(ref spans, batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var span = new StepSpan(ref spans, b);
            for (var t = 0; t < span.Count; t++)
            {
                Copy(
                    ref Unsafe.Add(ref x, ((nint)span.Start + span.Count - 1 - t) * width), ref Unsafe.Add(ref y,
                        ((nint)span.Start + t) * width),
                    width);
            }
        }
    }

    /// <summary>The sequences of a worker: those that begin in its share of all steps.</summary>
    internal static (nint Begin, nint End) Share(ref int spans, int batch, int worker, int workers)
    {
        if (workers == 1)
            return (0, batch);
        var last = new StepSpan(ref spans, batch - 1);
        var (begin, end) = Partition.Items((nint)last.Start + last.Count, worker, workers);
        return (FirstFrom(ref spans, batch, begin), FirstFrom(ref spans, batch, end));
    }

    /// <summary>The first sequence that begins at a step or behind it.</summary>
    private static nint FirstFrom(ref int spans, int batch, nint step)
    {
        nint from = 0, to = batch;
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = new StepSpan(ref spans, middle).Start < step ? (middle + 1, to) : (from, middle);
        }
        return from;
    }

    private static void Copy(ref float source, ref float target, int floats) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, floats).CopyTo(MemoryMarshal.CreateSpan(ref target, floats));
}

/// <summary>Where a sequence begins among all steps, how many steps it has, and the position of the first.</summary>
internal readonly struct StepSpan
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StepSpan(ref int spans, nint sequence)
    {
        ref var span = ref Unsafe.Add(ref spans, sequence * StepKernels.Width);
        (Start, Count, First) = (span, Unsafe.Add(ref span, 1), Unsafe.Add(ref span, 2));
    }

    public int Start { get; }

    public int Count { get; }

    public int First { get; }
}
