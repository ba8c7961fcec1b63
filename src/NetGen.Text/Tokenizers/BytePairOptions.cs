using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>How a <see cref="BytePairTokenizer"/> is trained.</summary>
/// <example>
/// <code>
/// var tokenizer = BytePairTokenizer.Train(texts, 4096, new BytePairOptions { SpecialTokens = ["&lt;|endoftext|>", "&lt;|pad|>"] });
/// </code>
/// </example>
public sealed record BytePairOptions
{
    /// <summary>How often a pair must occur to become a token.</summary>
    public int MinimumCount { get; init; } = 2;

    /// <summary>Tokens that no text is encoded to, behind all others: the end of a text, a mask, padding.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = ["<|endoftext|>"];

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"MinimumCount = {MinimumCount}, SpecialTokens = {SpecialTokens}");
        return true;
    }
}
