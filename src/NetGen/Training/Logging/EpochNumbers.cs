namespace NetGen;

/// <summary>The numbers of an epoch by the names that logs give them.</summary>
internal static class EpochNumbers
{
    private const string LearningRate = "learning_rate";

    /// <summary>Whether a number is a rate that is not known, or that the optimizer has not.</summary>
    internal static bool IsNoRate(string name, double value) => double.IsNaN(value) && name.StartsWith(LearningRate, StringComparison.Ordinal);

    /// <param name="result">The epoch.</param>
    /// <param name="fit">
    /// Knows the rates of its last steps; null: they are not known, of an epoch before a checkpoint.
    /// </param>
    internal static IEnumerable<(string Name, double Value)> Of(EpochResult result, FitContext? fit)
    {
        yield return ("loss", result.Loss);
        foreach ((string name, double mean) in result.Losses)
            yield return (name, mean);
        foreach ((string name, float share) in result.Accuracies)
            yield return (Accuracy("", name, result.Accuracies), share);
        if (result.ValidationLoss is { } loss)
            yield return ("val_loss", loss);
        foreach ((string name, double mean) in result.ValidationLosses)
            yield return ("val_" + name, mean);
        foreach ((string name, float share) in result.ValidationAccuracies)
            yield return (Accuracy("val_", name, result.ValidationAccuracies), share);
        foreach ((string name, double value) in result.Metrics)
            yield return (name, value);
        if (result.Losses.Count == 0)
            yield return (LearningRate, fit?.LearningRate ?? float.NaN);
        foreach (string name in result.Losses.Keys)
            yield return ($"{LearningRate} of {name}", fit?.LearningRateOf(name) ?? float.NaN);
        yield return ("seconds", result.Seconds);
    }

    private static string Accuracy(string prefix, string name, Accuracies all) =>
        $"{prefix}accuracy{(all.Count == 1 ? "" : $" of {name}")}";
}
