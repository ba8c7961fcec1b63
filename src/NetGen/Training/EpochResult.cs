using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">The epoch: 1, 2, …</param>
/// <param name="Loss">The mean loss over the training samples, each as it was before its step; of several objectives the sum of
/// theirs.</param>
/// <param name="Accuracies">The shares of right answers among them, one for each classification that the objective is made of.</param>
/// <param name="ValidationLoss">The mean loss over the validation data after the epoch, of several objectives the sum of theirs; null
/// without any.</param>
/// <param name="ValidationAccuracies">The shares of right answers in the validation data; none without any.</param>
/// <param name="Seconds">The time of the epoch, validation included.</param>
public sealed record EpochResult(int Epoch, float Loss, Accuracies Accuracies, float? ValidationLoss, Accuracies ValidationAccuracies, double Seconds)
{
    /// <summary>The share of right answers, where the objective is made of one classification; else null.</summary>
    public float? Accuracy => Accuracies.Only;

    /// <summary>The share of right answers in the validation data, where the objective is made of one classification; else null.</summary>
    public float? ValidationAccuracy => ValidationAccuracies.Only;

    /// <summary>
    /// The mean loss of each of several objectives by its name, NaN of one that had no step; none where there is one objective.
    /// </summary>
    public MetricValues Losses { get; init; } = MetricValues.None;

    /// <summary>
    /// The mean loss of each of several objectives over the validation data; none where there is one objective, and without any.
    /// </summary>
    public MetricValues ValidationLosses { get; init; } = MetricValues.None;

    /// <summary>What <see cref="FitOptions.Metrics"/> gave for the validation data.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.None;

    /// <summary>
    /// Whether the training ended inside of the epoch: its loss and accuracy are over the samples until then, with those of a step whose
    /// loss was not finite, and it was not validated.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>For example <c>epoch 3: loss 0.1234, accuracy 0.9712, val_loss 0.1301, val_accuracy 0.9689 (2.1 s)</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"epoch {Epoch}{(IsPartial ? " (partial)" : "")}: loss {Loss:G4}");
        Losses.AppendTo(text);
        Accuracies.AppendTo(text, "");
        if (ValidationLoss is { } validationLoss)
            text.Append(CultureInfo.InvariantCulture, $", val_loss {validationLoss:G4}");
        ValidationLosses.AppendTo(text, "val_");
        ValidationAccuracies.AppendTo(text, "val_");
        Metrics.AppendTo(text);
        return text.Append(CultureInfo.InvariantCulture, $" ({Seconds:F1} s)").ToString();
    }
}
