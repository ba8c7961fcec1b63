using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>A sample that a network is bad at.</summary>
/// <param name="Row">Which one, counted from 0.</param>
/// <param name="Loss">How bad.</param>
public readonly record struct WorstSample(int Row, float Loss)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Row = {Row}, Loss = {Loss}");
        return true;
    }
}
