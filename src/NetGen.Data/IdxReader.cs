using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Data;

/// <summary>
/// Reads the idx format of MNIST: a big-endian header (two zero bytes, element type 8 = unsigned byte, number of dimensions, then each
/// dimension as 32 bits) followed by the bytes. Every error names the file, what is wrong with it and what was expected.
/// </summary>
internal static class IdxReader
{
    private const int ImagesMagic = 0x00000803;
    private const int LabelsMagic = 0x00000801;

    /// <summary>Pixels <c>[count, rows, columns]</c> of an images file.</summary>
    /// <exception cref="InvalidDataException">The content is not what it should be.</exception>
    public static byte[] ReadImages(Stream stream, string file, int rows, int columns)
    {
        Span<byte> header = stackalloc byte[16];
        ReadHeader(stream, file, header, ImagesMagic, "images");
        int count = ReadCount(header, file, "images");
        int fileRows = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        int fileColumns = BinaryPrimitives.ReadInt32BigEndian(header[12..]);
        if (fileRows != rows || fileColumns != columns)
            throw new InvalidDataException($"{file}: the images are {fileRows}×{fileColumns}; expected {rows}×{columns}.");

        return ReadBody(stream, file, (long)count * rows * columns, $"{count} images of {rows}×{columns}");
    }

    /// <summary>Labels <c>[count]</c> of a labels file, each below <paramref name="classes"/>.</summary>
    /// <exception cref="InvalidDataException">The content is not what it should be.</exception>
    public static byte[] ReadLabels(Stream stream, string file, int classes)
    {
        Span<byte> header = stackalloc byte[8];
        ReadHeader(stream, file, header, LabelsMagic, "labels");
        int count = ReadCount(header, file, "labels");
        byte[] labels = ReadBody(stream, file, count, $"{count} labels");
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
            throw new InvalidDataException($"{file}: label {wrong} is {labels[wrong]}; expected 0 to {classes - 1}.");

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

        static string Hex(int value) => value < 0 ? "(end)" : value.ToString("X2");
    }

    private static void ReadHeader(Stream stream, string file, Span<byte> header, int expected, string what)
    {
        int read = Fill(stream, file, header);
        if (read < 4)
            throw new InvalidDataException($"{file}: cut after {read} bytes; expected an idx header of {header.Length} bytes.");
        int magic = BinaryPrimitives.ReadInt32BigEndian(header);
        if (magic != expected)
            throw new InvalidDataException($"{file}: wrong magic number 0x{magic:X8}; expected 0x{expected:X8}, an idx file of {what}.");
        if (read < header.Length)
            throw new InvalidDataException($"{file}: cut after {read} bytes; expected an idx header of {header.Length} bytes.");
    }

    private static int ReadCount(ReadOnlySpan<byte> header, string file, string what)
    {
        int count = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (count <= 0)
            throw new InvalidDataException($"{file}: the header says {(uint)count} {what}; expected 1 to {int.MaxValue}.");
        return count;
    }

    private static byte[] ReadBody(Stream stream, string file, long length, string what)
    {
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{file}: the header says {what}, {length} bytes; expected at most {Array.MaxLength}.");

        // Grows with what is really there: a damaged header must not make the process allocate gigabytes.
        const int Step = 1 << 26;
        byte[] body = new byte[(int)Math.Min(length, Step)];
        int read = 0;
        while (true)
        {
            read += Fill(stream, file, body.AsSpan(read));
            if (read < body.Length)
                throw new InvalidDataException($"{file}: cut, {read} bytes after the header; expected {length} ({what}).");
            if (read == length)
                break;
            Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
        }

        Span<byte> more = stackalloc byte[1];
        if (Fill(stream, file, more) > 0)
            throw new InvalidDataException($"{file}: trailing bytes; expected the file to end after {what}.");
        return body;
    }

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
