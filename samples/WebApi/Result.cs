using System.Globalization;

namespace WebApi;

/// <summary>What a measurement gave.</summary>
internal sealed class Result
{
    /// <summary>The heading of what <see cref="ToString"/> gives.</summary>
    public const string Columns =
        "requests/s | processor time, µs each | p50, ms | p99, ms | samples in a batch | weights seen | wrong answers | MB at the end";

    private readonly List<double> milliseconds = [];
    private readonly HashSet<string> weights = [];
    private double seconds;
    private TimeSpan processor;
    private double batch;

    /// <summary>Answers that are not those of the weights that they name.</summary>
    public long Wrong { get; private set; }

    public void Add(TimeSpan elapsed, string? seen)
    {
        lock (milliseconds)
        {
            milliseconds.Add(elapsed.TotalMilliseconds);
            if (seen is null)
                Wrong++;
            else
                weights.Add(seen);
        }
    }

    public void End(TimeSpan elapsed, TimeSpan ofProcessor, double meanBatch)
    {
        (seconds, processor, batch) = (elapsed.TotalSeconds, ofProcessor, meanBatch);
        milliseconds.Sort();
    }

    public override string ToString()
    {
        var (count, invariant) = (milliseconds.Count, CultureInfo.InvariantCulture);
        var megabytes = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        return string.Create(
            invariant, $"{count / seconds:N0} | {processor.TotalMicroseconds / count:N0} | {At(0.5):F2} | {At(0.99):F2} | ")
            + string.Create(invariant, $"{batch:F1} | {weights.Count} | {Wrong} | {megabytes:F0}");
    }

    private double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
}
