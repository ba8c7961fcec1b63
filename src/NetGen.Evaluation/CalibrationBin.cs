using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>Samples with like probabilities.</summary>
/// <param name="Predicted">The mean of their probabilities.</param>
/// <param name="Observed">The share that came true.</param>
/// <param name="Count">How many they are.</param>
public readonly record struct CalibrationBin(double Predicted, double Observed, int Count)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Predicted = {Predicted:F4}, Observed = {Observed:F4}, Count = {Count}");
        return true;
    }
}
