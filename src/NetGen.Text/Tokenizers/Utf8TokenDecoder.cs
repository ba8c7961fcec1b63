using System.Text;

namespace NetGen.Text;

/// <summary>A tokenizer whose tokens are bytes of UTF-8.</summary>
internal interface IUtf8Tokens
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    ReadOnlySpan<byte> BytesOf(int token);
}

/// <summary>.NET's decoder keeps the bytes of a character until it is complete; what is no UTF-8 becomes U+FFFD.</summary>
internal sealed class Utf8TokenDecoder(IUtf8Tokens tokens) : TokenDecoder
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private char[] characters = new char[64];

    protected override void Decode(int token) => Convert(tokens.BytesOf(token), flush: false);

    protected override void End() => Convert([], flush: true);

    private void Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        // A byte is a character at most; those of an unfinished one may become a pair, or a U+FFFD each.
        if (characters.Length < bytes.Length + 4)
            characters = new char[bytes.Length + 4];
        Write(characters.AsSpan(0, decoder.GetChars(bytes, characters, flush)));
    }
}
