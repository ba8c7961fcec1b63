using System.Diagnostics;
using System.Runtime;

namespace Comparison;

/// <summary>Runs a side and looks at the clock.</summary>
internal sealed class Runner
{
    /// <summary>A turn begins when a side is as fast as it was at best, but for this.</summary>
    private const double Settled = 1.03;

    private static readonly TimeSpan LongestSettling = TimeSpan.FromMilliseconds(400);

    private readonly int runs;
    private double best = double.PositiveInfinity;

    /// <summary>Runs the side until the compiler has done its work.</summary>
    public Runner(Side side, Effort effort)
    {
        Side = side;
        Side.Prepare();
        Idle.Wait();
        // A first run may load libraries, and compile all that it calls.
        Time(1);
        var block = Math.Max(1, (int)(effort.Sample / 4 / TimeSpan.FromSeconds(Time(1))));
        var (start, compiled, window) = (Stopwatch.GetTimestamp(), JitInfo.GetCompiledMethodCount(), Stopwatch.GetTimestamp());
        while (true)
        {
            best = Math.Min(best, Time(block));
            block = Math.Max(1, (int)(effort.Sample.TotalSeconds / 4 / best));
            if (Stopwatch.GetElapsedTime(window) < effort.WarmUp)
            {
                continue;
            }
            var now = JitInfo.GetCompiledMethodCount();
            if (now == compiled || Stopwatch.GetElapsedTime(start) > effort.LongestWarmUp)
            {
                break;
            }
            (compiled, window) = (now, Stopwatch.GetTimestamp());
        }
        runs = Math.Max(1, (int)Math.Round(effort.Sample.TotalSeconds / best));
    }

    public Side Side { get; }

    /// <summary>
    /// One turn: seconds of a run. The other side's threads are waited for before, and then this side runs until it is up to speed: its threads have
    /// been woken and found cores of their own, which takes the system up to a tenth of a second (and NetGen, which meanwhile does with half of its workers, up to
    /// two tenths more to try all of them again), and its data is in the caches. That is what a training loop sees but for its very beginning.
    /// </summary>
    public double Turn()
    {
        Side.Prepare();
        Idle.Wait();
        var start = Stopwatch.GetTimestamp();
        double time;
        do
        {
            time = Time(Math.Max(1, runs / 4));
            best = Math.Min(best, time);
        }
        while (time > Settled * best && Stopwatch.GetElapsedTime(start) < LongestSettling);
        return Time(runs);
    }

    /// <summary>Times sides by turns: A B A B…, so that what the machine does meanwhile happens to all of them. Seconds, by side and round.</summary>
    public static double[][] Turns(IReadOnlyList<Runner> runners, int rounds)
    {
        var samples = runners.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < runners.Count; i++)
            {
                samples[i][round] = runners[i].Turn();
            }
        }
        return samples;
    }

    /// <summary>The side that was the fastest when it was warm; the others are disposed of.</summary>
    public static Runner Fastest(IReadOnlyList<Side> sides, Effort effort)
    {
        var runners = sides.Select(side => new Runner(side, effort)).ToArray();
        var fastest = runners.MinBy(runner => runner.best)!;
        foreach (var runner in runners.Where(runner => runner != fastest))
        {
            runner.Side.Dispose();
        }
        return fastest;
    }

    private double Time(int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            Side.Run();
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }
}
