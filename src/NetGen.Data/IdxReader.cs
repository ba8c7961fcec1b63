using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Reads the idx format of MNIST: a big-endian header (two zero bytes, element type 8 = unsigned byte, number of dimensions, then each
/// dimension as 32 bits) followed by the bytes. Every error names the file, what is wrong with it and what was expected.
/// </summary>
internal static class IdxReader
{
    private const int ImagesMagic = 0x00000803;
    private const int LabelsMagic = 0x00000801;

    /// <summary>More than this is read once to its end before there is memory for it: a small compressed file may claim gigabytes, and have them.</summary>
    private const int Unchecked = 1 << 26;

    /// <summary>How many images follow the header, and of how many pixels.</summary>
    /// <param name="stream">Stands at the header.</param>
    /// <param name="file">Its name.</param>
    /// <param name="expected">The rows and columns that they must have; null: any.</param>
    /// <exception cref="InvalidDataException">The header is not what it should be.</exception>
    public static (int Count, int Rows, int Columns) ReadImagesHeader(Stream stream, string file, (int Rows, int Columns)? expected)
    {
        Span<byte> header = stackalloc byte[16];
        ReadHeader(stream, file, header, ImagesMagic, "images");
        int count = ReadCount(header, file, "images");
        int rows = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        int columns = BinaryPrimitives.ReadInt32BigEndian(header[12..]);
        if (expected is { } size && (rows, columns) != size)
            throw new InvalidDataException(Invariant($"{file}: the images are {rows}×{columns}; expected {size.Rows}×{size.Columns}."));
        if (rows <= 0 || columns <= 0 || (long)rows * columns > Array.MaxLength)
            throw new InvalidDataException(Invariant($"{file}: the header says images of {(uint)rows}×{(uint)columns}; expected 1 to {Array.MaxLength} pixels."));
        return (count, rows, columns);
    }

    /// <summary>How many labels follow the header.</summary>
    /// <exception cref="InvalidDataException">The header is not what it should be.</exception>
    public static int ReadLabelsHeader(Stream stream, string file)
    {
        Span<byte> header = stackalloc byte[8];
        ReadHeader(stream, file, header, LabelsMagic, "labels");
        return ReadCount(header, file, "labels");
    }

    /// <summary>What the bytes of so many images are called in messages.</summary>
    public static string Images(int count, int rows, int columns) => Invariant($"{count} images of {rows}×{columns}");

    /// <summary>What the bytes of so many labels are called in messages.</summary>
    public static string Labels(int count) => Invariant($"{count} labels");

    /// <summary>
    /// Checks without memory for them that <paramref name="length"/> bytes follow the header, and no more; small bodies are left to <see cref="ReadBody"/>.
    /// </summary>
    /// <param name="open">Opens the file once more.</param>
    /// <param name="header">The length of the header.</param>
    /// <exception cref="InvalidDataException">There are fewer or more.</exception>
    public static void CheckBody(Func<Stream> open, string file, int header, long length, string what)
    {
        if (length <= Unchecked)
            return;
        if (length > Array.MaxLength)
            throw new InvalidDataException(Invariant($"{file}: the header says {what}, {length} bytes; expected at most {Array.MaxLength}."));
        using Stream stream = open();
        byte[] buffer = new byte[1 << 16];
        long read = -header;
        for (int got; read <= length && (got = Fill(stream, file, buffer)) > 0; read += got)
        {
        }

        if (read < length)
            throw Cut(file, read, length, what);
        if (read > length)
            throw Trailing(file, what);
    }

    /// <summary>Labels after the header, each below <paramref name="classes"/>.</summary>
    /// <exception cref="InvalidDataException">The content is not what it should be.</exception>
    public static byte[] ReadLabels(Stream stream, string file, int count, int classes)
    {
        byte[] labels = ReadBody(stream, file, count, Labels(count));
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
            throw new InvalidDataException(Invariant($"{file}: label {wrong} is {labels[wrong]}; expected 0 to {classes - 1}."));

        return labels;
    }

    /// <summary>Opens a file for reading; a name ending in .gz is decompressed.</summary>
    /// <exception cref="InvalidDataException">A .gz file does not start as gzip does, or a plain one does.</exception>
    public static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            bool named = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            int first = file.ReadByte(), second = file.ReadByte();
            file.Position = 0;
            bool compressed = first == 0x1F && second == 0x8B;
            if (named && !compressed)
                throw new InvalidDataException($"{path}: not a gzip file, it starts with {Hex(first)} {Hex(second)}; expected 1F 8B (drop .gz from the name of a plain file).");
            if (!named && compressed)
                throw new InvalidDataException($"{path}: starts with 1F 8B as a gzip file does; expected an uncompressed idx file (add .gz to its name).");

            return named ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        static string Hex(int value) => value < 0 ? "(end)" : value.ToString("X2", CultureInfo.InvariantCulture);
    }

    private static void ReadHeader(Stream stream, string file, Span<byte> header, int expected, string what)
    {
        int read = Fill(stream, file, header);
        if (read < 4)
            throw new InvalidDataException(Invariant($"{file}: cut after {read} bytes; expected an idx header of {header.Length} bytes."));
        int magic = BinaryPrimitives.ReadInt32BigEndian(header);
        if (magic != expected)
            throw new InvalidDataException(Invariant($"{file}: wrong magic number 0x{magic:X8}; expected 0x{expected:X8}, an idx file of {what}."));
        if (read < header.Length)
            throw new InvalidDataException(Invariant($"{file}: cut after {read} bytes; expected an idx header of {header.Length} bytes."));
    }

    private static int ReadCount(ReadOnlySpan<byte> header, string file, string what)
    {
        int count = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (count <= 0)
            throw new InvalidDataException(Invariant($"{file}: the header says {(uint)count} {what}; expected 1 to {int.MaxValue}."));
        return count;
    }

    /// <summary>The bytes after the header, of which there are <paramref name="length"/> and no more.</summary>
    /// <exception cref="InvalidDataException">There are fewer or more.</exception>
    public static byte[] ReadBody(Stream stream, string file, long length, string what)
    {
        byte[] body = new byte[length];
        int read = Fill(stream, file, body);
        if (read < body.Length)
            throw Cut(file, read, length, what);
        Span<byte> more = stackalloc byte[1];
        return Fill(stream, file, more) == 0 ? body : throw Trailing(file, what);
    }

    private static InvalidDataException Cut(string file, long read, long length, string what) =>
        new(Invariant($"{file}: cut, {read} bytes after the header; expected {length} ({what})."));

    private static InvalidDataException Trailing(string file, string what) =>
        new($"{file}: trailing bytes; expected the file to end after {what}.");

    private static int Fill(Stream stream, string file, Span<byte> target)
    {
        try
        {
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: damaged gzip data ({e.Message}).", e);
        }
    }
}
