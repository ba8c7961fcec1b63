using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// The CTC loss (Graves et al. 2006): sums over all paths through the states of a target, in logarithms. Steps and labels of a sample are
/// <c>steps</c> and <c>longest</c>, or, where that is 0, what its span says; a target ends before the label <c>ignored</c>. A worker takes
/// samples. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CtcKernels
{
    /// <summary>The logarithm of what cannot be.</summary>
    private const float Impossible = -1e30f;

    /// <summary>log α, [steps, states]: of all beginnings of paths that are in a state at a step.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Forward<V>(
        ref float x, ref int labels, ref int spans, ref int labelSpans, ref float y, int classes, int states, int steps, int longest, int blank, int ignored,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var memory = new StateRows(ThreadFloats.Whole<V>(states));
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var sample = new CtcSample(ref labels, ref spans, ref labelSpans, steps, longest, blank, ignored, b);
            ref var result = ref Unsafe.Add(ref y, sample.FirstStep * states);
            if (sample.Labels < 0)
            {
                MemoryMarshal.CreateSpan(ref result, sample.Steps * states).Fill(float.NaN);
                continue;
            }
            memory.Clear();
            memory.States = 0f;
            memory.FillSkips(in sample);
            for (var t = 0; t < sample.Steps; t++)
            {
                memory.FillEmissions(in sample, ref Unsafe.Add(ref x, (sample.FirstStep + t) * classes), blank);
                // From the last: what is read lies before what is written.
                for (var s = memory.Width - V.Count; s >= 0; s -= V.Count)
                {
                    ref var at = ref Unsafe.Add(ref memory.States, s);
                    var sum = LogSum(
                        V.Load(in at), V.Load(in Unsafe.Add(ref at, -1)), V.Load(in Unsafe.Add(ref at, -2)) + V.Load(in Unsafe.Add(ref memory.Skips, s)));
                    (sum + V.Load(in Unsafe.Add(ref memory.Emissions, s))).Store(ref at);
                }
                memory.Write(in sample, ref Unsafe.Add(ref result, (nint)t * states), states);
            }
        }
    }

    /// <summary>log β, [steps, states]: of all ends of paths behind a state at a step.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Backward<V>(
        ref float x, ref int labels, ref int spans, ref int labelSpans, ref float y, int classes, int states, int steps, int longest, int blank, int ignored,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var memory = new StateRows(ThreadFloats.Whole<V>(states));
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var sample = new CtcSample(ref labels, ref spans, ref labelSpans, steps, longest, blank, ignored, b);
            ref var result = ref Unsafe.Add(ref y, sample.FirstStep * states);
            if (sample.Labels < 0)
            {
                MemoryMarshal.CreateSpan(ref result, sample.Steps * states).Fill(float.NaN);
                continue;
            }
            memory.Clear();
            memory.FillSkips(in sample);
            Unsafe.Add(ref memory.States, 2 * sample.Labels) = 0f;
            if (sample.Labels > 0)
                Unsafe.Add(ref memory.States, 2 * sample.Labels - 1) = 0f;
            memory.Write(in sample, ref Unsafe.Add(ref result, (nint)(sample.Steps - 1) * states), states);
            for (var t = sample.Steps - 2; t >= 0; t--)
            {
                memory.FillEmissions(in sample, ref Unsafe.Add(ref x, (sample.FirstStep + t + 1) * classes), blank);
                for (var s = 0; s < memory.Width; s += V.Count)
                {
                    ref var at = ref Unsafe.Add(ref memory.States, s);
                    (V.Load(in at) + V.Load(in Unsafe.Add(ref memory.Emissions, s))).Store(ref at);
                }
                for (var s = 0; s < memory.Width; s += V.Count)
                {
                    ref var at = ref Unsafe.Add(ref memory.States, s);
                    LogSum(
                        V.Load(in at), V.Load(in Unsafe.Add(ref at, 1)), V.Load(in Unsafe.Add(ref at, 2)) + V.Load(in Unsafe.Add(ref memory.Skips, s + 2))).Store(ref at);
                }
                memory.Write(in sample, ref Unsafe.Add(ref result, (nint)t * states), states);
            }
        }
    }

    /// <summary>−log of the probability of all paths; ∞, or 0 where zeroInfinity is 1, if there is none.</summary>
    public static void Loss<V>(
        ref float x, ref int labels, ref int spans, ref int labelSpans, ref float alpha, ref float loss, int classes, int states, int steps, int longest, int blank, int ignored,
        int zeroInfinity, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var sample = new CtcSample(ref labels, ref spans, ref labelSpans, steps, longest, blank, ignored, b);
            ref var last = ref Unsafe.Add(ref alpha, (sample.FirstStep + sample.Steps - 1) * states + Math.Max(2 * sample.Labels, 0));
            var before = V1.Broadcast(sample.Labels > 0 ? Unsafe.Add(ref last, -1) : Impossible);
            var sum = -V1.Sum(LogSum(V1.Broadcast(last), before, V1.Broadcast(Impossible)));
            Unsafe.Add(ref loss, b) = sum > Impossible / -10f ? (zeroInfinity != 0 ? 0f : float.PositiveInfinity) : sum;
        }
    }

    /// <summary>
    /// (log α, labels, spans, log β, loss, dloss) to −dloss · Σ exp(log α + log β + loss) over the states of each class, [steps, classes].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Gradient<V>(
        ref float alpha, ref int labels, ref int spans, ref int labelSpans, ref float beta, ref float loss, ref float lossGradient, ref float dx, int classes, int states,
        int steps, int longest, int blank, int ignored, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        ref var shares = ref ThreadFloats.Of(ThreadFloats.Whole<V>(states));
        var (begin, end) = Partition.Items(batch, worker, workers);
        for (var b = begin; b < end; b++)
        {
            var sample = new CtcSample(ref labels, ref spans, ref labelSpans, steps, longest, blank, ignored, b);
            ref var result = ref Unsafe.Add(ref dx, sample.FirstStep * classes);
            MemoryMarshal.CreateSpan(ref result, sample.Steps * classes).Fill(sample.Labels < 0 ? float.NaN : 0f);
            var (shift, scale) = (V.Broadcast(Unsafe.Add(ref loss, b)), V.Broadcast(Unsafe.Add(ref lossGradient, b)));
            for (var t = 0; t < sample.Steps; t++, result = ref Unsafe.Add(ref result, classes))
            {
                var row = (sample.FirstStep + t) * states;
                for (var s = 0; s < states; s += V.Count)
                {
                    var count = Math.Min(V.Count, states - s);
                    var path = V.LoadPartial(in Unsafe.Add(ref alpha, row + s), count) + V.LoadPartial(in Unsafe.Add(ref beta, row + s), count);
                    (VectorMath.Exp(path + shift) * scale).Store(ref Unsafe.Add(ref shares, s));
                }
                for (var s = 0; s <= 2 * sample.Labels; s++)
                    Unsafe.Add(ref result, s % 2 == 0 ? blank : Unsafe.Add(ref sample.First, s / 2)) -= Unsafe.Add(ref shares, s);
            }
        }
    }

    /// <summary>log(exp a + exp b + exp c)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V>(V a, V b, V c)
        where V : struct, IVector<V>
    {
        var largest = V.Max(V.Max(a, b), c);
        return VectorMath.Log(VectorMath.Exp(a - largest) + VectorMath.Exp(b - largest) + VectorMath.Exp(c - largest)) + largest;
    }

    /// <summary>A sample's steps and labels.</summary>
    private readonly ref struct CtcSample
    {
        public CtcSample(ref int labels, ref int spans, ref int labelSpans, int steps, int longest, int blank, int ignored, nint sample)
        {
            (FirstStep, Steps) = steps > 0 ? (sample * steps, steps) : (new StepSpan(ref spans, sample).Start, new StepSpan(ref spans, sample).Count);
            var (first, most) = longest > 0 ? (sample * longest, longest) : (new StepSpan(ref labelSpans, sample).Start, new StepSpan(ref labelSpans, sample).Count);
            First = ref Unsafe.Add(ref labels, first);
            while (Labels < most && Unsafe.Add(ref First, Labels) != ignored)
            {
                if (Unsafe.Add(ref First, Labels) == blank)
                {
                    Labels = -1;
                    return;
                }
                Labels++;
            }
        }

        public nint FirstStep { get; }

        public int Steps { get; }

        /// <summary>How many; −1: the blank is among them.</summary>
        public int Labels { get; }

        public readonly ref int First;
    }

    /// <summary>Rows of the thread's memory with a number for each state, which others may read beyond on both sides.</summary>
    private readonly ref struct StateRows
    {
        public StateRows(int width)
        {
            Width = width;
            // A line before the states and one behind them and the skips.
            ref var memory = ref ThreadFloats.Of(3 * width + 3 * ThreadFloats.Line);
            States = ref Unsafe.Add(ref memory, ThreadFloats.Line);
            Skips = ref Unsafe.Add(ref States, width + ThreadFloats.Line);
            Emissions = ref Unsafe.Add(ref Skips, width + ThreadFloats.Line);
        }

        public int Width { get; }

        /// <summary>log α or log β.</summary>
        public readonly ref float States;

        /// <summary>0 where a path may come over the blank before.</summary>
        public readonly ref float Skips;

        /// <summary>log p of each state's class at a step.</summary>
        public readonly ref float Emissions;

        public void Clear() => ThreadFloats.Fill(ref Unsafe.Add(ref States, -ThreadFloats.Line), 3 * Width + 3 * ThreadFloats.Line, Impossible);

        public void FillSkips(in CtcSample sample)
        {
            for (var i = 1; i < sample.Labels; i++)
            {
                if (Unsafe.Add(ref sample.First, i) != Unsafe.Add(ref sample.First, i - 1))
                    Unsafe.Add(ref Skips, 2 * i + 1) = 0f;
            }
        }

        public void FillEmissions(in CtcSample sample, ref float row, int blank)
        {
            var none = Unsafe.Add(ref row, blank);
            for (var i = 0; i < sample.Labels; i++)
            {
                Unsafe.Add(ref Emissions, 2 * i) = none;
                Unsafe.Add(ref Emissions, 2 * i + 1) = Unsafe.Add(ref row, Unsafe.Add(ref sample.First, i));
            }
            Unsafe.Add(ref Emissions, 2 * sample.Labels) = none;
        }

        /// <summary>To memory that others read: what is behind the sample's own states has no path.</summary>
        public void Write(in CtcSample sample, ref float target, int states)
        {
            var own = 2 * sample.Labels + 1;
            MemoryMarshal.CreateReadOnlySpan(ref States, own).CopyTo(MemoryMarshal.CreateSpan(ref target, own));
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, own), states - own).Fill(Impossible);
        }
    }
}
