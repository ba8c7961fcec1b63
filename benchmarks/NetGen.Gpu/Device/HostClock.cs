using System.Diagnostics;

namespace Gpu;

/// <summary>Times by the host's clock, around calls that end when their results are there.</summary>
internal static class HostClock
{
    /// <summary>Seconds per call: after a warm-up, several samples of as many calls as take some milliseconds. <c>peers.py</c> does the same.</summary>
    public static Comparison.Statistics Time(Action call, bool quick)
    {
        var (samples, least) = quick ? (5, 0.002) : (15, 0.02);
        // Kernels are compiled, memory is allocated, graphs are captured.
        for (var i = 0; i < 5; i++)
        {
            call();
        }
        var count = 1;
        while (Seconds(call, count) < least && count < 1 << 16)
        {
            count *= 2;
        }
        return Comparison.Statistics.Of(Enumerable.Range(0, samples).Select(_ => Seconds(call, count) / count));
    }

    private static double Seconds(Action call, int count)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            call();
        }
        return clock.Elapsed.TotalSeconds;
    }
}
