using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What a learning rate did in one step of a <see cref="RateTest"/>.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Loss">The loss of the step's batch, before it.</param>
/// <param name="Smoothed">The mean of the losses so far, the later ones counting more.</param>
public readonly record struct RatePoint(double Rate, double Loss, double Smoothed)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Rate = {Rate}, Loss = {Loss}, Smoothed = {Smoothed}");
        return true;
    }
}
