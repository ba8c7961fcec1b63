namespace NetGen.Metrics;

/// <summary>Precision against recall: what finding more of the positives costs, where they are few.</summary>
/// <example><code>double average = PrecisionRecallCurve.Of(scores, labels).AveragePrecision;</code></example>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(OperatingPoint[] points)
    {
        Points = points;
        double area = 0, average = 0;
        (double recall, double precision) = (0, 1);
        foreach (OperatingPoint point in points)
        {
            area += (point.Recall - recall) * (point.Precision + precision) / 2;
            average += (point.Recall - recall) * point.Precision;
            (recall, precision) = (point.Recall, point.Precision);
        }

        (Area, AveragePrecision) = (area, average);
    }

    /// <summary>
    /// From the highest threshold at which something is positive to the lowest; x is the recall, y the precision. The curve itself begins
    /// before them, at recall 0 and precision 1.
    /// </summary>
    public IReadOnlyList<OperatingPoint> Points { get; }

    /// <summary>
    /// The area under the straight lines between the points, which is too hopeful: precision does not change linearly between them.
    /// <see cref="AveragePrecision"/> is better. NaN
    /// where there are no positive samples.
    /// </summary>
    public double Area { get; }

    /// <summary>
    /// The mean of the precisions, each weighed by how much recall it adds: Σ (Rₙ − Rₙ₋₁) Pₙ. NaN where there are no positive samples.
    /// </summary>
    public double AveragePrecision { get; }

    /// <summary>The curve of some scores.</summary>
    /// <inheritdoc cref="Threshold.All"/>
    public static PrecisionRecallCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels) =>
        new([.. Threshold.All(scores, labels).Where(point => point.TruePositives + point.FalsePositives > 0)]);
}
