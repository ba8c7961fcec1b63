using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>What becomes of two classes when all scores from a threshold on are taken for the positive one.</summary>
/// <param name="Threshold">The least score that is positive; +∞: none is.</param>
/// <param name="TruePositives">Positive, and taken for it.</param>
/// <param name="FalsePositives">Negative, and taken for positive.</param>
/// <param name="FalseNegatives">Positive, and taken for negative.</param>
/// <param name="TrueNegatives">Negative, and taken for it.</param>
public readonly record struct OperatingPoint(float Threshold, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>Of what is taken for positive, the share that is; NaN where nothing is.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>The true positive rate: of what is positive, the share that is found; NaN where nothing is positive.</summary>
    public double Recall => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>The false positive rate: of what is negative, the share that is taken for positive; NaN where nothing is negative.</summary>
    public double FalsePositiveRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>The harmonic mean of precision and recall; NaN where nothing is positive nor taken for it.</summary>
    public double F1 => 2d * TruePositives / (2d * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>The share that is right.</summary>
    public double Accuracy => ((double)TruePositives + TrueNegatives) / ((double)TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>Youden's J: true positive rate − false positive rate.</summary>
    public double Youden => Recall - FalsePositiveRate;

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Threshold = {Threshold}, TruePositives = {TruePositives}, FalsePositives = {FalsePositives}, "
            + $"FalseNegatives = {FalseNegatives}, TrueNegatives = {TrueNegatives}, Precision = {Precision:F4}, Recall = {Recall:F4}, F1 = {F1:F4}");
        return true;
    }
}
