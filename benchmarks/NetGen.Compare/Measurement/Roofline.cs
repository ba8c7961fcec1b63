using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace Comparison;

/// <summary>What the machine can do at most, measured now, with the threads and the vectors that the networks use.</summary>
/// <param name="FlopsPerSecond">Of fused multiply-adds (two operations each) between registers.</param>
/// <param name="BytesPerSecond">Read from memory, from arrays too large for the caches.</param>
internal sealed record Roofline(double FlopsPerSecond, double BytesPerSecond)
{
    private const int Attempts = 5;

    // More than the last caches of today hold, in all threads together.
    private const int Bytes = 256 << 20;

    /// <summary>Measures for about a quarter of a second.</summary>
    public static Roofline Measure(int threads)
    {
        var flops = Best(threads, _ => Machine.Bits switch
        {
            512 => Multiply<V512>(),
            256 => Multiply<V256>(),
            128 => Multiply<V128>(),
            _ => Multiply<V1>(),
        });
        var arrays = Enumerable.Range(0, threads).Select(_ => new float[Bytes / sizeof(float) / threads]).ToArray();
        foreach (var array in arrays)
        {
            // Memory is there only once it is written to.
            Array.Fill(array, 1f);
        }
        var bytes = Best(threads, thread => Read(arrays[thread]));
        return new Roofline(flops, bytes);
    }

    /// <summary>The best of some attempts: units of work of all threads, by the time of the slowest.</summary>
    private static double Best(int threads, Func<int, double> work)
    {
        var best = 0d;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (units, seconds) = (0d, 0d);
            using var start = new Barrier(threads);
            var team = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
            {
                work(thread);
                start.SignalAndWait();
                var begin = Stopwatch.GetTimestamp();
                var done = work(thread);
                var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                lock (start)
                {
                    units += done;
                    seconds = Math.Max(seconds, elapsed);
                }
            })).ToArray();
            foreach (var thread in team)
            {
                thread.Start();
            }
            foreach (var thread in team)
            {
                thread.Join();
            }
            best = Math.Max(best, units / seconds);
        }
        return best;
    }

    private const int Rounds = 2_000_000;

    // Twelve sums: more than the latency of an FMA times the number that start per cycle, on all processors of today, and few enough for 16 registers.
    private const int Sums = 12;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Multiply<V>()
        where V : struct, IVector<V>
    {
        V a = V.Broadcast(0.999f), b = V.Broadcast(1e-3f);
        V s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (var i = 0; i < Rounds; i++)
        {
            s0 = V.Fma(s0, a, b);
            s1 = V.Fma(s1, a, b);
            s2 = V.Fma(s2, a, b);
            s3 = V.Fma(s3, a, b);
            s4 = V.Fma(s4, a, b);
            s5 = V.Fma(s5, a, b);
            s6 = V.Fma(s6, a, b);
            s7 = V.Fma(s7, a, b);
            s8 = V.Fma(s8, a, b);
            s9 = V.Fma(s9, a, b);
            s10 = V.Fma(s10, a, b);
            s11 = V.Fma(s11, a, b);
        }
        Keep(V.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11));
        return 2d * Sums * V.Count * Rounds;
    }

    private static double Read(float[] array)
    {
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
        var step = 4 * Vector<float>.Count;
        for (var i = 0; i + step <= array.Length; i += step)
        {
            s0 += new Vector<float>(array, i);
            s1 += new Vector<float>(array, i + Vector<float>.Count);
            s2 += new Vector<float>(array, i + (2 * Vector<float>.Count));
            s3 += new Vector<float>(array, i + (3 * Vector<float>.Count));
        }
        Keep(Vector.Sum(s0 + s1 + s2 + s3));
        return (double)array.Length * sizeof(float);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(float value) => GC.KeepAlive(value);
}
