using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>A text that a beam search found.</summary>
/// <param name="Tokens">The tokens behind the prompt, without the stop token.</param>
/// <param name="LogProbability">The natural logarithm of its probability, with that of the stop token if it has ended.</param>
/// <param name="Score">What it is compared by: <see cref="LogProbability"/> divided by a power of the length.</param>
/// <param name="HasEnded">Whether a stop token came, rather than the most tokens.</param>
public sealed record BeamResult(int[] Tokens, double LogProbability, double Score, bool HasEnded)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Tokens = {Tokens}, LogProbability = {LogProbability}, Score = {Score}, HasEnded = {HasEnded}");
        return true;
    }
}
