namespace NetGen.Metrics;

/// <summary>Measures by groups: a network that is good on the whole may be bad for some.</summary>
/// <example>
/// <code>
/// foreach (Slice&lt;string> slice in Slices.By(cities, scores, labels, (p, y) => RocCurve.Of(p, y).Area))
///     Console.WriteLine(slice);                                 // Lyon: 0.8125 (160 samples)
/// </code>
/// </example>
public static class Slices
{
    /// <summary>A measure for each group of samples.</summary>
    /// <param name="keys">The group of each sample.</param>
    /// <param name="predicted">As many values for each sample as the measure wants.</param>
    /// <param name="actual">Likewise.</param>
    /// <param name="measure">What is computed; an exception of it comes through.</param>
    /// <returns>The groups in the order in which they first appear.</returns>
    /// <exception cref="ArgumentException">There are no samples, or the numbers of values are no multiples of theirs.</exception>
    public static IReadOnlyList<Slice<TKey>> By<TKey, TPredicted, TActual>(
        IReadOnlyList<TKey> keys, ReadOnlySpan<TPredicted> predicted, ReadOnlySpan<TActual> actual, Measure<TPredicted, TActual> measure)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(measure);
        Samples<TPredicted, TActual> samples = new(predicted, actual, keys.Count);
        Dictionary<TKey, List<int>> groups = [];
        List<TKey> order = [];
        for (int i = 0; i < keys.Count; i++)
        {
            if (!groups.TryGetValue(keys[i], out List<int>? rows))
            {
                groups.Add(keys[i], rows = []);
                order.Add(keys[i]);
            }

            rows.Add(i);
        }

        List<Slice<TKey>> slices = [];
        foreach (TKey key in order)
        {
            int[] rows = [.. groups[key]];
            slices.Add(new(key, rows, samples.Of(rows, measure)));
        }

        return slices;
    }
}
