using static System.FormattableString;

namespace NetGen;

/// <summary>One column of a data set: the same kind of value for every sample, one sample after the other.</summary>
public sealed partial class DataColumn
{
    private readonly int[] shape;

    private DataColumn(string name, ColumnType type, ReadOnlySpan<int> shape, int values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.shape = shape.ToArray();
        Name = name;
        Type = type;
        Length = TensorShape.Length(shape, name);
        if (Length == 0)
            throw new ArgumentException($"'{name}' has the shape {TensorShape.Format(shape)}, which is no value per sample.", nameof(shape));
        if (values % Length != 0)
            throw new ArgumentException(Invariant($"'{name}' has {values} values; expected a multiple of {Length} ({TensorShape.Format(shape)} per sample)."), nameof(values));
        Count = values / Length;
    }

    /// <summary>A column of real numbers. The memory is used in place.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="values">The values of all samples, one sample after the other.</param>
    /// <param name="shape">The shape of one sample; none for a single number.</param>
    /// <exception cref="ArgumentException">The number of values is not a multiple of the values in one sample.</exception>
    public DataColumn(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape)
        : this(name, ColumnType.Float, shape, values.Length) => Floats = values;

    /// <summary>A column of labels or indices. The memory is used in place.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="labels">The labels of all samples, one sample after the other.</param>
    /// <param name="shape">The shape of one sample; none for a single label.</param>
    /// <exception cref="ArgumentException">The number of labels is not a multiple of the labels in one sample.</exception>
    public DataColumn(string name, ReadOnlyMemory<int> labels, params ReadOnlySpan<int> shape)
        : this(name, ColumnType.Label, shape, labels.Length) => Labels = labels;

    /// <inheritdoc cref="DataColumn(string, ReadOnlyMemory{float}, ReadOnlySpan{int})"/>
    public DataColumn(string name, float[] values, params ReadOnlySpan<int> shape)
        : this(name, (values ?? throw new ArgumentNullException(nameof(values))).AsMemory(), shape)
    {
    }

    /// <inheritdoc cref="DataColumn(string, ReadOnlyMemory{int}, ReadOnlySpan{int})"/>
    public DataColumn(string name, int[] labels, params ReadOnlySpan<int> shape)
        : this(name, (labels ?? throw new ArgumentNullException(nameof(labels))).AsMemory(), shape)
    {
    }

    /// <summary>A column of real numbers in double precision, each rounded to the nearest float.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="values">The values of all samples, one sample after the other.</param>
    /// <param name="shape">The shape of one sample; none for a single number.</param>
    /// <exception cref="ArgumentException">The number of values is not a multiple of the values in one sample, or a finite value is too large for a float.</exception>
    public static DataColumn Of(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        float[] rounded = new float[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = (float)values[i];
            if (float.IsInfinity(rounded[i]) && double.IsFinite(values[i]))
                throw new ArgumentException(Invariant($"'{name}' has {values[i]} at {i}, which is too large for a 32-bit number."), nameof(values));
        }

        return new(name, rounded, shape);
    }

    /// <summary>A column of vectors, one array for each sample. They are copied.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="samples">The samples, all of the same length.</param>
    /// <exception cref="ArgumentException">There is no sample, one is empty, or they differ in length.</exception>
    public static DataColumn Of(string name, IReadOnlyList<float[]> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0)
            throw new ArgumentException($"'{name}' has no sample, so that the length of one is not known.", nameof(samples));
        int length = samples[0].Length;
        float[] values = new float[checked(samples.Count * length)];
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples[i].Length != length)
                throw new ArgumentException(Invariant($"Sample {i} of '{name}' has {samples[i].Length} values; sample 0 has {length}."), nameof(samples));
            samples[i].CopyTo(values, i * length);
        }

        return new(name, values, length);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Real numbers or labels.</summary>
    public ColumnType Type { get; }

    /// <summary>The shape of one sample; of sequences of one step.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The number of values per sample; of sequences per step.</summary>
    public int Length { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The values of a <see cref="ColumnType.Float"/> column; empty for labels.</summary>
    public ReadOnlyMemory<float> Floats { get; }

    /// <summary>The values of a <see cref="ColumnType.Label"/> column; empty for real numbers.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>For example <c>image: Float [28, 28, 1]</c>.</summary>
    public override string ToString() => $"{Name}: {Type} {TensorShape.Format(shape)}{(IsSequence ? " per step" : "")}";

    /// <summary>A run of samples, without a copy.</summary>
    internal DataColumn Slice(int start, int count)
    {
        if (IsSequence)
            return SliceSequences(start, count);
        return Type == ColumnType.Float
            ? new(Name, Floats.Slice(start * Length, count * Length), shape)
            : new(Name, Labels.Slice(start * Length, count * Length), shape);
    }

    /// <summary>A copy of some samples in a given order.</summary>
    internal DataColumn Gather(ReadOnlySpan<int> rows)
    {
        if (IsSequence)
            return GatherSequences(rows);
        if (Type == ColumnType.Float)
        {
            float[] floats = new float[rows.Length * Length];
            Rows.Gather(Floats.Span, Length, rows, floats);
            return new(Name, floats, shape);
        }

        int[] labels = new int[rows.Length * Length];
        Rows.Gather(Labels.Span, Length, rows, labels);
        return new(Name, labels, shape);
    }
}
