using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Appends tokens to a new file: <see cref="TokenFile.Write(string, int, Action{TokenFileWriter})"/>.</summary>
public sealed class TokenFileWriter
{
    private const int PieceLength = 1 << 16;

    private readonly Stream stream;
    private readonly int vocabularySize;
    private readonly int width;
    private readonly byte[] buffer = new byte[1 << 16];
    private int used;

    internal TokenFileWriter(Stream stream, int vocabularySize, int width)
    {
        (this.stream, this.vocabularySize, this.width) = (stream, vocabularySize, width);
        stream.Write(Header());
    }

    /// <summary>The number of tokens so far.</summary>
    public long Count { get; private set; }

    /// <summary>Appends a token: the end of a document, for example.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not below the size of the vocabulary.</exception>
    public void Append(int token)
    {
        TokenDecoder.Check(token, vocabularySize);
        if (used == buffer.Length)
            Empty();
        if (width == sizeof(ushort))
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(used), (ushort)token);
        else
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(used), token);
        used += width;
        Count++;
    }

    /// <summary>Appends tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is negative, or not below the size of the vocabulary.</exception>
    public void Append(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
            Append(token);
    }

    /// <summary>
    /// Appends the tokens of a text, which is read piece by piece. A piece ends before the last white space in front of a word: with the
    /// tokenizers of this package the tokens are those of the whole text.
    /// </summary>
    /// <param name="tokenizer">What makes the tokens.</param>
    /// <param name="text">The text; it is read to its end.</param>
    /// <exception cref="InvalidDataException">The text has something that is no token; the message says what and where.</exception>
    public void Append(ITokenizer tokenizer, TextReader text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(text);
        List<int> tokens = [];
        foreach ((long start, ReadOnlyMemory<char> piece) in TextPieces.Of(text, PieceLength))
        {
            tokens.Clear();
            try
            {
                tokenizer.Encode(piece.Span, tokens);
            }
            catch (ArgumentException e)
            {
                throw new InvalidDataException(Invariant($"In the piece of the text from character {start} on: {e.Message}"), e);
            }

            Append(CollectionsMarshal.AsSpan(tokens));
        }
    }

    internal void End()
    {
        Empty();
        stream.Position = 0;
        stream.Write(Header());
    }

    private byte[] Header()
    {
        byte[] header = new byte[TokenFile.HeaderLength];
        TokenFile.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), vocabularySize);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), width);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), Count);
        return header;
    }

    private void Empty()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
