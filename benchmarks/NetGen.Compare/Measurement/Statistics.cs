namespace Comparison;

/// <summary>Times in seconds, by what most of them are: the median and the quartiles.</summary>
internal sealed record Statistics(double Minimum, double LowerQuartile, double Median, double UpperQuartile)
{
    /// <summary>Of at least one number.</summary>
    public static Statistics Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
        return new(sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
    }

    /// <summary>Between neighbours by how near they are (Hyndman and Fan 1996, definition 7).</summary>
    private static double Quantile(double[] sorted, double part)
    {
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
