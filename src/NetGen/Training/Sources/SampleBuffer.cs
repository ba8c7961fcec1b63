namespace NetGen;

/// <summary>Memory for some samples in columns, to be written again and again.</summary>
internal sealed class SampleBuffer : IDisposable
{
    private readonly Memory<float>[] floats;
    private readonly Memory<int>[] labels;

    /// <summary>What a device has given.</summary>
    private readonly List<IDisposable> owned = [];

    private Dataset? part;

    /// <param name="columns">Names, types and shapes.</param>
    /// <param name="capacity">Of how many samples.</param>
    /// <param name="device">What the samples are for: it may have memory that it copies from by itself; null: nothing.</param>
    /// <exception cref="NotSupportedException">A column is of sequences, whose length is not known before.</exception>
    internal SampleBuffer(Dataset columns, int capacity, Device? device = null)
    {
        Capacity = capacity;
        DataColumn[] own = columns.Columns.ToArray();
        if (Array.Find(own, column => column.IsSequence) is { } sequences)
            throw new NotSupportedException($"'{sequences.Name}' has sequences of any length; a source that is read by number has samples of one shape. Keep sequences in a {nameof(Dataset)}.");
        try
        {
            floats = Array.ConvertAll(own, column => column.Type == ColumnType.Float ? Allocate<float>(device, checked(capacity * column.Length)) : default);
            labels = Array.ConvertAll(own, column => column.Type == ColumnType.Label ? Allocate<int>(device, checked(capacity * column.Length)) : default);
        }
        catch
        {
            Dispose();
            throw;
        }

        All = new([.. own.Select((column, i) => column.Type == ColumnType.Float
            ? new DataColumn(column.Name, floats[i], column.Shape)
            : new DataColumn(column.Name, labels[i], column.Shape))]);
    }

    internal int Capacity { get; }

    /// <summary>As many samples as there is room for.</summary>
    internal Dataset All { get; }

    /// <summary>The first samples.</summary>
    internal Dataset Take(int count) => count == Capacity ? All : part is { } known && known.Count == count ? known : part = All.Take(count);

    internal Span<float> Floats(int column) => floats[column].Span;

    internal Span<int> Labels(int column) => labels[column].Span;

    internal SampleTarget At(int index) => new(this, index);

    /// <summary>Gives a device its memory back.</summary>
    public void Dispose()
    {
        foreach (IDisposable memory in owned)
            memory.Dispose();
        owned.Clear();
    }

    private Memory<T> Allocate<T>(Device? device, int count)
        where T : unmanaged
    {
        if (count == 0 || device?.HostMemory<T>(count) is not { } memory)
            return new T[count];
        owned.Add(memory);
        return memory.Memory;
    }
}
