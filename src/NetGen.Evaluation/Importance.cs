using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>How much a measure needs a feature.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Mean">By how much the measure falls when the feature is shuffled, on average; below 0: it even rises.</param>
/// <param name="Deviation">The standard deviation of that over the shuffles (of a population).</param>
public readonly record struct Importance(string Name, double Mean, double Deviation)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Name = {Name}, Mean = {Mean}, Deviation = {Deviation}");
        return true;
    }
}
