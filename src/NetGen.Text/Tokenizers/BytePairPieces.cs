using System.Text.RegularExpressions;

namespace NetGen.Text;

/// <summary>The pieces of a text across whose borders nothing is merged: GPT-2's words with the space before them.</summary>
internal static partial class BytePairPieces
{
    /// <summary>The pieces: together they are the text.</summary>
    internal static Regex.ValueMatchEnumerator Of(ReadOnlySpan<char> text) => Pattern().EnumerateMatches(text);

    // github.com/openai/gpt-2/blob/master/src/encoder.py
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
