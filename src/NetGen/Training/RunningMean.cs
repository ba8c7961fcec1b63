namespace NetGen;

/// <summary>The loss and accuracy of many batches: means in which each batch weighs as much as it has samples.</summary>
internal struct RunningMean
{
    private double loss;
    private long correct;
    private long count;
    private bool withoutAccuracy;

    internal void Add(in BatchResult batch)
    {
        loss += (double)batch.Loss * batch.Count;
        count += batch.Count;
        if (batch.Correct < 0)
            withoutAccuracy = true;
        else
            correct += batch.Correct;
    }

    internal readonly float Loss => (float)(loss / count);

    internal readonly float? Accuracy => withoutAccuracy || count == 0 ? null : (float)((double)correct / count);
}
