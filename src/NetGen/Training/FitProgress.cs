using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What a training is doing when it reports.</summary>
public enum FitPhase
{
    /// <summary>It makes steps.</summary>
    Training,

    /// <summary>It computes the loss of the validation data.</summary>
    Validation,

    /// <summary>An epoch is over; reported once for each.</summary>
    EpochEnd,

    /// <summary>The training is over, for whatever reason; reported once.</summary>
    End,
}

/// <summary>Where a training stands.</summary>
public readonly record struct FitProgress
{
    /// <summary>What is being done.</summary>
    public FitPhase Phase { get; init; }

    /// <summary>The epoch: 1, 2, … <see cref="Epochs"/>.</summary>
    public int Epoch { get; init; }

    /// <summary>The number of epochs asked for.</summary>
    public int Epochs { get; init; }

    /// <summary>The batches done: of the validation in that phase, of the epoch's training otherwise.</summary>
    public int Batch { get; init; }

    /// <summary>The number of batches there will be.</summary>
    public int Batches { get; init; }

    /// <summary>The mean loss of the epoch so far, of several objectives the sum of theirs; NaN before the first batch.</summary>
    public float Loss { get; init; }

    /// <summary>The mean loss of each of several objectives in the epoch so far; none where there is one objective.</summary>
    public MetricValues Losses { get => field ?? MetricValues.None; init => field = value.Count > 0 ? value : null; }

    /// <summary>
    /// The shares of right answers in the epoch so far, one for each classification that the objective is made of; none before the first
    /// batch.
    /// </summary>
    public Accuracies Accuracies { get => field ?? Accuracies.None; init; }

    /// <summary>The share of right answers in the epoch so far, where the objective is made of one classification; else null.</summary>
    public float? Accuracy => Accuracies.Only;

    /// <summary>The validation loss, at the end of an epoch that was validated.</summary>
    public float? ValidationLoss { get; init; }

    /// <summary>The validation loss of each of several objectives, at the end of an epoch that was validated.</summary>
    public MetricValues ValidationLosses { get => field ?? MetricValues.None; init => field = value.Count > 0 ? value : null; }

    /// <summary>The shares of right answers in the validation, at the end of an epoch that was validated.</summary>
    public Accuracies ValidationAccuracies { get => field ?? Accuracies.None; init; }

    /// <summary>
    /// The share of right answers in the validation, at the end of an epoch that was validated, where there is one classification; else
    /// null.
    /// </summary>
    public float? ValidationAccuracy => ValidationAccuracies.Only;

    /// <summary>What <see cref="FitOptions.Metrics"/> gave, at the end of an epoch.</summary>
    public MetricValues Metrics { get => field ?? MetricValues.None; init => field = value.Count > 0 ? value : null; }

    /// <summary>The time since the epoch began; at <see cref="FitPhase.End"/>, since the training began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why the training is over; null before <see cref="FitPhase.End"/>.</summary>
    public StopReason? Stopped { get; init; }

    /// <summary>What broke and what usually helps, where <see cref="Stopped"/> says that numbers were not finite; null otherwise.</summary>
    public string? Advice { get; init; }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Phase = {Phase}, Epoch = {Epoch}, Epochs = {Epochs}, Batch = {Batch}, Batches = {Batches}, "
            + $"Loss = {Loss}, Losses = {Losses}, Accuracies = {Accuracies}, Accuracy = {Accuracy}, ValidationLoss = {ValidationLoss}, ValidationLosses = {ValidationLosses}, "
            + $"ValidationAccuracies = {ValidationAccuracies}, ValidationAccuracy = {ValidationAccuracy}, Metrics = {Metrics}, Elapsed = {Elapsed}, Stopped = {Stopped}, Advice = {Advice}");
        return true;
    }
}
