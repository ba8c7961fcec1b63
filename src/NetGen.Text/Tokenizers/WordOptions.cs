using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>How a <see cref="WordTokenizer"/> cuts texts and which words it knows.</summary>
/// <example>
/// <code>
/// var tokenizer = WordTokenizer.Of(texts, new WordOptions { MaximumWords = 5000, KeepPunctuation = false });
/// </code>
/// </example>
public sealed record WordOptions
{
    /// <summary>Whether upper case is lower case.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Whether a sign that is no letter, digit or white space is a word by itself; otherwise it only parts words.</summary>
    public bool KeepPunctuation { get; init; } = true;

    /// <summary>How often a word must occur to have a token.</summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>The most words with a token, the most frequent first; unknown and padding are not counted.</summary>
    public int MaximumWords { get; init; } = int.MaxValue;

    /// <summary>The token of words that have none, token 0 or behind the padding; null: such a word is an error.</summary>
    public string? Unknown { get; init; } = "<unk>";

    /// <summary>What fills up short sequences, token 0; null: there is none.</summary>
    public string? Padding { get; init; }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LowerCase = {LowerCase}, KeepPunctuation = {KeepPunctuation}, MinimumCount = {MinimumCount}, "
            + $"MaximumWords = {MaximumWords}, Unknown = {Unknown}, Padding = {Padding}");
        return true;
    }
}
