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
    [MethodImpl(Jit.Kernel)]
    public static void Rotate<V>(
        ref float x, ref float y, int perSample, int sequences, int rows, int width, int heads, int size, int theta, int interleaved,
            int back,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var count = perSample != 0 ? (nint)batch * sequences : sequences;
        var half = size / 2;
        var (step, next) = interleaved != 0 ? (2, 1) : (1, half);
        ref var cosines = ref ThreadFloats.Of(size);
        ref var sines = ref Unsafe.Add(ref cosines, half);
        var (begin, end) = Partition.Items(rows, worker, workers);
        for (var row = (int)begin; row < end; row++)
        {
            for (var i = 0; i < half; i++)
            {
                var (sine, cosine) = Math.SinCos(row * Math.Pow(BitConverter.Int32BitsToSingle(theta), -2.0 * i / size));
                (Unsafe.Add(ref cosines, i), Unsafe.Add(ref sines, i)) = ((float)cosine, (float)(back != 0 ? -sine : sine));
            }
            for (nint sequence = 0; sequence < count; sequence++)
            {
                var at = ((sequence * rows) + row) * width;
                for (var head = 0; head < heads; head++)
                {
                    ref var source = ref Unsafe.Add(ref x, at + (head * size));
                    ref var target = ref Unsafe.Add(ref y, at + (head * size));
                    var i = 0;
                    for (; interleaved == 0 && i <= half - V.Count; i += V.Count)
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
    [MethodImpl(Jit.Kernel)]
    public static void AddSinusoids<V>(
        ref float x, ref float y, int perSample, int sequences, int rows, int width, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var count = perSample != 0 ? (nint)batch * sequences : sequences;
        ref var wave = ref ThreadFloats.Of(width);
        var (begin, end) = Partition.Items(rows, worker, workers);
        for (var row = (int)begin; row < end; row++)
        {
            for (var i = 0; i < width; i++)
            {
                var angle = row * Math.Pow(10000, -2.0 * (i / 2) / width);
                Unsafe.Add(ref wave, i) = (float)(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
            for (nint sequence = 0; sequence < count; sequence++)
            {
                var at = ((sequence * rows) + row) * width;
                var i = 0;
                for (; i <= width - V.Count; i += V.Count)
                    (V.Load(in Unsafe.Add(ref x, at + i)) + V.Load(in Unsafe.Add(ref wave, i))).Store(ref Unsafe.Add(ref y, at + i));
                for (; i < width; i++)
                    Unsafe.Add(ref y, at + i) = Unsafe.Add(ref x, at + i) + Unsafe.Add(ref wave, i);
            }
        }
    }
}
