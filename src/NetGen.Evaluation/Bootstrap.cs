using NetGen.Runtime;

namespace NetGen.Metrics;

/// <summary>
/// Confidence intervals of any measure by drawing samples again (Efron 1979), the same for the same seed on every machine.
/// </summary>
/// <example>
/// <code>
/// ConfidenceInterval area = Bootstrap.Interval(scores, labels, (p, y) => RocCurve.Of(p, y).Area, draws: 1000, seed: 1);
/// Console.WriteLine(area);                                      // the value, and where 95 of 100 lie
/// </code>
/// </example>
public static class Bootstrap
{
    // Far from the streams of parameters and dropout, which count from 0.
    private const uint Stream = 0x424F_4F54;

    /// <summary>The percentile interval: from as many drawn sets, each as large as the samples, with repetition.</summary>
    /// <param name="predicted">As many values for each sample as the measure wants.</param>
    /// <param name="actual">Likewise.</param>
    /// <param name="measure">What is computed.</param>
    /// <param name="count">How many samples there are; null: as many as values in <paramref name="actual"/>.</param>
    /// <param name="confidence">The share of the drawn sets that the interval holds.</param>
    /// <param name="draws">How many sets are drawn.</param>
    /// <param name="seed">Which ones.</param>
    /// <exception cref="ArgumentException">There are no samples, or the numbers of values are no multiples of theirs.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not in (0, 1), or <paramref name="draws"/> is below
    /// 1.</exception>
    public static ConfidenceInterval Interval<TPredicted, TActual>(
        ReadOnlySpan<TPredicted> predicted, ReadOnlySpan<TActual> actual, Measure<TPredicted, TActual> measure,
        int? count = null, double confidence = 0.95, int draws = 1000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(measure);
        OutOfRange.ThrowIfLess(draws, 1);
        if (!(confidence > 0 && confidence < 1))
            throw OutOfRange.Of(nameof(confidence), confidence, FormattableString.Invariant($"The confidence is {confidence}; expected a number in (0, 1)."));
        int n = count ?? actual.Length;
        Samples<TPredicted, TActual> samples = new(predicted, actual, n);
        double value = measure(predicted, actual);
        List<double> drawn = new(draws);
        int[] rows = new int[n];
        for (int draw = 0; draw < draws; draw++)
        {
            PhiloxKey key = Philox.Key(seed, draw, Stream);
            for (int i = 0; i < n; i++)
                rows[i] = (int)((ulong)Philox.Bits(key, (uint)i) * (uint)n >> 32);
            double other = samples.Of(rows, measure);
            if (!double.IsNaN(other))
                drawn.Add(other);
        }

        if (drawn.Count == 0)
            return new(value, double.NaN, double.NaN, draws);
        double[] sorted = [.. drawn.Order()];
        double tail = (1 - confidence) / 2;
        return new(value, Quantile.Of(sorted, tail), Quantile.Of(sorted, 1 - tail), draws - sorted.Length);
    }
}
