using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>
/// How some values are distributed: how many of them lie in each of about ten bins with as many values each, and in two more for what is
/// below and above all of them.
/// </summary>
/// <example>
/// <code>
/// var training = Distribution.Of(ages);
/// var counts = new long[training.Counts.Length];
/// foreach (float age in agesNow)
///     counts[training.Bin(age)]++;
/// double drift = training.StabilityIndex(counts);
/// </code>
/// </example>
public sealed class Distribution
{
    /// <summary>What each bin has beside what was counted, so that one that is empty has a share (Jeffreys' prior).</summary>
    private const double Prior = 0.5;

    private readonly float[] edges;
    private readonly long[] counts;

    /// <summary>A distribution that was counted elsewhere.</summary>
    /// <param name="edges">Where bins begin, rising; the first bin has what is below all of them.</param>
    /// <param name="counts">One more than edges.</param>
    /// <exception cref="ArgumentException">The edges do not rise, or the counts are none.</exception>
    public Distribution(ReadOnlySpan<float> edges, ReadOnlySpan<long> counts)
    {
        for (int i = 0; i < edges.Length; i++)
        {
            if (float.IsNaN(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
                throw new ArgumentException(Invariant($"Edge {i} is {edges[i]}; edges are rising numbers."), nameof(edges));
        }

        if (counts.Length != edges.Length + 1)
            throw new ArgumentException(
                Invariant($"There are {counts.Length} counts for {edges.Length} edges; expected one more."), nameof(counts));
        foreach (long count in counts)
        {
            if (count < 0)
                throw new ArgumentException(Invariant($"{count} cannot be a count."), nameof(counts));
        }

        this.edges = edges.ToArray();
        this.counts = counts.ToArray();
    }

    /// <summary>Where bins begin.</summary>
    public ReadOnlySpan<float> Edges => edges;

    /// <summary>How many values lie in each bin.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>Bins with as many values each, as far as equal values let them.</summary>
    /// <param name="values">The values, in any order; one that is NaN counts as below all others.</param>
    /// <param name="bins">How many bins there are between the least and the greatest value, at most.</param>
    /// <exception cref="ArgumentException">There is no value that is a number.</exception>
    public static Distribution Of(ReadOnlySpan<float> values, int bins = 10)
    {
        OutOfRange.ThrowIfLess(bins, 1);
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        // Array.Sort puts NaN first.
        int first = 0;
        while (first < sorted.Length && float.IsNaN(sorted[first]))
            first++;
        ReadOnlySpan<float> numbers = sorted.AsSpan(first);
        if (numbers.IsEmpty)
            throw new ArgumentException("There is no value that is a number; a distribution of none is not defined.", nameof(values));

        List<float> edges = [numbers[0]];
        for (int bin = 1; bin < bins; bin++)
        {
            float edge = numbers[(int)((long)bin * numbers.Length / bins)];
            if (edge > edges[^1])
                edges.Add(edge);
        }

        float above = float.BitIncrement(numbers[^1]);
        if (above > edges[^1])
            edges.Add(above);
        Distribution empty = new([.. edges], new long[edges.Count + 1]);
        foreach (float value in values)
            empty.counts[empty.Bin(value)]++;
        return empty;
    }

    /// <summary>In which bin a value lies.</summary>
    public int Bin(float value)
    {
        int bin = 0;
        while (bin < edges.Length && value >= edges[bin])
            bin++;
        return bin;
    }

    /// <summary>
    /// The population stability index of other values: the sum over the bins of (q − p) ln(q / p), with the shares p of these values and
    /// q of the others. Below 0.1 is called none, above 0.25 much; without any drift it is about the number of bins divided by that of
    /// the values.
    /// </summary>
    /// <param name="others">How many of the other values lie in each bin.</param>
    /// <exception cref="ArgumentException">There is another number of bins.</exception>
    public double StabilityIndex(ReadOnlySpan<long> others)
    {
        CheckBins(others);
        double sum = 0, ours = Total(counts), theirs = Total(others);
        for (int i = 0; i < counts.Length; i++)
        {
            double p = (counts[i] + Prior) / (ours + (Prior * counts.Length));
            double q = (others[i] + Prior) / (theirs + (Prior * counts.Length));
            sum += (q - p) * Math.Log(q / p);
        }

        return sum;
    }

    /// <summary>
    /// The statistic of Kolmogorov and Smirnov for other values: the greatest difference of the shares below a number, over the edges of
    /// the bins; from 0 to 1. NaN where there is no other value.
    /// </summary>
    /// <param name="others">How many of the other values lie in each bin.</param>
    /// <exception cref="ArgumentException">There is another number of bins.</exception>
    public double KolmogorovSmirnov(ReadOnlySpan<long> others)
    {
        CheckBins(others);
        double greatest = 0, ours = Total(counts), theirs = Total(others);
        if (ours == 0 || theirs == 0)
            return double.NaN;
        long below = 0, othersBelow = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            othersBelow += others[i];
            greatest = Math.Max(greatest, Math.Abs((below / ours) - (othersBelow / theirs)));
        }

        return greatest;
    }

    private static long Total(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
            sum += count;
        return sum;
    }

    private void CheckBins(ReadOnlySpan<long> others)
    {
        if (others.Length != counts.Length)
            throw new ArgumentException(
                Invariant($"There are {others.Length} bins; the distribution has {counts.Length}."), nameof(others));
    }
}
