using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Tables from Parquet files, and Parquet files of tables.</summary>
/// <remarks>
/// Integers, floating-point numbers, decimals and booleans (0 and 1) are numbers, dates and timestamps points in time, and strings texts;
/// null and NaN are missing. Other columns (lists, structures, bytes) are errors unless the columns that are wanted are named.
/// <code>
/// Table flights = ParquetTables.Read("flights.parquet", "delay", "distance", "time");
/// </code>
/// </remarks>
public static class ParquetTables
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are wanted, in order; none: all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no Parquet file, or has something that no table has; the message has file and
    /// column.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public static Table Read(string path, params ReadOnlySpan<string> columns)
    {
        string[] wanted = columns.ToArray();
        return Task.Run(() => ReadAsync(path, wanted)).GetAwaiter().GetResult();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are wanted, in order; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static async Task<Table> ReadAsync(string path, IReadOnlyList<string>? columns = null, CancellationToken cancellationToken = default)
    {
        await using ParquetReader reader = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await TableOfAsync(reader, path, columns, 0, reader.RowGroupCount, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a file a row group at a time: files larger than memory, for a <see cref="SampleStream"/>.</summary>
    /// <remarks>
    /// <code>
    /// SampleStream stream = SampleStream.OfParts(count, fitted.Encode(some), files, file =&gt; ParquetTables.ReadBlocks(file).Select(block =&gt; fitted.Encode(block)));
    /// </code>
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are wanted, in order; none: all.</param>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<Table> ReadBlocks(string path, params IReadOnlyList<string> columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadBlocksAsync(path, columns).ToBlockingEnumerable();
    }

    /// <summary>Reads a file a row group at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are wanted, in order; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <inheritdoc cref="Read"/>
    public static async IAsyncEnumerable<Table> ReadBlocksAsync(
        string path, IReadOnlyList<string>? columns = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using ParquetReader reader = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        for (int group = 0; group < reader.RowGroupCount; group++)
            yield return await TableOfAsync(reader, path, columns, group, group + 1, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many rows a file has, by its end alone: what a <see cref="SampleStream"/> asks for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no Parquet file.</exception>
    public static long CountRows(string path) => Task.Run(async () =>
    {
        await using ParquetReader reader = await OpenAsync(path, default).ConfigureAwait(false);
        return Rows(reader, 0, reader.RowGroupCount);
    }).GetAwaiter().GetResult();

    /// <summary>Writes a table as a file of one row group.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The file; it is replaced if it is there.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(Table table, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentException.ThrowIfNullOrEmpty(path);
        TableColumn[] columns = table.Columns.ToArray();
        DataField[] fields = Array.ConvertAll(columns, column => column.Kind switch
        {
            ValueKind.Number => new DataField<double?>(column.Name),
            ValueKind.Date => new DataField<DateTime?>(column.Name),
            _ => (DataField)new DataField<string>(column.Name),
        });
        using MemoryStream bytes = new();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), bytes, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
                await WriteAsync(group, fields[i], columns[i], cancellationToken).ConfigureAwait(false);
        }

        bytes.Position = 0;
        cancellationToken.ThrowIfCancellationRequested();
        ReplacedFile.Write(path, stream => bytes.CopyTo(stream));
    }

    private static async Task WriteAsync(ParquetRowGroupWriter group, DataField field, TableColumn column, CancellationToken cancellation)
    {
        IEnumerable<int> rows = Enumerable.Range(0, column.Count);
        switch (column.Kind)
        {
            case ValueKind.Number:
                double?[] numbers = [.. rows.Select(row => column.IsMissing(row) ? null : (double?)column.Numbers[row])];
                await group.WriteAsync<double>(field, numbers, cancellationToken: cancellation).ConfigureAwait(false);
                break;
            case ValueKind.Date:
                DateTime?[] dates = [.. rows.Select(column.Date)];
                await group.WriteAsync<DateTime>(field, dates, cancellationToken: cancellation).ConfigureAwait(false);
                break;
            default:
                string[] texts = [.. rows.Select(row => column.Text(row)!)];
                await group.WriteAsync(field, texts).ConfigureAwait(false);
                break;
        }
    }

    private static async Task<ParquetReader> OpenAsync(string path, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return await ParquetReader.CreateAsync(file, leaveStreamOpen: false, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw new InvalidDataException($"{path} is no Parquet file, or a damaged one: {exception.Message}", exception);
        }
    }

    private static async Task<Table> TableOfAsync(
        ParquetReader reader, string path, IReadOnlyList<string>? wanted, int from, int to, CancellationToken cancellation)
    {
        DataField[] all = reader.Schema.GetDataFields();
        DataField[] fields = wanted is not { Count: > 0 } ? all : [.. wanted.Select(name => Array.Find(all, field => field.Path.ToString() == name)
            ?? throw new KeyNotFoundException($"{path} has no column '{name}'; it has: {string.Join(", ", (object[])all)}."))];
        int count = (int)Math.Min(Rows(reader, from, to), Array.MaxLength);
        ParquetColumn[] columns = [.. fields.Select(field => ParquetColumn.Of(field, count, path))];
        for (int group = from, row = 0; group < to; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            int inGroup = (int)rows.RowCount;
            if (inGroup > count - row)
                throw new InvalidDataException(Invariant($"{path} has {Rows(reader, from, to)} rows, more than an array can hold. Read it a row group at a time: {nameof(ReadBlocks)}."));
            foreach (ParquetColumn column in columns)
            {
                try
                {
                    await column.ReadAsync(rows, row, inGroup, cancellation).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or InvalidDataException))
                {
                    throw new InvalidDataException($"{path}: the column '{column.Name}' cannot be read: {exception.Message}", exception);
                }
            }

            row += inGroup;
        }

        return Table.FromRows([.. columns.Select(column => column.Done())], Path.GetFileName(path), count);
    }

    private static long Rows(ParquetReader reader, int from, int to)
    {
        long sum = 0;
        for (int group = from; group < to; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            sum += rows.RowCount;
        }

        return sum;
    }
}
