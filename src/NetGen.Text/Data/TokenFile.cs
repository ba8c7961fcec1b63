using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Tokens in a file, of which only those are read that are asked for: corpora larger than memory. A token takes two bytes where the
/// vocabulary has at most 65,536, and four otherwise.
/// </summary>
/// <remarks>
/// <code>
/// using (StreamReader text = File.OpenText("corpus.txt"))
///     TokenFile.Write("corpus.tokens", tokenizer, text);               // once, piece by piece
///
/// using TokenFile tokens = TokenFile.Open("corpus.tokens");
/// var (train, validation) = tokens.Split(0.01);
/// new TokenWindows(train, context: 256).Draw(random, input, next);
/// </code>
/// </remarks>
public sealed class TokenFile : ITokenSequence, IDisposable
{
    // "NGTOKENS", the size of the vocabulary, the bytes of a token, the number of tokens; little endian as all that follows.
    internal const int HeaderLength = 24;

    private readonly SafeFileHandle file;
    private readonly string path;
    private readonly int width;

    private TokenFile(SafeFileHandle file, string path, ReadOnlySpan<byte> header)
    {
        (this.file, this.path) = (file, path);
        if (!header[..Magic.Length].SequenceEqual(Magic))
            throw new InvalidDataException($"{path} is not a file of tokens.");
        VocabularySize = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        width = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        Count = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        if (VocabularySize < 1 || width != WidthOf(VocabularySize) || Count < 0 || Count > (long.MaxValue - HeaderLength) / width)
            throw new InvalidDataException($"The header of {path} is damaged.");
        long expected = HeaderLength + Count * width, length = RandomAccess.GetLength(file);
        if (length != expected)
            throw new InvalidDataException(Invariant($"{path} has {length} bytes; its {Count} tokens need {expected}."));
    }

    internal static ReadOnlySpan<byte> Magic => "NGTOKENS"u8;

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>The size of the vocabulary that the tokens are of.</summary>
    public int VocabularySize { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is no file of tokens, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TokenFile Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            header.Clear();
            ReadAll(file, header, 0);
            return new(file, path, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file. It is there complete or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="vocabularySize">The size of the vocabulary.</param>
    /// <param name="write">Appends the tokens, document by document for example.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is below 1, or a token is not below it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, int vocabularySize, Action<TokenFileWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        OutOfRange.ThrowIfLess(vocabularySize, 1);
        ReplacedFile.Write(path, stream =>
        {
            TokenFileWriter writer = new(stream, vocabularySize, WidthOf(vocabularySize));
            write(writer);
            writer.End();
        });
    }

    /// <summary>
    /// Writes the tokens of a text that may be larger than memory (<see cref="TokenFileWriter.Append(ITokenizer, TextReader)"/>).
    /// </summary>
    /// <inheritdoc cref="Write(string, int, Action{TokenFileWriter})"/>
    /// <inheritdoc cref="TokenFileWriter.Append(ITokenizer, TextReader)" path="/param"/>
    /// <exception cref="InvalidDataException">The text has something that is no token.</exception>
    public static void Write(string path, ITokenizer tokenizer, TextReader text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        Write(path, tokenizer.VocabularySize, writer => writer.Append(tokenizer, text));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(long start, Span<int> tokens)
    {
        TokenSequences.CheckRun(Count, start, tokens.Length);
        Span<byte> bytes = MemoryMarshal.AsBytes(tokens);
        if (width == sizeof(int))
        {
            ReadAll(file, bytes, HeaderLength + start * width);
            for (int i = 0; i < tokens.Length; i++)
                tokens[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
            return;
        }

        // Into the second half of the memory: a token is made where its own two bytes, and those behind it, do not lie yet or lie no more.
        Span<byte> narrow = bytes[(bytes.Length / 2)..];
        ReadAll(file, narrow, HeaderLength + start * width);
        for (int i = 0; i < tokens.Length; i++)
            tokens[i] = BinaryPrimitives.ReadUInt16LittleEndian(narrow[(2 * i)..]);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>For example <c>corpus.tokens: 1003854 tokens of 50257</c>.</summary>
    public override string ToString() => Invariant($"{path}: {Count} tokens of {VocabularySize}");

    private static int WidthOf(int vocabularySize) => vocabularySize <= 1 << 16 ? sizeof(ushort) : sizeof(int);

    /// <summary>What is behind the end of the file stays as it is.</summary>
    private static void ReadAll(SafeFileHandle file, Span<byte> bytes, long place)
    {
        while (!bytes.IsEmpty && RandomAccess.Read(file, bytes, place) is > 0 and int read)
        {
            bytes = bytes[read..];
            place += read;
        }
    }
}
