using System.Globalization;

namespace NetGen;

/// <summary>How good a network is on some data.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The share of right answers; null if the objective knows none.</param>
public readonly record struct Evaluation(float Loss, float? Accuracy)
{
    /// <summary>For example <c>loss 0.1301, accuracy 0.9689</c>.</summary>
    public override string ToString() => Accuracy is { } accuracy
        ? string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G4}, accuracy {accuracy:F4}")
        : string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G4}");
}
