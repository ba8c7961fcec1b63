using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Ends the training when it no longer helps. A metric that is NaN or infinite is no improvement, and its epoch never the best.</summary>
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

    /// <summary>After how many epochs in a row without improvement the training ends.</summary>
    public int Patience { get; init; }

    /// <summary>What is watched: a loss should fall, an accuracy rise.</summary>
    public Metric Metric { get; init; }

    /// <summary>Which accuracy is watched, by what it classifies (<see cref="Accuracies"/>), where the objective has several; null: its only one.</summary>
    public string? AccuracyOf { get; init; }

    /// <summary>By more than this a value must beat the best so far to be an improvement; at least 0.</summary>
    public float MinDelta { get; init; }

    /// <summary>
    /// Whether the network ends with the weights of its best epoch. True by default. A training that is canceled keeps
    /// the weights it has. Costs one copy of the weights.
    /// </summary>
    public bool RestoreBestWeights { get; init; } = true;

    internal bool NeedsValidation => Metric is Metric.ValidationLoss or Metric.ValidationAccuracy;

    internal bool NeedsAccuracy => Metric is Metric.Accuracy or Metric.ValidationAccuracy;

    internal void Validate()
    {
        if (Patience < 1)
            throw new ArgumentOutOfRangeException(nameof(Patience), Patience, Invariant($"The patience of early stopping is {Patience}; expected at least 1."));
        if (!(MinDelta >= 0 && float.IsFinite(MinDelta)))
            throw new ArgumentOutOfRangeException(nameof(MinDelta), MinDelta, string.Create(CultureInfo.InvariantCulture, $"The least improvement of early stopping is {MinDelta}; expected a finite number of at least 0."));
        if (AccuracyOf is not null && !NeedsAccuracy)
            throw new ArgumentException($"{nameof(AccuracyOf)} says which accuracy early stopping watches, and it watches {Metric}.", nameof(AccuracyOf));
        if (!Enum.IsDefined(Metric))
            throw new ArgumentOutOfRangeException(nameof(Metric), Metric, Invariant($"There is no metric {(int)Metric}."));
    }

    /// <exception cref="InvalidOperationException">The objective has no accuracy to watch.</exception>
    /// <exception cref="ArgumentException">It has several, and which one is not said; or it has none of that name.</exception>
    internal void CheckAccuracies(ITrainable network)
    {
        if (!NeedsAccuracy)
            return;
        ReadOnlySpan<string> names = network.Accuracies;
        if (names.IsEmpty)
            throw new InvalidOperationException($"Early stopping watches {Metric}, but the objective of {network.Name} has no accuracy.");
        string all = string.Join(", ", names!);
        if (AccuracyOf is null && names.Length > 1)
            throw new ArgumentException($"Early stopping watches {Metric}, and the objective of {network.Name} has several: {all}. Say which by {nameof(AccuracyOf)}.", nameof(AccuracyOf));
        if (AccuracyOf is not null && !names.Contains(AccuracyOf))
            throw new ArgumentException($"Early stopping watches the accuracy of '{AccuracyOf}', and the objective of {network.Name} has: {all}.", nameof(AccuracyOf));
    }

    internal float Value(EpochResult epoch) => Metric switch
    {
        Metric.Loss => epoch.Loss,
        Metric.Accuracy => Watched(epoch.Accuracies),
        Metric.ValidationLoss => epoch.ValidationLoss ?? float.NaN,
        _ => Watched(epoch.ValidationAccuracies),
    };

    private float Watched(Accuracies accuracies) => AccuracyOf is null
        ? accuracies.Only ?? float.NaN
        : accuracies.TryGetValue(AccuracyOf, out float share) ? share : float.NaN;

    /// <param name="value">The metric after an epoch: what is not finite is never better.</param>
    /// <param name="best">The best so far; null if no epoch had a finite one.</param>
    internal bool IsBetter(float value, float? best) => float.IsFinite(value)
        && (best is not { } number || (NeedsAccuracy ? value > number + MinDelta : value < number - MinDelta));

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Patience = {Patience}, Metric = {Metric}, AccuracyOf = {AccuracyOf}, MinDelta = {MinDelta}, "
            + $"RestoreBestWeights = {RestoreBestWeights}");
        return true;
    }
}
