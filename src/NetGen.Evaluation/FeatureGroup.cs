namespace NetGen.Metrics;

/// <summary>Numbers of a sample that say one thing together, as those of a one-hot category do.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Numbers">Which of the numbers of a sample they are, counted from 0.</param>
/// <example><code>var groups = new[] { new FeatureGroup("age", [0]), new FeatureGroup("city", [1, 2, 3]) };</code></example>
public sealed record FeatureGroup(string Name, IReadOnlyList<int> Numbers)
{
    /// <summary>Each number for itself.</summary>
    /// <param name="names">The names of the numbers in order.</param>
    public static IReadOnlyList<FeatureGroup> Each(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select((name, i) => new FeatureGroup(name, [i]))];
    }
}
