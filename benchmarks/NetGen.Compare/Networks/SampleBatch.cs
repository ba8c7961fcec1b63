namespace Comparison;

/// <summary>The samples that all sides compute with.</summary>
internal sealed class SampleBatch
{
    private const int Classes = 10;

    public SampleBatch(Architecture architecture, int count)
    {
        Count = count;
        var random = new Random(7);
        Inputs = Fill(count * architecture.Input.Length, () => random.NextSingle());
        Labels = Fill(count, () => random.Next(Classes));
        Targets = Fill(count, () => (float)random.Next(2));
        Outputs = new float[count * architecture.Outputs];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Numbers from 0 to 1, channels last.</summary>
    public float[] Inputs { get; }

    /// <summary>A class for each sample.</summary>
    public int[] Labels { get; }

    /// <summary>0 or 1 for each sample.</summary>
    public float[] Targets { get; }

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
