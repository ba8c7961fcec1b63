namespace Comparison;

/// <summary>How long is measured.</summary>
/// <param name="WarmUp">At least so long before a side's first turn, and until nothing is compiled any more.</param>
/// <param name="LongestWarmUp">Then it is measured as it is.</param>
/// <param name="Sample">A sample is so many runs that it takes this long; one at least.</param>
/// <param name="Rounds">Samples of each side.</param>
internal sealed record Effort(TimeSpan WarmUp, TimeSpan LongestWarmUp, TimeSpan Sample, int Rounds)
{
    /// <summary>For numbers that may be quoted.</summary>
    public static Effort Normal { get; } = new(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(20), 15);

    /// <summary>For a table within a minute.</summary>
    public static Effort Quick { get; } = new(TimeSpan.FromMilliseconds(80), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10), 5);
}
