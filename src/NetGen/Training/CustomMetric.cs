namespace NetGen;

/// <summary>
/// A number of the caller's that tells how good a network is on some data: <c>Fit</c> computes it with the validation data after each epoch,
/// <c>Evaluate</c> with its data.
/// </summary>
/// <remarks>
/// <code>
/// var auc = new CustomMetric("auc", data =&gt; RocCurve.Of(network.Predict(data["customer"].Floats.Span), labels).Area);
/// </code>
/// </remarks>
public sealed class CustomMetric
{
    private readonly Func<Dataset, double> compute;

    /// <summary>Names a metric.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="compute">
    /// Gives the number for some data, on the training thread. An exception ends the training and comes through. It must not train the network.
    /// </param>
    /// <param name="higherIsBetter">Whether more is better.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public CustomMetric(string name, Func<Dataset, double> compute, bool higherIsBetter = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(compute);
        (Name, HigherIsBetter, this.compute) = (name, higherIsBetter, compute);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether more is better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The number for some data.</summary>
    public double Compute(Dataset data) => compute(data);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <exception cref="ArgumentException">Two have one name.</exception>
    internal static void Check(IReadOnlyList<CustomMetric> metrics, string name)
    {
        ArgumentNullException.ThrowIfNull(metrics, name);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (CustomMetric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, name);
            if (!names.Add(metric.Name))
                throw new ArgumentException($"Two metrics are named '{metric.Name}'.", name);
        }
    }
}
