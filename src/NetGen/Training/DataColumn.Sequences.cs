using static System.FormattableString;

namespace NetGen;

/// <summary>Columns of sequences of any length, for parameters with a <see cref="SequenceAttribute"/>.</summary>
/// <example>
/// <code>
/// var data = new Dataset(
///     new DataColumn("image", images, 28, 28, 1),
///     new DataColumn("label", labels),
///     DataColumn.Sequences("tokens", documents));               // int[] of any length each
/// </code>
/// </example>
public sealed partial class DataColumn
{
    /// <summary>Where each sequence begins among all steps, and behind the last one the end; none where samples are no sequences.</summary>
    private readonly int[] starts = [];

    private readonly int[] lengths = [];

    private DataColumn(string name, ReadOnlyMemory<float> floats, ReadOnlyMemory<int> labels, ColumnType type, int[] lengths,
        ReadOnlySpan<int> shape)
        : this(name, type, shape, type == ColumnType.Float ? floats.Length : labels.Length)
    {
        (Floats, Labels, this.lengths) = (floats, labels, lengths);
        starts = new int[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1)
                throw new ArgumentException(Invariant($"Sequence {i} of '{name}' has {lengths[i]} steps; a sequence has at least one."),
                    nameof(lengths));
            starts[i + 1] = checked(starts[i] + lengths[i]);
        }

        if (starts[^1] != Count)
            throw new ArgumentException(Invariant($"The {lengths.Length} lengths of '{name}' are {starts[^1]} steps together; it has {Count}."), nameof(lengths));
        Count = lengths.Length;
    }

    /// <summary>A column of sequences of real numbers. The memory is used in place.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="values">The values of all steps of all sequences, one sequence after the other.</param>
    /// <param name="lengths">The steps of each sequence.</param>
    /// <param name="shape">The shape of one step; none for a single number.</param>
    /// <exception cref="ArgumentException">The lengths are not as many steps as there are values, or one is below 1.</exception>
    public static DataColumn Sequences(string name, ReadOnlyMemory<float> values, ReadOnlySpan<int> lengths,
        params ReadOnlySpan<int> shape) =>
        new(name, values, default, ColumnType.Float, lengths.ToArray(), shape);

    /// <summary>A column of sequences of labels or indices. The memory is used in place.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="values">The values of all steps of all sequences, one sequence after the other.</param>
    /// <param name="lengths">The steps of each sequence.</param>
    /// <param name="shape">The shape of one step; none for a single label.</param>
    /// <exception cref="ArgumentException">The lengths are not as many steps as there are values, or one is below 1.</exception>
    public static DataColumn Sequences(string name, ReadOnlyMemory<int> values, ReadOnlySpan<int> lengths,
        params ReadOnlySpan<int> shape) =>
        new(name, default, values, ColumnType.Label, lengths.ToArray(), shape);

    /// <summary>A column of sequences of labels or indices, an array for each: texts by their tokens. They are copied.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="samples">The sequences, each of one step at least.</param>
    /// <exception cref="ArgumentException">A sequence is empty.</exception>
    public static DataColumn Sequences(string name, IReadOnlyList<int[]> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Sequences(name, (ReadOnlyMemory<int>)samples.SelectMany(sample => sample).ToArray(), samples.Select(sample =>
            sample.Length).ToArray());
    }

    /// <summary>A column of sequences of real numbers, an array for each. They are copied.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="samples">The sequences, each of one step at least.</param>
    /// <param name="shape">The shape of one step; none for a single number.</param>
    /// <exception cref="ArgumentException">A sequence is empty, or not a whole number of steps.</exception>
    public static DataColumn Sequences(string name, IReadOnlyList<float[]> samples, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int length = TensorShape.Length(shape, name);
        int[] steps = new int[samples.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            if (length == 0 || samples[i].Length % length != 0)
                throw new ArgumentException(Invariant($"Sequence {i} of '{name}' has {samples[i].Length} values; expected a multiple of {length} ({TensorShape.Format(shape)} per step)."), nameof(samples));
            steps[i] = samples[i].Length / length;
        }

        return Sequences(name, (ReadOnlyMemory<float>)samples.SelectMany(sample => sample).ToArray(), steps, shape);
    }

    /// <summary>Whether a sample is a sequence of steps.</summary>
    public bool IsSequence => starts.Length > 0;

    /// <summary>The steps of each sequence; empty where samples are no sequences.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>The same as memory.</summary>
    internal ReadOnlyMemory<int> LengthsMemory => lengths;

    /// <summary>Where the values of some samples are: their first, and how many.</summary>
    internal (int Start, int Count) Values(int start, int count) =>
        IsSequence ? (starts[start] * Length, (starts[start + count] - starts[start]) * Length) : (start * Length, count * Length);

    /// <summary>The sample that a value belongs to, and of which of its steps it is.</summary>
    internal (int Sample, int Step) Place(int value)
    {
        if (!IsSequence)
            return (value / Length, 0);
        int step = value / Length, found = Array.BinarySearch(starts, step);
        int sample = found >= 0 ? found : ~found - 1;
        return (sample, step - starts[sample]);
    }

    /// <summary>Copies the values of some samples; there is room for them.</summary>
    internal void Gather<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, Span<T> target)
    {
        if (!IsSequence)
        {
            Rows.Gather(source, Length, rows, target);
            return;
        }

        foreach (int row in rows)
        {
            (int start, int count) = Values(row, 1);
            source.Slice(start, count).CopyTo(target);
            target = target[count..];
        }
    }

    /// <summary>How many values some samples have.</summary>
    internal int ValuesOf(ReadOnlySpan<int> rows)
    {
        if (!IsSequence)
            return rows.Length * Length;
        int sum = 0;
        foreach (int row in rows)
            sum = checked(sum + lengths[row] * Length);
        return sum;
    }

    private DataColumn SliceSequences(int start, int count)
    {
        (int first, int values) = Values(start, count);
        return Type == ColumnType.Float
            ? Sequences(Name, Floats.Slice(first, values), lengths.AsSpan(start, count), shape)
            : Sequences(Name, Labels.Slice(first, values), lengths.AsSpan(start, count), shape);
    }

    private DataColumn GatherSequences(ReadOnlySpan<int> rows)
    {
        int[] chosen = new int[rows.Length];
        Rows.Gather<int>(lengths, 1, rows, chosen);
        if (Type == ColumnType.Float)
        {
            float[] floats = new float[ValuesOf(rows)];
            Gather(Floats.Span, rows, floats);
            return Sequences(Name, (ReadOnlyMemory<float>)floats, chosen, shape);
        }

        int[] labels = new int[ValuesOf(rows)];
        Gather(Labels.Span, rows, labels);
        return Sequences(Name, (ReadOnlyMemory<int>)labels, chosen, shape);
    }
}
