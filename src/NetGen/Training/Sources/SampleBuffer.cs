namespace NetGen;

/// <summary>Memory for some samples in columns, to be written again and again.</summary>
internal sealed class SampleBuffer
{
    private readonly float[][] floats;
    private readonly int[][] labels;
    private Dataset? part;

    /// <param name="columns">Names, types and shapes.</param>
    /// <param name="capacity">Of how many samples.</param>
    /// <exception cref="NotSupportedException">A column is of sequences, whose length is not known before.</exception>
    internal SampleBuffer(Dataset columns, int capacity)
    {
        Capacity = capacity;
        DataColumn[] own = columns.Columns.ToArray();
        if (Array.Find(own, column => column.IsSequence) is { } sequences)
            throw new NotSupportedException($"'{sequences.Name}' has sequences of any length; a source that is read by number has samples of one shape. Keep sequences in a {nameof(Dataset)}.");
        floats = Array.ConvertAll(own, column => column.Type == ColumnType.Float ? new float[checked(capacity * column.Length)] : []);
        labels = Array.ConvertAll(own, column => column.Type == ColumnType.Label ? new int[checked(capacity * column.Length)] : []);
        All = new([.. own.Select((column, i) => column.Type == ColumnType.Float
            ? new DataColumn(column.Name, floats[i], column.Shape)
            : new DataColumn(column.Name, labels[i], column.Shape))]);
    }

    internal int Capacity { get; }

    /// <summary>As many samples as there is room for.</summary>
    internal Dataset All { get; }

    /// <summary>The first samples.</summary>
    internal Dataset Take(int count) => count == Capacity ? All : part is { } known && known.Count == count ? known : part = All.Take(count);

    internal Span<float> Floats(int column) => floats[column];

    internal Span<int> Labels(int column) => labels[column];

    internal SampleTarget At(int index) => new(this, index);
}
