namespace NetGen.Metrics;

/// <summary>From which score on a sample is taken for positive.</summary>
/// <example>
/// <code>
/// OperatingPoint best = Threshold.Best(scores, labels, point => -(10 * point.FalseNegatives + point.FalsePositives));
/// </code>
/// </example>
public static class Threshold
{
    /// <summary>All thresholds that differ, from +∞ (nothing is positive) down to the least score (everything is).</summary>
    /// <param name="scores">Of each sample: the higher, the likelier it is positive. Logits or probabilities.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <exception cref="ArgumentException">There are no samples, not as many of one as of the other, or a score is NaN (the message names
    /// it).</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static OperatingPoint[] All(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        Check.SameRows(scores.Length, labels.Length, nameof(scores));
        Check.NoNaN(scores, nameof(scores));
        Check.Labels(labels, 2, nameof(labels));

        float[] keys = scores.ToArray();
        int[] values = labels.ToArray();
        Array.Sort(keys, values);
        int positives = 0;
        foreach (int label in labels)
            positives += label;
        int negatives = labels.Length - positives;

        List<OperatingPoint> points = [new(float.PositiveInfinity, 0, 0, positives, negatives)];
        int right = 0, wrong = 0;
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            right += values[i];
            wrong += 1 - values[i];
            // Equal scores fall together. A score of +∞ is positive at each threshold.
            if (i > 0 && keys[i - 1] == keys[i])
                continue;
            OperatingPoint point = new(keys[i], right, wrong, positives - right, negatives - wrong);
            if (float.IsPositiveInfinity(keys[i]))
                points[0] = point;
            else
                points.Add(point);
        }

        return [.. points];
    }

    /// <summary>The threshold where something is best: <c>Threshold.Best(scores, labels, point =&gt; point.F1)</c>.</summary>
    /// <remarks>
    /// Costs: <c>point =&gt; -(10 * point.FalseNegatives + point.FalsePositives)</c>. The highest recall with a precision that is enough:
    /// <c>point =&gt; point.Precision &gt;= 0.9 ? point.Recall : double.NaN</c>. Choose it with data that it is not judged by.
    /// </remarks>
    /// <param name="scores">Of each sample: the higher, the likelier it is positive.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <param name="value">What shall be as large as possible; NaN: not this one. Of equals the highest threshold is taken.</param>
    /// <exception cref="InvalidOperationException">It is NaN for all thresholds.</exception>
    /// <inheritdoc cref="All"/>
    public static OperatingPoint Best(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, Func<OperatingPoint, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        OperatingPoint? best = null;
        double most = double.NaN;
        foreach (OperatingPoint point in All(scores, labels))
        {
            double now = value(point);
            if (double.IsNaN(now) || now <= most)
                continue;
            (best, most) = (point, now);
        }

        return best ?? throw new InvalidOperationException("The value is NaN for all thresholds, so none is the best.");
    }
}
