using System.Text;

namespace NetGen.Text;

/// <summary>Each byte of a text in UTF-8 is a token: 256 of them, for any text.</summary>
/// <example><code>int[] tokens = new ByteTokenizer().Encode("größer");</code></example>
public sealed class ByteTokenizer : ITokenizer, IUtf8Tokens
{
    private static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    /// <summary>256.</summary>
    public int VocabularySize => 256;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Half of a surrogate pair stands alone.</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        TextPlace.CheckUnicode(text);
        Span<byte> bytes = stackalloc byte[Utf8Length];
        foreach (Rune rune in text.EnumerateRunes())
        {
            foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
                tokens.Add(value);
        }
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => CreateDecoder().All(tokens);

    /// <inheritdoc/>
    public TokenDecoder CreateDecoder() => new Utf8TokenDecoder(this);

    ReadOnlySpan<byte> IUtf8Tokens.BytesOf(int token)
    {
        TokenDecoder.Check(token, VocabularySize);
        return All.AsSpan(token, 1);
    }

    /// <summary>The most bytes of a character.</summary>
    private const int Utf8Length = 4;
}
