using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>How well a class, or several together, are recognized.</summary>
/// <param name="Precision">Of what was taken for the class, the share that was it.</param>
/// <param name="Recall">Of the class, the share that was found.</param>
/// <param name="F1">The harmonic mean of the two; of several classes the mean of theirs, which is not the harmonic mean of the means.</param>
/// <param name="Support">How many samples there are of it.</param>
public readonly record struct ClassScores(double Precision, double Recall, double F1, long Support)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Precision = {Precision:F4}, Recall = {Recall:F4}, F1 = {F1:F4}, Support = {Support}");
        return true;
    }
}
