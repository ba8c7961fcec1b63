using System.Globalization;

namespace NetGen.Metrics;

/// <summary>The charts of reports and plots.</summary>
internal static class Charts
{
    private const int MostDots = 1500;

    /// <summary>Of a scatter every so many-th sample is shown.</summary>
    internal static int Every(int samples) => (samples + MostDots - 1) / MostDots;

    internal static Chart Loss(History history)
    {
        Chart losses = new("Loss", "epoch", "loss") { Counts = true };
        IReadOnlyList<EpochResult> epochs = history.Epochs;
        if (epochs[0].Losses.Count > 0)
        {
            // Of several objectives the sum says little.
            foreach (string name in epochs[0].Losses.Keys)
                losses.Add(Curve(history, name, epoch => epoch.Losses[name]));
            foreach (string name in epochs[0].ValidationLosses.Keys)
                losses.Add(Curve(history, $"{name}, validation", epoch => epoch.ValidationLosses.TryGetValue(name, out double loss) ? loss : double.NaN));
            return losses;
        }

        losses.Add(Curve(history, "training", epoch => epoch.Loss));
        if (history.Epochs.Any(epoch => epoch.ValidationLoss is not null))
            losses.Add(Curve(history, "validation", epoch => epoch.ValidationLoss ?? double.NaN));
        return losses;
    }

    internal static IEnumerable<Chart> Accuracies(History history)
    {
        IReadOnlyList<EpochResult> epochs = history.Epochs;
        foreach (string name in epochs[0].Accuracies.Keys)
        {
            string title = $"Accuracy{(epochs[0].Accuracies.Count == 1 ? "" : $" of {name}")}";
            Chart accuracy = new(title, "epoch", "accuracy") { Counts = true };
            accuracy.Add(Curve(history, "training", epoch => epoch.Accuracies[name]));
            if (epochs.Any(epoch => epoch.ValidationAccuracies.Count > 0))
            {
                accuracy.Add(Curve(
                    history, "validation", epoch => epoch.ValidationAccuracies.TryGetValue(name, out float share) ? share : double.NaN));
            }

            yield return accuracy;
        }
    }

    internal static Chart Metric(History history, string name) => new Chart(name, "epoch", name) { Counts = true }
        .Add(Curve(history, "validation", epoch => epoch.Metrics.TryGetValue(name, out double value) ? value : double.NaN));

    internal static Chart Roc(RocCurve curve) => new Chart("ROC", "false positive rate", "recall") { Range = (0, 1) }
        .Add(new($"area {Number(curve.Area)}", Mark.Line, [.. curve.Points.Select(point => (point.FalsePositiveRate, point.Recall))]))
        .Add(Diagonal("chance"));

    internal static Chart PrecisionRecall(PrecisionRecallCurve curve) =>
        new Chart("Precision and recall", "recall", "precision") { Range = (0, 1) }
            .Add(new($"average {Number(curve.AveragePrecision)}", Mark.Line,
                [.. curve.Points.Select(point => (point.Recall, point.Precision))]));

    internal static Chart Calibration(CalibrationCurve curve) => new Chart("Calibration", "said", "came true") { Range = (0, 1) }
        .Add(new($"error {Number(curve.ExpectedError)}", Mark.LineWithDots, [.. curve.Bins.Select(bin => (bin.Predicted, bin.Observed))]))
        .Add(Diagonal("as said"));

    internal static Chart Rates(RateTest test)
    {
        Chart chart = new Chart("Learning rate", "learning rate", "loss") { IsLogarithmic = true }
            .Add(new("smoothed loss", Mark.Line, [.. test.Points.Select(point => (point.Rate, point.Smoothed))]));
        if (test.Steepest is { } rate)
        {
            double low = test.Points.Min(point => point.Smoothed), high = test.Points.Max(point => point.Smoothed);
            chart.Add(new(string.Create(CultureInfo.InvariantCulture, $"steepest, {rate:G2}"), Mark.Dashes, [(rate, low), (rate, high)]));
        }

        return chart;
    }

    /// <summary>Predicted against true numbers, and the errors by what was predicted.</summary>
    internal static (Chart Scatter, Chart Errors) Numbers(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        int every = Every(actual.Length);
        List<(double, double)> both = [], off = [];
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < actual.Length; i++)
        {
            (least, most) = (Math.Min(least, Math.Min(predicted[i], actual[i])), Math.Max(most, Math.Max(predicted[i], actual[i])));
            if (i % every != 0)
                continue;
            both.Add((actual[i], predicted[i]));
            off.Add((predicted[i], (double)predicted[i] - actual[i]));
        }

        return (
            new Chart("Predicted against true", "true", "predicted") { Range = (least, most) }
                .Add(new("samples", Mark.Dots, both)).Add(new("equal", Mark.Dashes, [(least, least), (most, most)])),
            new Chart("Errors", "predicted", "predicted − true")
                .Add(new("samples", Mark.Dots, off)).Add(new("none", Mark.Dashes, [(least, 0), (most, 0)])));
    }

    /// <summary>Four digits, in words where there is none.</summary>
    internal static string Number(double value) =>
        double.IsNaN(value) ? "undefined"
        : Math.Abs(value) is >= 0.001 and < 1e6 or 0 ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    private static Series Curve(History history, string name, Func<EpochResult, double> value) => new(
        name, history.Epochs.Count > 40 ? Mark.Line
            : Mark.LineWithDots, [.. history.Epochs.Select(epoch => ((double)epoch.Epoch, value(epoch)))]);

    private static Series Diagonal(string name) => new(name, Mark.Dashes, [(0, 0), (1, 1)]);
}
