namespace NetGen;

/// <summary>The samples of a data set by their numbers.</summary>
internal sealed class DatasetSource : IndexedSource
{
    private readonly DataColumn[] columns;

    internal DatasetSource(Dataset data)
    {
        Count = data.Count;
        Columns = data.Take(0);
        columns = data.Columns.ToArray();
    }

    public override int Count { get; }

    public override Dataset Columns { get; }

    public override void Load(int sample, SampleTarget target, ref SampleRandom random)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            (int first, int length) = (sample * columns[i].Length, columns[i].Length);
            if (columns[i].Type == ColumnType.Float)
                columns[i].Floats.Span.Slice(first, length).CopyTo(target.Floats(i));
            else
                columns[i].Labels.Span.Slice(first, length).CopyTo(target.Labels(i));
        }
    }
}
