using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>How good a network is on some data.</summary>
/// <param name="Loss">The mean loss; of several objectives the sum of theirs.</param>
/// <param name="Accuracies">The shares of right answers, one for each classification that the objective is made of; none if it knows no
/// right and wrong.</param>
public readonly record struct Evaluation(float Loss, Accuracies Accuracies)
{
    /// <summary>
    /// The share of right answers, where the objective is made of one classification; null where it is of none, or of several
    /// (<see cref="Accuracies"/>).
    /// </summary>
    public float? Accuracy => Accuracies?.Only;

    /// <summary>The mean loss of each of several objectives by its name; none where there is one objective.</summary>
    public MetricValues Losses { get; init; } = MetricValues.None;

    /// <summary>What the metrics gave that were asked for.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.None;

    /// <summary>For example <c>loss 0.1301, accuracy 0.9689</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"loss {Loss:G4}");
        Losses?.AppendTo(text);
        Accuracies?.AppendTo(text, "");
        Metrics?.AppendTo(text);
        return text.ToString();
    }
}
