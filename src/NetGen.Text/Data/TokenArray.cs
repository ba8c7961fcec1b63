namespace NetGen.Text;

/// <summary>Tokens in memory, which is used in place.</summary>
/// <example>
/// <code>
/// ITokenSequence tokens = new TokenArray(tokenizer.Encode("Once upon a time"));
/// TokenWindows windows = new(tokens, context: 64);
/// </code>
/// </example>
public sealed class TokenArray(ReadOnlyMemory<int> tokens) : ITokenSequence
{
    /// <inheritdoc/>
    public long Count => Memory.Length;

    /// <summary>The tokens.</summary>
    public ReadOnlyMemory<int> Memory { get; } = tokens;

    /// <inheritdoc/>
    public void Read(long start, Span<int> tokens)
    {
        TokenSequences.CheckRun(Count, start, tokens.Length);
        Memory.Span.Slice((int)start, tokens.Length).CopyTo(tokens);
    }
}
