using static System.FormattableString;

namespace NetGen;

/// <summary>Where one sample is written.</summary>
public readonly ref struct SampleTarget
{
    private readonly SampleBuffer buffer;
    private readonly int index;

    internal SampleTarget(SampleBuffer buffer, int index) => (this.buffer, this.index) = (buffer, index);

    /// <summary>The values of a column of real numbers; they are what an earlier sample has left there.</summary>
    /// <param name="column">The place of the column among <see cref="SampleSource.Columns"/>.</param>
    /// <exception cref="ArgumentException">The column holds labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public Span<float> Floats(int column)
    {
        int length = LengthOf(column, ColumnType.Float);
        return buffer.Floats(column).Slice(index * length, length);
    }

    /// <summary>The values of a column of labels.</summary>
    /// <param name="column">The place of the column among <see cref="SampleSource.Columns"/>.</param>
    /// <exception cref="ArgumentException">The column holds real numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public Span<int> Labels(int column)
    {
        int length = LengthOf(column, ColumnType.Label);
        return buffer.Labels(column).Slice(index * length, length);
    }

    private int LengthOf(int column, ColumnType type)
    {
        ReadOnlySpan<DataColumn> columns = buffer.All.Columns;
        if ((uint)column >= (uint)columns.Length)
            throw OutOfRange.Of(nameof(column), column, Invariant($"A sample has {columns.Length} columns."));
        return columns[column].Type == type
            ? columns[column].Length
            : throw new ArgumentException($"'{columns[column].Name}' does not hold {(type == ColumnType.Float ? "real numbers" : "labels")}.", nameof(column));
    }
}
