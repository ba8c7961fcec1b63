namespace NetGen;

/// <summary>
/// The loss and the accuracies of many batches: sums in double, so that it makes no difference how the samples are cut into batches.
/// </summary>
/// <param name="classified">What is classified.</param>
internal struct RunningMean(string[] classified)
{
    private readonly double[] correct = new double[classified.Length];
    private double loss;
    private long count;

    /// <summary>Where the next batch says how much of it is right, before it is added.</summary>
    internal readonly double[] OfBatch { get; } = new double[classified.Length];

    /// <summary>Adds a batch that has said so.</summary>
    internal void Add(in BatchResult batch) => Add(batch, OfBatch);

    internal void Add(in BatchResult batch, ReadOnlySpan<double> right)
    {
        loss += (double)batch.Loss * batch.Count;
        count += batch.Count;
        for (int i = 0; i < correct.Length; i++)
            correct[i] += right[i];
    }

    /// <summary>What it has added.</summary>
    internal readonly RunningSums Sums => new(loss, count, [.. correct]);

    /// <summary>Goes on from there.</summary>
    internal void GoOnFrom(RunningSums sums)
    {
        (loss, count) = (sums.Loss, sums.Count);
        sums.Correct.CopyTo(correct, 0);
    }

    /// <summary>Whether it has added any.</summary>
    internal readonly bool Any => count > 0;

    internal readonly float Loss => (float)(loss / count);

    /// <summary>None before the first batch.</summary>
    internal readonly Accuracies Accuracies => count == 0 || correct.Length == 0 ? Accuracies.None : Accuracies.Of(classified, correct, count);
}
