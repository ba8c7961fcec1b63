using System.Runtime.InteropServices;
using static System.FormattableString;

namespace NetGen;

/// <summary>Some samples in the columns that a network asks for. One batch is filled again and again.</summary>
/// <example>
/// <code>
/// IPredictor predictor = network;
/// var batch = new Batch(predictor.Inputs, capacity: 32);
/// batch.Fill(test, start: 0, count: 32);
/// predictor.PredictBatch(batch, results);
/// </code>
/// </example>
public sealed class Batch
{
    private readonly Column[] columns;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="columns">The columns that the network asks for: <see cref="ITrainable.Columns"/>.</param>
    /// <param name="capacity">The most samples it will hold.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public Batch(ReadOnlySpan<ColumnSpec> columns, int capacity)
    {
        OutOfRange.ThrowIfLess(capacity, 1);
        Capacity = capacity;
        this.columns = new Column[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            this.columns[i].Spec = columns[i];
    }

    /// <summary>The number of samples in it now.</summary>
    public int Count { get; private set; }

    /// <summary>The most samples it can hold.</summary>
    public int Capacity { get; }

    /// <summary>The values of a column of real numbers: <see cref="Count"/> samples.</summary>
    /// <exception cref="ArgumentException">The column holds labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<float> Floats(int column) => Of(column, ColumnType.Float).Floats.Span;

    /// <summary>The values of a column of labels: <see cref="Count"/> samples.</summary>
    /// <exception cref="ArgumentException">The column holds real numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<int> Labels(int column) => Of(column, ColumnType.Label).Labels.Span;

    /// <summary>Takes a run of samples, without a copy.</summary>
    /// <exception cref="ArgumentException">The data set has not the columns of the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches outside the data set or exceeds <see cref="Capacity"/>.</exception>
    public void Fill(Dataset data, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (start < 0 || start > data.Count)
            throw OutOfRange.Of(nameof(start), start, Invariant($"The data set has {data.Count} samples."));
        if (count < 0 || count > data.Count - start)
            throw OutOfRange.Of(nameof(count), count, Invariant($"The data set has {data.Count} samples, {data.Count - start} from sample {start} on."));
        Connect(data, count);
        foreach (ref Column column in columns.AsSpan())
        {
            (int first, int values) = column.Source!.Values(start, count);
            if (column.Spec.LengthsOf is not null)
                column.Labels = column.Source.LengthsMemory.Slice(start, count);
            else if (column.Spec.Type == ColumnType.Float)
                column.Floats = column.Source.Floats.Slice(first, values);
            else
                column.Labels = column.Source.Labels.Slice(first, values);
        }

        Count = count;
    }

    /// <summary>Copies samples in a given order.</summary>
    /// <exception cref="ArgumentException">The data set has not the columns of the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is outside the data set, or there are more than
    /// <see cref="Capacity"/>.</exception>
    public void Fill(Dataset data, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)data.Count)
                throw OutOfRange.Of(
                    nameof(rows), row, Invariant($"There is no row {row}; the data set has {data.Count} samples."));
        }

        Connect(data, rows.Length);
        foreach (ref Column column in columns.AsSpan())
        {
            int values = column.Source!.ValuesOf(rows);
            if (column.Spec.LengthsOf is not null)
            {
                int[] buffer = column.BufferOfLabels(Capacity);
                Rows.Gather(column.Source.Lengths, 1, rows, buffer);
                column.Labels = buffer.AsMemory(0, rows.Length);
            }
            else if (column.Spec.Type == ColumnType.Float)
            {
                float[] buffer = column.BufferOfFloats(Math.Max(values, Capacity * column.Spec.Length));
                column.Source.Gather(column.Source.Floats.Span, rows, buffer);
                column.Floats = buffer.AsMemory(0, values);
            }
            else
            {
                int[] buffer = column.BufferOfLabels(Math.Max(values, Capacity * column.Spec.Length));
                column.Source.Gather(column.Source.Labels.Span, rows, buffer);
                column.Labels = buffer.AsMemory(0, values);
            }
        }

        Count = rows.Length;
    }

    /// <summary>Copies all samples of several data sets, one data set after the other.</summary>
    /// <exception cref="ArgumentException">A data set has not the columns of the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Together they have more samples than <see cref="Capacity"/>.</exception>
    public void Fill(params ReadOnlySpan<Dataset> data)
    {
        long count = 0;
        foreach (Dataset part in data)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(data));
            count += part.Count;
        }

        if (count > Capacity)
            throw OutOfRange.Of(nameof(data), count, Invariant($"The batch holds at most {Capacity} samples."));
        // All of them fit before one is copied: after an error the batch has what it had.
        foreach (Dataset part in data)
            Connect(part, part.Count);
        int[] sizes = new int[columns.Length], at = new int[columns.Length];
        foreach (Dataset part in data)
        {
            Connect(part, part.Count);
            for (int i = 0; i < columns.Length; i++)
                sizes[i] += columns[i].Values(part.Count);
        }

        foreach (Dataset part in data)
        {
            Connect(part, part.Count);
            for (int i = 0; i < columns.Length; i++)
            {
                ref Column column = ref columns[i];
                int room = Math.Max(sizes[i], Capacity * column.Spec.Length);
                if (column.Spec.LengthsOf is not null)
                    column.Source!.Lengths.CopyTo(column.BufferOfLabels(room).AsSpan(at[i]));
                else if (column.Spec.Type == ColumnType.Float)
                    column.Source!.Floats.Span.CopyTo(column.BufferOfFloats(room).AsSpan(at[i]));
                else
                    column.Source!.Labels.Span.CopyTo(column.BufferOfLabels(room).AsSpan(at[i]));
                at[i] += column.Values(part.Count);
            }
        }

        for (int i = 0; i < columns.Length; i++)
        {
            ref Column column = ref columns[i];
            if (column.Spec.Type == ColumnType.Float)
                column.Floats = column.BufferOfFloats(sizes[i]).AsMemory(0, sizes[i]);
            else
                column.Labels = column.BufferOfLabels(sizes[i]).AsMemory(0, sizes[i]);
        }

        Count = (int)count;
    }

    private ref Column Of(int column, ColumnType type)
    {
        if ((uint)column >= (uint)columns.Length)
            throw OutOfRange.Of(nameof(column), column, Invariant($"The batch has {columns.Length} columns."));
        ref Column found = ref columns[column];
        if (found.Spec.Type != type)
            throw new ArgumentException(Invariant($"Column {column} ({found.Spec}) does not hold {(type == ColumnType.Float ? "real numbers" : "labels")}."), nameof(column));
        return ref found;
    }

    /// <summary>Finds the data set's column for each of the batch's; remembered while the data set stays the same.</summary>
    private void Connect(Dataset data, int count)
    {
        if (count > Capacity)
            throw OutOfRange.Of(nameof(count), count, Invariant($"The batch holds at most {Capacity} samples."));
        if (ReferenceEquals(data, connected))
            return;
        if (TryReconnect(data))
            return;
        Span<DataColumn?> sources = new DataColumn?[columns.Length];
        ColumnSpec[] specs = Array.ConvertAll(columns, column => column.Spec);
        ColumnMatch.Find(specs, data, sources!);
        for (int i = 0; i < columns.Length; i++)
            columns[i].Source = sources[i];
        connected = data;
    }

    /// <summary>
    /// A data set that has the columns of the one before at the same places, as the batches of a source have: no search, and no memory.
    /// </summary>
    private bool TryReconnect(Dataset data)
    {
        if (connected is null || connected.Columns.Length != data.Columns.Length)
            return false;
        for (int i = 0; i < data.Columns.Length; i++)
        {
            (DataColumn now, DataColumn before) = (data.Columns[i], connected.Columns[i]);
            if (now.IsSequence || now.Name != before.Name || now.Type != before.Type || now.Length != before.Length)
                return false;
        }

        foreach (ref Column column in columns.AsSpan())
            column.Source = data.Columns[connected.Columns.IndexOf(column.Source!)];
        connected = data;
        return true;
    }

    private Dataset? connected;

    [StructLayout(LayoutKind.Auto)]
    private struct Column
    {
        public ColumnSpec Spec;
        public DataColumn? Source;
        public ReadOnlyMemory<float> Floats;
        public ReadOnlyMemory<int> Labels;
        private float[]? floats;
        private int[]? labels;

        /// <summary>How many values so many samples of the source have.</summary>
        public readonly int Values(int samples) => Spec.LengthsOf is not null ? samples : Source!.Values(0, samples).Count;

        /// <summary>A buffer of so many values at least.</summary>
        public float[] BufferOfFloats(int values) => floats is { } enough && enough.Length >= values ? enough : floats = new float[values];

        /// <inheritdoc cref="BufferOfFloats"/>
        public int[] BufferOfLabels(int values) => labels is { } enough && enough.Length >= values ? enough : labels = new int[values];
    }
}
