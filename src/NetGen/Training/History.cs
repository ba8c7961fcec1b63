namespace NetGen;

/// <summary>What a training gave, epoch by epoch.</summary>
public sealed class History
{
    internal History(IReadOnlyList<EpochResult> epochs, StopReason stopped, int? bestEpoch)
    {
        Epochs = epochs;
        Stopped = stopped;
        BestEpoch = bestEpoch;
    }

    /// <summary>The epochs that were completed, in order.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>Why the training ended.</summary>
    public StopReason Stopped { get; }

    /// <summary>The epoch (1, 2, …) with the best value of the metric that early stopping watched; null without early stopping.</summary>
    public int? BestEpoch { get; }

    /// <summary>The last completed epoch; null if there is none.</summary>
    public EpochResult? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>One line per epoch, and why the training ended.</summary>
    public override string ToString() => string.Join("\n", [.. Epochs, Stopped]);
}
