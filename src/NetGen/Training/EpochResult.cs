using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">The epoch: 1, 2, …</param>
/// <param name="Loss">The mean loss over the training samples, each as it was before its step.</param>
/// <param name="Accuracy">The share of right answers among them; null if the objective knows none.</param>
/// <param name="ValidationLoss">The mean loss over the validation data after the epoch; null without any.</param>
/// <param name="ValidationAccuracy">The share of right answers in the validation data; null without any.</param>
/// <param name="Seconds">The time of the epoch, validation included.</param>
public sealed record EpochResult(int Epoch, float Loss, float? Accuracy, float? ValidationLoss, float? ValidationAccuracy, double Seconds)
{
    /// <summary>
    /// Whether the training ended inside of the epoch: its loss and accuracy are over the samples until then, with those of a step whose loss was not finite, and
    /// it was not validated.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>For example <c>epoch 3: loss 0.1234, accuracy 0.9712, val_loss 0.1301, val_accuracy 0.9689 (2.1 s)</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"epoch {Epoch}{(IsPartial ? " (partial)" : "")}: loss {Loss:G4}");
        if (Accuracy is { } accuracy)
            text.Append(CultureInfo.InvariantCulture, $", accuracy {accuracy:F4}");
        if (ValidationLoss is { } validationLoss)
            text.Append(CultureInfo.InvariantCulture, $", val_loss {validationLoss:G4}");
        if (ValidationAccuracy is { } validationAccuracy)
            text.Append(CultureInfo.InvariantCulture, $", val_accuracy {validationAccuracy:F4}");
        return text.Append(CultureInfo.InvariantCulture, $" ({Seconds:F1} s)").ToString();
    }
}
