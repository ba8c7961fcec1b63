using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Runtime;

namespace Comparison;

/// <summary>
/// What the machine can do at most, measured now, with the threads and the vectors that the networks use (Williams, Waterman and Patterson
/// 2009): no program does its arithmetic faster than the multiply-adds between registers, nor its reads and writes faster than a loop that
/// does nothing else.
/// </summary>
internal sealed class Roofline
{
    // So many attempts in a row without a better one are enough. New threads have cores of their own after some hundredths of a second.
    private const int Attempts = 25;
    private const int MultiplyAdds = 1_000_000;

    // More than the last caches of today hold.
    private const long BeyondCaches = 256L << 20;

    // So much is moved in one attempt at least: a millisecond or so.
    private const long Moved = 64L << 20;

    // Twelve sums: the latency of a multiply-add times those that start per cycle, or more, on all processors of today; and few enough for
    // 16 registers.
    private const int Sums = 12;

    private readonly Dictionary<(long Bytes, bool Update), double> bandwidths = [];

    public Roofline(int threads)
    {
        Threads = threads;
        FlopsPerSecond = Best(_ => Machine.Bits switch
        {
            512 => Multiply<V512>(),
            256 => Multiply<V256>(),
            128 => Multiply<V128>(),
            _ => Multiply<V1>(),
        });
        BytesPerSecond = Bandwidth(BeyondCaches, update: false);
    }

    public int Threads { get; }

    /// <summary>Of fused multiply-adds, two operations each, between registers.</summary>
    public double FlopsPerSecond { get; }

    /// <summary>Read from memory.</summary>
    public double BytesPerSecond { get; }

    /// <summary>
    /// The least time of a batch: its arithmetic at the peak, or what must be moved at the speed of where it lies, whichever is longer. A
    /// prediction reads each weight and each input once; a step reads and writes each weight and Adam's two numbers about it.
    /// </summary>
    public double Seconds(IWork work, int batch, Pass pass)
    {
        var inputs = batch * work.SampleBytes;
        var (parameters, read) = (sizeof(float) * work.ParameterCount, sizeof(float) * work.ParametersRead);
        var move = pass == Pass.Step
            ? (6 * parameters / Bandwidth(3 * parameters, update: true)) + (inputs / Bandwidth(inputs, update: false))
            : (read + inputs) / Bandwidth(read + inputs, update: false) * work.Readings;
        return Math.Max(work.Flops(batch, pass) / FlopsPerSecond, move);
    }

    /// <summary>
    /// Bytes per second from and, in an update, to as many bytes as are gone through again and again, shared out among the threads.
    /// </summary>
    private double Bandwidth(long bytes, bool update)
    {
        if (bandwidths.TryGetValue((bytes, update), out var known))
        {
            return known;
        }
        var passes = (int)Math.Max(1, Moved / bytes);
        var arrays = new float[Threads][];
        // Each thread fills its own, so that the pages are near its core.
        var found = Best(thread =>
        {
            if (arrays[thread] is not { } array)
            {
                arrays[thread] = array = GC.AllocateUninitializedArray<float>((int)Math.Max(1024, bytes / sizeof(float) / Threads), pinned: true);
                // Pages that were never written to may all be one page of zeros.
                Array.Fill(array, 1f);
            }
            return Machine.Bits switch
            {
                512 => Move<V512>(array, passes, update),
                256 => Move<V256>(array, passes, update),
                128 => Move<V128>(array, passes, update),
                _ => Move<V1>(array, passes, update),
            };
        });
        bandwidths.Add((bytes, update), found);
        return found;
    }

    /// <summary>The best of many attempts: what all threads did, by the time of the slowest.</summary>
    private double Best(Func<int, double> work)
    {
        var (done, seconds) = (new double[Threads], new double[Threads]);
        var (best, since) = (0d, 0);
        using var together = new Barrier(Threads, _ =>
        {
            var found = done.Sum() / seconds.Max();
            since = found > 1.01 * best ? 0 : since + 1;
            best = Math.Max(best, found);
        });
        var team = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            work(thread);
            do
            {
                var start = Stopwatch.GetTimestamp();
                done[thread] = work(thread);
                seconds[thread] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                together.SignalAndWait();
            }
            while (Volatile.Read(ref since) < Attempts);
        })).ToArray();
        foreach (var thread in team)
        {
            thread.Start();
        }
        foreach (var thread in team)
        {
            thread.Join();
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Multiply<V>()
        where V : struct, IVector<V>
    {
        V a = V.Broadcast(0.999f), b = V.Broadcast(1e-3f);
        V s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (var i = 0; i < MultiplyAdds; i++)
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
        Keep(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
        return 2d * Sums * V.Count * MultiplyAdds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Move<V>(float[] array, int passes, bool update)
        where V : struct, IVector<V>
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(array);
        V one = V.Broadcast(1f), s0 = V.Zero, s1 = s0, s2 = s0, s3 = s0;
        var length = array.Length - (array.Length % (4 * V.Count));
        for (var pass = 0; pass < passes; pass++)
        {
            for (var i = 0; i < length; i += 4 * V.Count)
            {
                ref var p0 = ref Unsafe.Add(ref first, i);
                ref var p1 = ref Unsafe.Add(ref p0, V.Count);
                ref var p2 = ref Unsafe.Add(ref p1, V.Count);
                ref var p3 = ref Unsafe.Add(ref p2, V.Count);
                if (update)
                {
                    (V.Load(ref p0) + one).Store(ref p0);
                    (V.Load(ref p1) + one).Store(ref p1);
                    (V.Load(ref p2) + one).Store(ref p2);
                    (V.Load(ref p3) + one).Store(ref p3);
                }
                else
                {
                    s0 += V.Load(ref p0);
                    s1 += V.Load(ref p1);
                    s2 += V.Load(ref p2);
                    s3 += V.Load(ref p3);
                }
            }
        }
        Keep(s0 + s1 + s2 + s3);
        return (update ? 2d : 1d) * sizeof(float) * length * passes;
    }

    /// <summary>What nobody reads would not be computed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<V>(V value)
    {
    }
}
