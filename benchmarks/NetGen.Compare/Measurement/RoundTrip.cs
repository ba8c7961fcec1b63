using System.Diagnostics;

namespace Comparison;

/// <summary>
/// How long a cache line takes to another core and back: what each barrier of a program costs at least. Virtual machines are moved between cores that share a
/// cache and cores that do not, and then it differs by a factor of four from one minute to the next; short rows of a table follow it.
/// </summary>
internal static class RoundTrip
{
    private const int Attempts = 25;
    private const int Turns = 10_000, WarmUp = 100;

    /// <summary>In seconds, by the fastest of many attempts; null where there is one core only.</summary>
    public static double? Measure()
    {
        if (Environment.ProcessorCount < 2)
        {
            return null;
        }
        var best = double.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Even numbers are one thread's to raise, odd ones the other's; nothing else is in their line.
            var line = new int[64];
            var other = new Thread(() => Play(line, 1));
            other.Start();
            // Until both run.
            Play(line, 0, to: WarmUp);
            var start = Stopwatch.GetTimestamp();
            Play(line, 0, from: WarmUp);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / (Turns - WarmUp));
            other.Join();
        }
        return best;
    }

    private static void Play(int[] line, int player, int from = 0, int to = Turns)
    {
        for (var turn = from; turn < to; turn++)
        {
            while (Volatile.Read(ref line[32]) != (2 * turn) + player)
            {
            }
            Volatile.Write(ref line[32], (2 * turn) + player + 1);
        }
    }
}
