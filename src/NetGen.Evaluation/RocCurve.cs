using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>
/// The receiver operating characteristic: which share of the positives is found at the price of which share of the negatives.
/// </summary>
/// <example><code>double area = RocCurve.Of(scores, labels).Area;</code></example>
public sealed class RocCurve
{
    private RocCurve(OperatingPoint[] points)
    {
        Points = points;
        double area = 0;
        for (int i = 1; i < points.Length; i++)
            area += (points[i].FalsePositiveRate - points[i - 1].FalsePositiveRate) * (points[i].Recall + points[i - 1].Recall) / 2;
        Area = area;
    }

    /// <summary>From the highest threshold (+∞: nothing is positive) to the lowest; x is the false positive rate, y the recall.</summary>
    public IReadOnlyList<OperatingPoint> Points { get; }

    /// <summary>
    /// The area under it (AUC): the probability that a positive sample has a higher score than a negative one, ties counted half. NaN where
    /// there are no positive or no negative samples.
    /// </summary>
    public double Area { get; }

    /// <summary>The curve of some scores.</summary>
    /// <inheritdoc cref="Threshold.All"/>
    public static RocCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        OperatingPoint[] points = Threshold.All(scores, labels);
        // A score of +∞ is positive at each threshold; the curve begins at the origin all the same.
        if (points[0].TruePositives + points[0].FalsePositives > 0)
        {
            (int positives, int negatives) = (points[0].TruePositives + points[0].FalseNegatives, points[0].FalsePositives + points[0].TrueNegatives);
            points = [new(float.PositiveInfinity, 0, 0, positives, negatives), .. points];
        }

        return new(points);
    }

    /// <summary>
    /// The mean area of several classes, each against all others; by <see cref="Averaging.Micro"/> all scores of all classes are one curve.
    /// </summary>
    /// <param name="scores">Probabilities (or other scores that can be compared), one for each class of each sample.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="averaging">How.</param>
    /// <returns>NaN where a class has no samples, or all.</returns>
    /// <exception cref="ArgumentException">There are no samples, not as many scores as there should be, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static double AreaOfClasses(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, int classes, Averaging averaging = Averaging.Macro)
    {
        Check.RowsOf(scores.Length, labels.Length, classes, nameof(scores));
        Check.Labels(labels, classes, nameof(labels));
        if (averaging == Averaging.Micro)
        {
            int[] own = new int[scores.Length];
            for (int i = 0; i < labels.Length; i++)
                own[i * classes + labels[i]] = 1;
            return Of(scores, own).Area;
        }

        if (averaging is not (Averaging.Macro or Averaging.Weighted))
            throw OutOfRange.Of(nameof(averaging), averaging, Invariant($"There is no averaging {(int)averaging}."));
        double sum = 0, all = 0;
        for (int c = 0; c < classes; c++)
        {
            (float[] column, int[] own) = OneAgainstAll(scores, labels, classes, c);
            double weight = averaging == Averaging.Macro ? 1 : own.Sum();
            sum += weight * Of(column, own).Area;
            all += weight;
        }

        return sum / all;
    }

    /// <summary>The scores of one class, and whether each sample is of it.</summary>
    internal static (float[] Scores, int[] Labels) OneAgainstAll(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, int classes, int label)
    {
        float[] column = new float[labels.Length];
        int[] own = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            column[i] = scores[i * classes + label];
            own[i] = labels[i] == label ? 1 : 0;
        }

        return (column, own);
    }
}
