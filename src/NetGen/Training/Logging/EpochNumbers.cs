namespace NetGen;

/// <summary>The numbers of an epoch by the names that logs give them.</summary>
internal static class EpochNumbers
{
    /// <param name="result">The epoch.</param>
    /// <param name="learningRate">
    /// The rate of its last step; NaN where it is not known: of an epoch before a checkpoint, of an optimizer that has none.
    /// </param>
    internal static IEnumerable<(string Name, double Value)> Of(EpochResult result, float learningRate)
    {
        yield return ("loss", result.Loss);
        foreach ((string name, float share) in result.Accuracies)
            yield return (Accuracy("", name, result.Accuracies), share);
        if (result.ValidationLoss is { } loss)
            yield return ("val_loss", loss);
        foreach ((string name, float share) in result.ValidationAccuracies)
            yield return (Accuracy("val_", name, result.ValidationAccuracies), share);
        foreach ((string name, double value) in result.Metrics)
            yield return (name, value);
        yield return ("learning_rate", learningRate);
        yield return ("seconds", result.Seconds);
    }

    private static string Accuracy(string prefix, string name, Accuracies all) =>
        $"{prefix}accuracy{(all.Count == 1 ? "" : $" of {name}")}";
}
