namespace NetGen.Metrics;

/// <summary>Counts what a network gets and predicts, and compares it with what it was trained with. For one thread at a time.</summary>
public sealed class DriftWindow
{
    private readonly SampleValues values;
    private readonly Distribution[] distributions;
    private readonly long[][] counts;
    private readonly Action<int, float> count;

    internal DriftWindow(SampleValues values, Distribution[] distributions)
    {
        this.values = values;
        this.distributions = distributions;
        counts = [.. distributions.Select(distribution => new long[distribution.Counts.Length])];
        count = (name, value) => counts[name][distributions[name].Bin(value)]++;
    }

    /// <summary>How many samples have been counted.</summary>
    public int Count { get; private set; }

    /// <summary>Counts the samples of a batch, and what was predicted for them.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="results">The network's <see cref="IPredictor.Output"/> for each of them.</param>
    public void Add(Batch batch, ReadOnlySpan<float> results)
    {
        ArgumentNullException.ThrowIfNull(batch);
        values.Read(batch, results, count);
        Count += batch.Count;
    }

    /// <summary>How far all that has been counted is from the training.</summary>
    public DriftScore[] Scores()
    {
        DriftScore[] scores = new DriftScore[distributions.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = new(values.Names[i], distributions[i].StabilityIndex(counts[i]), distributions[i].KolmogorovSmirnov(counts[i]));
        return scores;
    }

    /// <summary>Forgets what has been counted.</summary>
    public void Clear()
    {
        Count = 0;
        foreach (long[] column in counts)
            Array.Clear(column);
    }
}
