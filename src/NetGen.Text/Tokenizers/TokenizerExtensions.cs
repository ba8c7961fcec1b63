namespace NetGen.Text;

/// <summary>What all tokenizers can do.</summary>
/// <example><code>int[] tokens = tokenizer.Encode("Once upon a time");</code></example>
public static class TokenizerExtensions
{
    /// <summary>The tokens of a text.</summary>
    /// <exception cref="ArgumentException">The text has something that is no token; the message says what and where.</exception>
    public static int[] Encode(this ITokenizer tokenizer, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        List<int> tokens = [];
        tokenizer.Encode(text, tokens);
        return [.. tokens];
    }
}
