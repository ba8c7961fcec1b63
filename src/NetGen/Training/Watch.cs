using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Which number of an epoch is watched, and when it is better than another.</summary>
/// <param name="Metric">What is watched.</param>
/// <param name="Name">Which custom metric.</param>
/// <param name="AccuracyOf">Which accuracy, where there are several.</param>
/// <param name="LossOf">Which loss, where there are several objectives.</param>
/// <param name="HigherIsBetter">Whether more is better; null: of losses less, of accuracies more, of a custom metric what it says
/// itself.</param>
/// <param name="MinDelta">By more than this a value must beat the best.</param>
/// <param name="Who">Who watches, as the start of a sentence.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Watch(Metric Metric, string? Name, string? AccuracyOf, string? LossOf, bool? HigherIsBetter, float MinDelta, string Who)
{
    internal bool NeedsValidation => Metric is Metric.ValidationLoss or Metric.ValidationAccuracy;

    private bool NeedsAccuracy => Metric is Metric.Accuracy or Metric.ValidationAccuracy;

    private bool NeedsLoss => Metric is Metric.Loss or Metric.ValidationLoss;

    internal void Validate()
    {
        if (!(MinDelta >= 0 && float.IsFinite(MinDelta)))
            throw OutOfRange.Of(nameof(MinDelta), MinDelta, string.Create(CultureInfo.InvariantCulture, $"The least improvement of {Lower(Who)} is {MinDelta}; expected a finite number of at least 0."));
        if (!Enum.IsDefined(Metric))
            throw OutOfRange.Of(nameof(Metric), Metric, FormattableString.Invariant($"There is no metric {(int)Metric}."));
        if (AccuracyOf is not null && !NeedsAccuracy)
            throw new ArgumentException($"{nameof(AccuracyOf)} says which accuracy {Lower(Who)} watches, and it watches {Metric}.", nameof(AccuracyOf));
        if (LossOf is not null && !NeedsLoss)
            throw new ArgumentException($"{nameof(LossOf)} says which loss {Lower(Who)} watches, and it watches {Metric}.", nameof(LossOf));
        if (Name is not null != (Metric == Metric.Custom))
            throw new ArgumentException($"{Who} watches {Metric}, and the name of a custom metric is {(Name is null ? "not given" : $"'{Name}'")}.", nameof(Metric));
    }

    /// <summary>Looks whether there is what is watched, and gives the watch with its direction known.</summary>
    /// <exception cref="InvalidOperationException">The objective has no accuracy to watch.</exception>
    /// <exception cref="ArgumentException"> There are several objectives, and the loss of which is not said; it has several accuracies, and
    /// which one is not said; it has none of that name; there is no such custom metric, or no data to validate with.
    /// </exception>
    internal Watch For(INetwork network, ObjectiveMeans objectives, FitOptions options)
    {
        string who = Lower(Who);
        if (NeedsValidation && !options.Validates)
            throw new ArgumentException($"{Who} watches {Metric}, but there is neither a {nameof(FitOptions.ValidationFraction)} nor {nameof(FitOptions.ValidationData)} nor a {nameof(FitOptions.ValidationSource)}.", nameof(options));
        if (Metric == Metric.Custom)
        {
            string? name = Name;
            CustomMetric found = options.Metrics.FirstOrDefault(metric => metric.Name == name)
                ?? throw new ArgumentException(
                    $"{Who} watches the metric '{Name}', and {nameof(FitOptions)}.{nameof(FitOptions.Metrics)} {(options.Metrics.Count == 0 ? "is empty" : $"has: {string.Join(", ", options.Metrics.Select(metric => metric.Name))}")}.",
                    nameof(options));
            return this with { HigherIsBetter = HigherIsBetter ?? found.HigherIsBetter };
        }

        if (NeedsLoss)
        {
            string known = string.Join(", ", objectives.LossNames);
            if (objectives.LossNames.Length > 0 && LossOf is null)
                throw new ArgumentException($"{Who} watches {Metric}, and {network.Name} is trained on several objectives: {known}. Say which by {nameof(LossOf)}.", nameof(LossOf));
            return LossOf is null || objectives.LossNames.Contains(LossOf)
                ? this with { HigherIsBetter = HigherIsBetter ?? false }
                : throw new ArgumentException(
                    $"{Who} watches the loss of '{LossOf}', and {network.Name} is trained on {(known.Length == 0 ? "its only objective, whose loss needs no name" : known)}.", nameof(LossOf));
        }

        string[] names = objectives.AccuracyNames;
        if (names.Length == 0)
            throw new InvalidOperationException($"{Who} watches {Metric}, but the objective of {network.Name} has no accuracy.");
        string all = string.Join(", ", names);
        if (AccuracyOf is null && names.Length > 1)
            throw new ArgumentException($"{Who} watches {Metric}, and the objective of {network.Name} has several: {all}. Say which by {nameof(AccuracyOf)}.", nameof(AccuracyOf));
        return AccuracyOf is null || names.Contains(AccuracyOf)
            ? this with { HigherIsBetter = HigherIsBetter ?? true }
            : throw new ArgumentException($"{Who} watches the accuracy of '{AccuracyOf}', and the objective of {network.Name} has: {all}.", nameof(AccuracyOf));
    }

    internal double Value(EpochResult epoch) => Metric switch
    {
        Metric.Loss => Watched(epoch.Loss, epoch.Losses),
        Metric.Accuracy => Watched(epoch.Accuracies),
        Metric.ValidationLoss => Watched(epoch.ValidationLoss ?? float.NaN, epoch.ValidationLosses),
        Metric.Custom => epoch.Metrics.TryGetValue(Name!, out double value) ? value : double.NaN,
        _ => Watched(epoch.ValidationAccuracies),
    };

    /// <param name="value">The metric after an epoch: what is not finite is never better.</param>
    /// <param name="best">The best so far; null if no epoch had a finite one.</param>
    internal bool IsBetter(double value, double? best) => double.IsFinite(value)
        && (best is not { } number || (HigherIsBetter == true ? value > number + MinDelta : value < number - MinDelta));

    private double Watched(float only, MetricValues losses) =>
        LossOf is null ? only : losses.TryGetValue(LossOf, out double loss) ? loss : double.NaN;

    private float Watched(Accuracies accuracies) => AccuracyOf is null
        ? accuracies.Only ?? float.NaN
        : accuracies.TryGetValue(AccuracyOf, out float share) ? share : float.NaN;

    private static string Lower(string who) => char.ToLowerInvariant(who[0]) + who[1..];
}
