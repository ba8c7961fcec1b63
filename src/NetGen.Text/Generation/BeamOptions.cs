using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>How wide a beam search is, and where it ends.</summary>
/// <example>
/// <code>
/// var results = session.BeamSearch(prompt, new BeamOptions { Width = 4, MaximumTokens = 50, StopTokens = [end] });
/// </code>
/// </example>
public sealed record BeamOptions
{
    /// <summary>How many texts are followed at a time, and given in the end.</summary>
    public int Width { get; init; } = 4;

    /// <summary>The most tokens of a text.</summary>
    public int MaximumTokens { get; init; } = 64;

    /// <summary>Tokens that end a text. They are no part of it, and count in its probability and length.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>
    /// The power of the length by which the logarithm of a text's probability is divided to compare it with others, as in Hugging Face's:
    /// above 0 long texts gain.
    /// </summary>
    public double LengthPenalty { get; init; } = 1;

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Width = {Width}, MaximumTokens = {MaximumTokens}, "
            + $"StopTokens = {StopTokens}, LengthPenalty = {LengthPenalty}");
        return true;
    }
}
