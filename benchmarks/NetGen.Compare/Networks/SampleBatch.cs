namespace Comparison;

/// <summary>How many numbers a sample has, of each kind.</summary>
/// <param name="Inputs">Numbers that are read.</param>
/// <param name="Outputs">Numbers that come out.</param>
/// <param name="Classes">Labels are below.</param>
/// <param name="Labels">Labels.</param>
/// <param name="Targets">Numbers, 0 or 1, that shall come out.</param>
/// <param name="Indices">Indices that are read.</param>
/// <param name="Vocabulary">They are below.</param>
/// <param name="Shortest">Of sequences: the fewest steps; 0 where all samples are alike.</param>
/// <param name="Longest">The most steps.</param>
internal sealed record BatchShape(
    int Inputs, int Outputs, int Classes = 10, int Labels = 1, int Targets = 1, int Indices = 0, int Vocabulary = 1, int Shortest = 0, int Longest = 0);

/// <summary>The samples that all sides compute with.</summary>
internal sealed class SampleBatch
{
    /// <summary>Samples for a chain of layers.</summary>
    public SampleBatch(Architecture architecture, int count)
        : this(new BatchShape(architecture.Input.Length, architecture.Outputs), count)
    {
    }

    /// <summary>Samples of any kind; where they are sequences the shape is that of a step.</summary>
    public SampleBatch(BatchShape shape, int count)
    {
        Count = count;
        var random = new Random(7);
        // All lengths from the shortest to the longest, and as many steps whatever the seed.
        Lengths = shape.Longest == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => shape.Shortest + (i * (shape.Longest - shape.Shortest) / Math.Max(1, count - 1)))];
        random.Shuffle(Lengths);
        var rows = shape.Longest == 0 ? count : Lengths.Sum();
        Inputs = Fill(rows * shape.Inputs, () => random.NextSingle());
        Labels = Fill(count * shape.Labels, () => random.Next(shape.Classes));
        Targets = Fill(count * shape.Targets, () => (float)random.Next(2));
        Indices = Fill(rows * shape.Indices, () => random.Next(shape.Vocabulary));
        Outputs = new float[count * shape.Outputs];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Steps of each sample, where they are sequences.</summary>
    public int[] Lengths { get; }

    /// <summary>Numbers from 0 to 1, channels last.</summary>
    public float[] Inputs { get; }

    /// <summary>Classes for each sample.</summary>
    public int[] Labels { get; }

    /// <summary>0 or 1.</summary>
    public float[] Targets { get; }

    /// <summary>Tokens, users, items.</summary>
    public int[] Indices { get; }

    /// <summary>Where NetGen's predictions go.</summary>
    public float[] Outputs { get; }

    private static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = next();
        }
        return values;
    }
}
