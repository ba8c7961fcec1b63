using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Positions of rows in their sequence. A worker takes positions, whose angles it computes once for all samples. See <see
/// cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionKernels
{
    /// <summary>Turns the pairs of the first heads of row t by the angles t·theta^(−2i/size), or back.</summary>
    public static void Rotate<V>(
        ref float x, ref float y, int perSample, int sequences, int rows, int width, int heads, int size, int theta, int interleaved,
            int back,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Rotate<V>(
            ref x, ref y, new RowPlaces(perSample != 0 ? (nint)batch * sequences : sequences, rows, ref Unsafe.NullRef<int>()), width, heads, size,
            theta, interleaved != 0, back != 0, worker, workers);

    /// <summary>The same of the steps of sequences.</summary>
    public static void Rotate<V>(
        ref float x, ref int spans, ref float y, int longest, int width, int heads, int size, int theta, int interleaved, int back, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Rotate<V>(ref x, ref y, new RowPlaces(batch, longest, ref spans), width, heads, size, theta, interleaved != 0, back != 0, worker, workers);

    [MethodImpl(Jit.Kernel)]
    private static void Rotate<V>(
        ref float x, ref float y, RowPlaces places, int width, int heads, int size, int theta, bool interleaved, bool back, int worker, int workers)
        where V : struct, IVector<V>
    {
        var half = size / 2;
        var (step, next) = interleaved ? (2, 1) : (1, half);
        ref var cosines = ref ThreadFloats.Of(size);
        ref var sines = ref Unsafe.Add(ref cosines, half);
        var (begin, end) = Partition.Items(places.Rows, worker, workers);
        for (var row = (int)begin; row < end; row++)
        {
            var hasAngles = false;
            for (nint sequence = 0; sequence < places.Sequences; sequence++)
            {
                if (places.Of(sequence, row) is not (>= 0 and var place))
                    continue;
                for (var i = 0; !hasAngles && i < half; i++)
                {
                    var (sine, cosine) = Math.SinCos(row * Math.Pow(BitConverter.Int32BitsToSingle(theta), -2.0 * i / size));
                    (Unsafe.Add(ref cosines, i), Unsafe.Add(ref sines, i)) = ((float)cosine, (float)(back ? -sine : sine));
                }
                hasAngles = true;
                var at = place * width;
                for (var head = 0; head < heads; head++)
                {
                    ref var source = ref Unsafe.Add(ref x, at + (head * size));
                    ref var target = ref Unsafe.Add(ref y, at + (head * size));
                    var i = 0;
                    for (; !interleaved && i <= half - V.Count; i += V.Count)
                    {
                        var (a, b) = (V.Load(in Unsafe.Add(ref source, i)), V.Load(in Unsafe.Add(ref source, half + i)));
                        var (c, s) = (V.Load(in Unsafe.Add(ref cosines, i)), V.Load(in Unsafe.Add(ref sines, i)));
                        ((a * c) - (b * s)).Store(ref Unsafe.Add(ref target, i));
                        ((b * c) + (a * s)).Store(ref Unsafe.Add(ref target, half + i));
                    }
                    for (; i < half; i++)
                    {
                        var (a, b) = (Unsafe.Add(ref source, i * step), Unsafe.Add(ref source, (i * step) + next));
                        var (c, s) = (Unsafe.Add(ref cosines, i), Unsafe.Add(ref sines, i));
                        Unsafe.Add(ref target, i * step) = (a * c) - (b * s);
                        Unsafe.Add(ref target, (i * step) + next) = (b * c) + (a * s);
                    }
                }
                // What does not turn.
                for (var i = heads * size; i < width; i++)
                    Unsafe.Add(ref y, at + i) = Unsafe.Add(ref x, at + i);
            }
        }
    }

    /// <summary>y[t, 2i] = x + sin(t·10000^(−2i/width)), y[t, 2i + 1] = x + cos(…).</summary>
    public static void AddSinusoids<V>(
        ref float x, ref float y, int perSample, int sequences, int rows, int width, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        AddSinusoids<V>(
            ref x, ref y, new RowPlaces(perSample != 0 ? (nint)batch * sequences : sequences, rows, ref Unsafe.NullRef<int>()), width, worker, workers);

    /// <summary>The same of the steps of sequences.</summary>
    public static void AddSinusoids<V>(ref float x, ref int spans, ref float y, int longest, int width, int batch, int worker, int workers)
        where V : struct, IVector<V> => AddSinusoids<V>(ref x, ref y, new RowPlaces(batch, longest, ref spans), width, worker, workers);

    [MethodImpl(Jit.Kernel)]
    private static void AddSinusoids<V>(ref float x, ref float y, RowPlaces places, int width, int worker, int workers)
        where V : struct, IVector<V>
    {
        ref var wave = ref ThreadFloats.Of(width);
        var (begin, end) = Partition.Items(places.Rows, worker, workers);
        for (var row = (int)begin; row < end; row++)
        {
            var hasWave = false;
            for (nint sequence = 0; sequence < places.Sequences; sequence++)
            {
                if (places.Of(sequence, row) is not (>= 0 and var place))
                    continue;
                for (var j = 0; !hasWave && j < width; j++)
                {
                    var angle = row * Math.Pow(10000, -2.0 * (j / 2) / width);
                    Unsafe.Add(ref wave, j) = (float)(j % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
                }
                hasWave = true;
                var at = place * width;
                var i = 0;
                for (; i <= width - V.Count; i += V.Count)
                    (V.Load(in Unsafe.Add(ref x, at + i)) + V.Load(in Unsafe.Add(ref wave, i))).Store(ref Unsafe.Add(ref y, at + i));
                for (; i < width; i++)
                    Unsafe.Add(ref y, at + i) = Unsafe.Add(ref x, at + i) + Unsafe.Add(ref wave, i);
            }
        }
    }

    /// <summary>Where the row of a position is in each sequence: all have as many, or what their spans say.</summary>
    private readonly ref struct RowPlaces(nint sequences, int rows, ref int spans)
    {
        private readonly ref int spans = ref spans;

        public nint Sequences { get; } = sequences;

        /// <summary>Positions from 0 to below it.</summary>
        public int Rows { get; } = rows;

        /// <summary>Among all rows; −1: the sequence has none at the position.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nint Of(nint sequence, int position)
        {
            if (Unsafe.IsNullRef(ref spans))
                return (sequence * Rows) + position;
            var span = new StepSpan(ref spans, sequence);
            var t = position - span.First;
            return t >= 0 && t < span.Count ? (nint)span.Start + t : -1;
        }
    }
}
