using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What one batch gave.</summary>
/// <param name="Loss">The mean loss of the batch.</param>
/// <param name="Count">Over how many the loss is a mean: the samples, or the steps where there is a loss for each step of sequences.</param>
public readonly record struct BatchResult(float Loss, int Count)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Loss = {Loss}, Count = {Count}");
        return true;
    }
}
