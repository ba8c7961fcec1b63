using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Ends the training when it no longer helps. A metric that is NaN or infinite is no improvement, and its epoch never the best.
/// </summary>
/// <example>
/// <code>
/// var stopping = new EarlyStopping(patience: 10) { MinDelta = 1e-4f };
/// network.Fit(train, new FitOptions { Epochs = 100, ValidationFraction = 0.1, EarlyStopping = stopping }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed record EarlyStopping
{
    /// <summary>Waits for a better <paramref name="metric"/>.</summary>
    /// <param name="patience">After how many epochs in a row without one the training ends; at least 1.</param>
    /// <param name="metric">What is watched.</param>
    public EarlyStopping(int patience, Metric metric = Metric.ValidationLoss)
    {
        Patience = patience;
        Metric = metric;
    }

    /// <summary>Waits for a better value of a <see cref="CustomMetric"/>.</summary>
    /// <param name="patience">After how many epochs in a row without one the training ends; at least 1.</param>
    /// <param name="metric">The name of one of <see cref="FitOptions.Metrics"/>.</param>
    public EarlyStopping(int patience, string metric)
        : this(patience, Metric.Custom) => MetricName = metric;

    /// <summary>After how many epochs in a row without improvement the training ends.</summary>
    public int Patience { get; init; }

    /// <summary>What is watched: a loss should fall, an accuracy rise, and a custom metric says which.</summary>
    public Metric Metric { get; init; }

    /// <summary>
    /// Which of <see cref="FitOptions.Metrics"/> is watched, where <see cref="Metric"/> is <see cref="NetGen.Metric.Custom"/>; else null.
    /// </summary>
    public string? MetricName { get; init; }

    /// <summary>Whether what is watched should rise; null: a loss should fall, an accuracy rise, and a custom metric says which.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>
    /// Which accuracy is watched, by what it classifies (<see cref="Accuracies"/>), where the objective has several; null: its only one.
    /// </summary>
    public string? AccuracyOf { get; init; }

    /// <summary>The loss of which objective is watched, by its name, where the network is trained on several; null: its only one.</summary>
    public string? LossOf { get; init; }

    /// <summary>By more than this a value must beat the best so far to be an improvement; at least 0.</summary>
    public float MinDelta { get; init; }

    /// <summary>
    /// The epochs at the beginning that are not looked at: none of them is the best one, and the patience begins after them; at least 0.
    /// </summary>
    public int WarmUp { get; init; }

    /// <summary>
    /// Whether the network ends with the weights of its best epoch. True by default. A training that is canceled keeps
    /// the weights it has. Costs one copy of the weights.
    /// </summary>
    public bool RestoreBestWeights { get; init; } = true;

    internal Watch Watch => new(Metric, MetricName, AccuracyOf, LossOf, HigherIsBetter, MinDelta, "Early stopping");

    internal void Validate()
    {
        if (Patience < 1)
            throw OutOfRange.Of(nameof(Patience), Patience, Invariant($"The patience of early stopping is {Patience}; expected at least 1."));
        if (WarmUp < 0)
            throw OutOfRange.Of(nameof(WarmUp), WarmUp, Invariant($"The warm-up of early stopping is {WarmUp} epochs; expected at least 0."));
        Watch.Validate();
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Patience = {Patience}, Metric = {Metric}, MetricName = {MetricName}, HigherIsBetter = {HigherIsBetter}, AccuracyOf = {AccuracyOf}, LossOf = {LossOf}, "
            + $"MinDelta = {MinDelta}, WarmUp = {WarmUp}, RestoreBestWeights = {RestoreBestWeights}");
        return true;
    }
}
