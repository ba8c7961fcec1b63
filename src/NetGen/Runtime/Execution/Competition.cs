using System.Diagnostics;

namespace NetGen.Runtime;

/// <summary>
/// Notices that other programs take cores from the workers of a call, and then lets the call do with half of its workers (on two cores: alone) for a while.
/// </summary>
/// <remarks>
/// Workers that wait for each other at every barrier lose more than their share of a core that one of them must share: measured on two cores beside
/// one busy process, a training step of 107 µs took 340 to 470 µs on two workers and 158 µs on one, however they waited. Half of the workers need
/// about twice the time of all of them undisturbed, at most. So if all take longer than that, the half is tried; and after 20 ms all of them again,
/// which stay if they are faster than the half was. If not, the next try comes after twice that time, and so on up to 200 ms. Results do not depend on it.
/// </remarks>
internal sealed class Competition
{
    // A program that wakes up now and then must not count: it is what happens in that much time that does.
    private static readonly long Window = Stopwatch.Frequency / 100;
    private static readonly long ShortestPause = Stopwatch.Frequency / 50;
    private static readonly long LongestPause = Stopwatch.Frequency / 5;
    private const int FewestCalls = 8;

    private ParallelBody? body;
    private int batch;
    private long best;
    private long sum;
    private int calls;
    private bool half;
    private long pause;
    private long until;
    private double meanOfHalf;

    /// <summary>Whether what is known here is of that body with that batch.</summary>
    public bool IsOf(ParallelBody body, int batch) => ReferenceEquals(this.body, body) && this.batch == batch;

    /// <summary>Forgets everything: it is of that body with that batch from now on.</summary>
    public void Begin(ParallelBody body, int batch)
    {
        this.body = body;
        this.batch = batch;
        best = long.MaxValue;
        sum = 0;
        calls = 0;
        half = false;
        pause = ShortestPause;
        meanOfHalf = double.NaN;
    }

    /// <summary>How many workers a call should take that begins now.</summary>
    /// <param name="workers">The most that it can use, at least 2.</param>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>.</param>
    public int Workers(int workers, long now)
    {
        if (half && now >= until)
        {
            meanOfHalf = calls > 0 ? (double)sum / calls : double.NaN;
            sum = 0;
            calls = 0;
            half = false;
        }
        return half ? workers / 2 : workers;
    }

    /// <summary>The call that took so many workers has ended.</summary>
    public void Record(long start, long now)
    {
        sum += now - start;
        calls++;
        if (half)
        {
            return;
        }
        best = Math.Min(best, now - start);
        if (sum < Window || calls < FewestCalls)
        {
            return;
        }
        var mean = (double)sum / calls;
        half = mean > (double.IsNaN(meanOfHalf) ? 2d * best : meanOfHalf);
        if (half)
        {
            until = now + pause;
            pause = Math.Min(2 * pause, LongestPause);
        }
        else
        {
            pause = ShortestPause;
            // Slower than once, for example as another program fills the memory's bandwidth, but the half was slower still.
            best = Math.Max(best, (long)(mean / 2));
        }
        meanOfHalf = double.NaN;
        sum = 0;
        calls = 0;
    }
}
