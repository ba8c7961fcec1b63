using System.Diagnostics;

namespace Comparison;

/// <summary>
/// Threads of all sides spin for a while after their work, in case that more comes: some tenths of a millisecond in NetGen, 10 ms in libtorch's OpenMP, 50 ms
/// in ONNX Runtime (measured by this). On as many cores as threads they would take the time of whoever is measured next.
/// </summary>
internal static class Idle
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    // The system counts the time of running threads in ticks, of 4 ms often.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

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
