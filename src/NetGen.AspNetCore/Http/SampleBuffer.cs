using static System.FormattableString;

namespace NetGen.AspNetCore.Http;

/// <summary>The numbers of an input as they are read.</summary>
internal sealed class SampleBuffer(ColumnSpec input)
{
    private float[] floats = input.Type == ColumnType.Float ? new float[input.Length] : [];
    private int[] labels = input.Type == ColumnType.Label ? new int[input.Length] : [];
    private int count;

    public ColumnSpec Input => input;

    /// <summary>How many samples have begun.</summary>
    public int Samples { get; private set; }

    public void BeginSample() => Samples++;

    public void Add(float value)
    {
        CheckRoom();
        if (count == floats.Length)
            Array.Resize(ref floats, Grown());
        floats[count++] = value;
    }

    public void Add(int label)
    {
        CheckRoom();
        if (count == labels.Length)
            Array.Resize(ref labels, Grown());
        labels[count++] = label;
    }

    /// <exception cref="InvalidSamplesException">The sample that has ended has too few numbers.</exception>
    public void CheckWhole()
    {
        if (count < Samples * input.Length)
            throw Fault(Invariant($"has {count - (Samples - 1) * input.Length} numbers where {input.Length} are asked for"));
    }

    public DataColumn ToColumn() => input.Type == ColumnType.Float
        ? new(input.Name, floats.AsMemory(0, count), input.Shape)
        : new(input.Name, labels.AsMemory(0, count), input.Shape);

    /// <summary>What is wrong with the sample that is being read.</summary>
    public InvalidSamplesException Fault(string what) =>
        new(Invariant($"Sample {Samples - 1} of '{input.Name}' {what}; a sample is {input}."));

    private void CheckRoom()
    {
        if (count == Samples * input.Length)
            throw Fault(Invariant($"has more than {input.Length} numbers"));
    }

    private int Grown() => checked((int)Math.Min(2L * Math.Max(count, input.Length), Array.MaxLength));
}
