using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Makes the learning rate smaller when a metric does not get better any more (<c>ReduceLROnPlateau</c>); multiplies what a
/// <see cref="Schedule"/> says.
/// </summary>
/// <example>
/// <code>
/// var plateau = new ReduceOnPlateau(patience: 3) { Factor = 0.5 };
/// network.Fit(train, new FitOptions { Epochs = 100, ValidationFraction = 0.1, ReduceOnPlateau = plateau }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed record ReduceOnPlateau
{
    /// <summary>Waits for a better <paramref name="metric"/>.</summary>
    /// <param name="patience">After how many epochs in a row without one the rate is made smaller; at least 1.</param>
    /// <param name="metric">What is watched.</param>
    public ReduceOnPlateau(int patience, Metric metric = Metric.ValidationLoss) => (Patience, Metric) = (patience, metric);

    /// <summary>Waits for a better value of a <see cref="CustomMetric"/>.</summary>
    /// <param name="patience">After how many epochs in a row without one the rate is made smaller; at least 1.</param>
    /// <param name="metric">The name of one of <see cref="FitOptions.Metrics"/>.</param>
    public ReduceOnPlateau(int patience, string metric)
        : this(patience, Metric.Custom) => MetricName = metric;

    /// <summary>After how many epochs in a row without improvement.</summary>
    public int Patience { get; init; }

    /// <summary>What is watched.</summary>
    public Metric Metric { get; init; }

    /// <summary>
    /// Which of <see cref="FitOptions.Metrics"/> is watched, where <see cref="Metric"/> is <see cref="NetGen.Metric.Custom"/>; else null.
    /// </summary>
    public string? MetricName { get; init; }

    /// <summary>Which accuracy is watched, where the objective has several; null: its only one.</summary>
    public string? AccuracyOf { get; init; }

    /// <summary>The loss of which objective is watched, by its name, where the network is trained on several; null: its only one.</summary>
    public string? LossOf { get; init; }

    /// <summary>By more than this a value must beat the best so far to be an improvement; at least 0.</summary>
    public float MinDelta { get; init; }

    /// <summary>What the rate is multiplied with each time, above 0 and below 1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>The least that it becomes of the optimizer's own, from 0 to 1.</summary>
    public double MinFactor { get; init; }

    /// <summary>How many epochs after it was made smaller do not count as ones without improvement; at least 0.</summary>
    public int Cooldown { get; init; }

    internal Watch Watch => new(Metric, MetricName, AccuracyOf, LossOf, HigherIsBetter: null, MinDelta, "The reduction of the learning rate");

    internal void Validate()
    {
        if (Patience < 1)
            throw OutOfRange.Of(nameof(Patience), Patience, Invariant($"The patience of the reduction of the learning rate is {Patience}; expected at least 1."));
        if (!(Factor > 0 && Factor < 1))
            throw OutOfRange.Of(nameof(Factor), Factor, Invariant($"The factor of the reduction of the learning rate is {Factor}; expected a number above 0 and below 1."));
        if (!(MinFactor >= 0 && MinFactor <= 1))
            throw OutOfRange.Of(nameof(MinFactor), MinFactor, Invariant($"The least factor of the learning rate is {MinFactor}; expected a number from 0 to 1."));
        if (Cooldown < 0)
            throw OutOfRange.Of(nameof(Cooldown), Cooldown, Invariant($"The cooldown of the reduction of the learning rate is {Cooldown}; expected at least 0."));
        Watch.Validate();
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Patience = {Patience}, Metric = {Metric}, MetricName = {MetricName}, AccuracyOf = {AccuracyOf}, LossOf = {LossOf}, MinDelta = {MinDelta}, "
            + $"Factor = {Factor}, MinFactor = {MinFactor}, Cooldown = {Cooldown}");
        return true;
    }
}
