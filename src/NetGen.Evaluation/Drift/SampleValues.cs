using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>
/// The numbers of a sample whose distribution is watched: each value of an input or of the result; where these are many, as in an image,
/// their mean and standard deviation.
/// </summary>
internal sealed class SampleValues
{
    /// <summary>More values than these of one input are not watched one by one.</summary>
    private const int MostValues = 64;

    private readonly ColumnSpec[] columns;

    public SampleValues(IPredictor network)
    {
        columns = [.. network.Inputs, network.Output];
        Names = [.. columns.Select((column, i) => (column, Name: i < columns.Length - 1 ? column.Name : "prediction")).SelectMany(Parts)];
    }

    public string[] Names { get; }

    /// <summary>Hands over each number of each sample, with the place of its name.</summary>
    public void Read(Batch batch, ReadOnlySpan<float> results, Action<int, float> take)
    {
        for (int sample = 0; sample < batch.Count; sample++)
        {
            int name = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                int length = columns[i].Length;
                if (columns[i].Type == ColumnType.Label)
                {
                    foreach (int label in batch.Labels(i).Slice(sample * length, length)[..Math.Min(length, MostValues)])
                        take(name++, label);
                    continue;
                }

                ReadOnlySpan<float> values = (i < columns.Length - 1 ? batch.Floats(i) : results).Slice(sample * length, length);
                if (length <= MostValues)
                {
                    foreach (float value in values)
                        take(name++, value);
                    continue;
                }

                (float mean, float deviation) = Moments(values);
                take(name++, mean);
                take(name++, deviation);
            }
        }
    }

    private static IEnumerable<string> Parts((ColumnSpec Column, string Name) part) => (part.Column.Length, part.Column.Type) switch
    {
        (1, _) => [part.Name],
        ( > MostValues, ColumnType.Float) => [$"{part.Name}, mean", $"{part.Name}, standard deviation"],
        (var length, _) => Enumerable.Range(0, Math.Min(length, MostValues)).Select(i => Invariant($"{part.Name}[{i}]")),
    };

    private static (float Mean, float Deviation) Moments(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / values.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))));
    }
}
