using System.Diagnostics;

namespace Comparison;

/// <summary>
/// Threads of all sides spin for a while after their work, in case that more comes: some tenths of a millisecond here, several milliseconds in
/// libtorch's OpenMP and in ONNX Runtime. On as many cores as threads they would take the time of whoever is measured next.
/// </summary>
internal static class Idle
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    /// <summary>Returns when no other thread of the process runs any more.</summary>
    public static void Wait()
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Longest)
        {
            var (used, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            Thread.Sleep(Slice);
            if (Environment.CpuUsage.TotalTime - used < 0.1 * Stopwatch.GetElapsedTime(clock))
            {
                return;
            }
        }
    }
}
