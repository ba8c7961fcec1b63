namespace NetGen;

/// <summary>What a training gave, epoch by epoch.</summary>
public sealed class History
{
    internal History(IReadOnlyList<EpochResult> epochs, StopReason stopped, int? bestEpoch, int? restoredEpoch, string? advice)
    {
        Epochs = epochs;
        Stopped = stopped;
        BestEpoch = bestEpoch;
        RestoredEpoch = restoredEpoch;
        Advice = advice;
    }

    /// <summary>The epochs in order. Where the training ended inside of one, that is the last of them (<see cref="EpochResult.IsPartial"/>), if it made a step.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>Why the training ended.</summary>
    public StopReason Stopped { get; }

    /// <summary>
    /// The epoch (1, 2, …) with the best value of the metric that early stopping watched; null without early stopping, and where that value was never finite.
    /// </summary>
    public int? BestEpoch { get; }

    /// <summary>
    /// The epoch whose weights the network has got back (0: those from before the training): the best one, where early stopping restores it, or the last that
    /// was kept before numbers broke. Null: the network has the weights of its last step. Either way they are finite.
    /// </summary>
    public int? RestoredEpoch { get; }

    /// <summary>What broke and what usually helps, where <see cref="Stopped"/> says that numbers were not finite; null otherwise.</summary>
    public string? Advice { get; }

    /// <summary>The last epoch, partial or not; null if no step was made.</summary>
    public EpochResult? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>One line per epoch, why the training ended, and the advice if there is any.</summary>
    public override string ToString() => string.Join("\n", Advice is null ? [.. Epochs, Stopped] : [.. Epochs, Stopped, Advice]);
}
