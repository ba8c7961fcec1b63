using System.Text;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Makes text of tokens as they come. A character that needs several tokens, as most do in bytes, comes with the last of them; a surrogate
/// pair is never cut.
/// </summary>
/// <remarks>
/// <code>
/// TokenDecoder decoder = tokenizer.CreateDecoder();
/// foreach (int token in tokens)
///     Console.Out.Write(decoder.Append(token));
/// Console.Out.Write(decoder.Flush());
/// </code>
/// </remarks>
public abstract class TokenDecoder
{
    private char[] text = new char[64];
    private int length;

    /// <summary>Takes the next token.</summary>
    /// <returns>What has become text by it, maybe nothing. It lies in memory that the next call uses again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public ReadOnlySpan<char> Append(int token)
    {
        length = 0;
        Decode(token);
        return text.AsSpan(0, length);
    }

    /// <summary>Ends the text, and begins another.</summary>
    /// <returns>U+FFFD for a character that is not complete; else nothing. It lies in memory that the next call uses again.</returns>
    public ReadOnlySpan<char> Flush()
    {
        length = 0;
        End();
        return text.AsSpan(0, length);
    }

    /// <summary>Gives <see cref="Write"/> what becomes text by a token.</summary>
    protected abstract void Decode(int token);

    /// <summary>Gives <see cref="Write"/> what was held back, and is then as new.</summary>
    protected abstract void End();

    /// <summary>Adds to what <see cref="Append"/> or <see cref="Flush"/> returns.</summary>
    protected void Write(ReadOnlySpan<char> characters)
    {
        if (characters.Length > text.Length - length)
            Array.Resize(ref text, Math.Max(2 * text.Length, length + characters.Length));
        characters.CopyTo(text.AsSpan(length));
        length += characters.Length;
    }

    /// <summary>The text of tokens, by the decoder of a tokenizer.</summary>
    internal string All(ReadOnlySpan<int> tokens)
    {
        StringBuilder all = new();
        foreach (int token in tokens)
            all.Append(Append(token));
        return all.Append(Flush()).ToString();
    }

    internal static void Check(int token, int vocabularySize)
    {
        if ((uint)token >= (uint)vocabularySize)
            throw OutOfRange.Of(nameof(token), token, Invariant($"There is no token {token}; the vocabulary has {vocabularySize}."));
    }
}
