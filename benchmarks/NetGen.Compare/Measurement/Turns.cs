using System.Diagnostics;
using System.Runtime;

namespace Comparison;

/// <summary>Times sides by turns: A B A B…, so that what the machine does meanwhile happens to all of them.</summary>
internal static class Turns
{
    /// <summary>Seconds of one run, for each side and round.</summary>
    public static double[][] Measure(IReadOnlyList<Side> sides, Effort effort)
    {
        var runs = sides.Select(side => WarmUp(side, effort)).ToArray();
        var samples = sides.Select(_ => new double[effort.Rounds]).ToArray();
        for (var round = 0; round < effort.Rounds; round++)
        {
            for (var i = 0; i < sides.Count; i++)
            {
                sides[i].Prepare();
                Idle.Wait();
                // Threads wake up and caches fill: not what a training loop sees.
                Time(sides[i], Math.Max(1, runs[i] / 10));
                samples[i][round] = Time(sides[i], runs[i]);
            }
        }
        return samples;
    }

    /// <summary>The side with the lowest median; the others are disposed of.</summary>
    public static Side Fastest(IReadOnlyList<Side> sides, Effort effort)
    {
        if (sides.Count == 1)
        {
            return sides[0];
        }
        var medians = Measure(sides, effort).Select(samples => Statistics.Of(samples).Median).ToArray();
        var fastest = sides[Array.IndexOf(medians, medians.Min())];
        foreach (var side in sides.Where(side => side != fastest))
        {
            side.Dispose();
        }
        return fastest;
    }

    /// <summary>Runs until the compiler has done its work; gives how many runs make a sample.</summary>
    private static int WarmUp(Side side, Effort effort)
    {
        side.Prepare();
        Idle.Wait();
        var start = Stopwatch.GetTimestamp();
        var compiled = -1L;
        while (true)
        {
            var (block, runs) = (Stopwatch.GetTimestamp(), 0);
            do
            {
                side.Run();
                runs++;
            }
            while (Stopwatch.GetElapsedTime(block) < effort.WarmUp);
            var elapsed = Stopwatch.GetElapsedTime(block);
            var now = JitInfo.GetCompiledMethodCount();
            if (now == compiled || Stopwatch.GetElapsedTime(start) > effort.LongestWarmUp)
            {
                return Math.Max(1, (int)Math.Round(runs * (effort.Sample / elapsed)));
            }
            compiled = now;
        }
    }

    private static double Time(Side side, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            side.Run();
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
