using System.IO.Compression;
using System.Text;

namespace NetGen.Data;

public sealed partial class Table
{
    /// <summary>Reads a file of separated values (CSV, TSV); a name that ends in <c>.gz</c> is decompressed.</summary>
    /// <remarks>
    /// Blanks around values are no part of them, and empty lines are passed over. Where a column's kind is not stated, all of its values
    /// decide: it holds numbers or dates only if each value that is not missing is one. Whole numbers that begin with 0 (<c>007</c>) are
    /// texts unless stated otherwise.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; null: with commas, quotes and a header.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path, or the options contradict each other.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">What is in it is not what was stated; the message has file, line, column and
    /// text.</exception>
    public static Table ReadCsv(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        string name = Path.GetFileName(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return ReadCsv(stream, name, options);
        using MemoryStream content = new();
        try
        {
            using GZipStream zipped = new(stream, CompressionMode.Decompress);
            zipped.CopyTo(content);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: damaged gzip data ({exception.Message}).", exception);
        }

        content.Position = 0;
        return ReadCsv(content, name, options);
    }

    /// <summary>Reads a file of separated values in blocks of rows: files larger than memory, for a <see cref="SampleStream"/>.</summary>
    /// <remarks>
    /// What a column holds is what <see cref="CsvOptions.Kinds"/> or the first block says; a later value that is something else is an
    /// error.
    /// <code>
    /// SampleStream stream = SampleStream.OfParts(count, fitted.Encode(some), files, file =&gt; Table.ReadCsvBlocks(file).Select(block =&gt; fitted.Encode(block)));
    /// </code>
    /// </remarks>
    /// <param name="path">The file; it is not compressed.</param>
    /// <param name="rows">The rows of a block.</param>
    /// <param name="options">How it is written; null: with commas, quotes and a header.</param>
    /// <exception cref="ArgumentException">The file is compressed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is below 1.</exception>
    /// <inheritdoc cref="ReadCsv(string, CsvOptions?)"/>
    public static IEnumerable<Table> ReadCsvBlocks(string path, int rows = 65536, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OutOfRange.ThrowIfLess(rows, 1);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"{path}: blocks are read of files that are not compressed; decompress it first, or read it as a whole ({nameof(ReadCsv)}).", nameof(path));
        return Blocks();

        IEnumerable<Table> Blocks()
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            options ??= new();
            foreach (Table block in new CsvReader(stream, Path.GetFileName(path), options, options.Encoding ?? Encoding.UTF8).Blocks(rows))
                yield return block;
        }
    }

    /// <summary>Reads separated values from where a stream stands to its end.</summary>
    /// <param name="stream">Is read once or twice; what cannot seek is first read into memory.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How it is written; null: with commas, quotes and a header.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">What is in it is not what was stated; the message has name, line, column and
    /// text.</exception>
    public static Table ReadCsv(Stream stream, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new();
        Encoding encoding = options.Encoding ?? Encoding.UTF8;
        if (stream.CanSeek)
            return new CsvReader(stream, name, options, encoding).Read();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        copy.Position = 0;
        return new CsvReader(copy, name, options, encoding).Read();
    }

    /// <summary>Reads separated values from a text.</summary>
    /// <param name="text">The text, with its lines.</param>
    /// <param name="options">How it is written; null: with commas, quotes and a header.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">What is in it is not what was stated; the message has line, column and text.</exception>
    public static Table ParseCsv(string text, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return new CsvReader(stream, "text", options ?? new(), Encoding.UTF8).Read();
    }
}
