using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What <see cref="CustomMetric"/>s gave, by their names.</summary>
/// <example><code>double auc = network.Evaluate(test, [new CustomMetric("auc", Auc)]).Metrics["auc"];</code></example>
public sealed class MetricValues : IReadOnlyDictionary<string, double>, IEquatable<MetricValues>
{
    private readonly KeyValuePair<string, double>[] values;

    /// <summary>Values that are known.</summary>
    /// <param name="values">The name of each metric, and what it gave.</param>
    public MetricValues(params ReadOnlySpan<(string Name, double Value)> values)
    {
        this.values = new KeyValuePair<string, double>[values.Length];
        for (int i = 0; i < values.Length; i++)
            this.values[i] = new(values[i].Name, values[i].Value);
    }

    /// <summary>Those of no metrics.</summary>
    public static MetricValues None { get; } = new();

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>The names in their order.</summary>
    public IEnumerable<string> Keys => values.Select(value => value.Key);

    /// <summary>The values in the order of <see cref="Keys"/>.</summary>
    public IEnumerable<double> Values => values.Select(value => value.Value);

    /// <summary>The value of a metric.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public double this[string key] => TryGetValue(key, out double value)
        ? value
        : throw new KeyNotFoundException($"There is no metric '{key}'; there {(Count == 0 ? "is none" : $"are: {string.Join(", ", Keys)}")}.");

    /// <summary>Whether there is a metric of this name.</summary>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <summary>The value of a metric, if there is one of this name.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        foreach (KeyValuePair<string, double> known in values)
        {
            if (known.Key == key)
            {
                value = known.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The metrics and their values.</summary>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the names and the values are the same.</summary>
    public bool Equals(MetricValues? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(0, HashCode.Combine);

    /// <summary>For example <c>auc 0.9689, f1 0.812</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        AppendTo(text);
        return text.Length == 0 ? "" : text.ToString(2, text.Length - 2);
    }

    internal static MetricValues Of(IReadOnlyList<CustomMetric> metrics, Dataset data)
    {
        if (metrics.Count == 0)
            return None;
        (string, double)[] values = new (string, double)[metrics.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (metrics[i].Name, metrics[i].Compute(data));
        return new(values);
    }

    /// <summary>Appends <c>, auc 0.9689</c> for each.</summary>
    internal void AppendTo(StringBuilder text, string prefix = "")
    {
        foreach ((string name, double value) in values)
            text.Append(CultureInfo.InvariantCulture, $", {prefix}{name} {value:G4}");
    }
}
