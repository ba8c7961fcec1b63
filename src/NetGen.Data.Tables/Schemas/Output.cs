namespace NetGen.Data;

/// <summary>A column of the data set that a network is trained with: one of its inputs, or its target.</summary>
/// <example>
/// <code>
/// var schema = new Schema(
///     Output.Numbers("features", Feature.Number("age").Standardize(), Feature.Category("city").OneHot()),
///     Output.Labels("label", Feature.Category("left").Index()));
/// </code>
/// </example>
public sealed class Output
{
    private Output(string name, Feature[] features, LabelFeature[] labels, TokenFeature? tokens = null, int longest = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (features.Length + labels.Length == 0 && tokens is null)
            throw new ArgumentException($"'{name}' has no feature.", nameof(features));
        Name = name;
        Features = features;
        LabelFeatures = labels;
        (TokenFeature, Longest) = (tokens, longest);
    }

    /// <summary>The name; best that of the objective's parameter.</summary>
    public string Name { get; }

    internal Feature[] Features { get; }

    internal LabelFeature[] LabelFeatures { get; }

    internal TokenFeature? TokenFeature { get; }

    /// <summary>The most tokens.</summary>
    internal int Longest { get; }

    /// <summary>Real numbers: those of all features side by side, as one vector for each row.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="features">The features in order.</param>
    /// <exception cref="ArgumentException">There is no feature.</exception>
    public static Output Numbers(string name, params ReadOnlySpan<Feature> features) => new(name, features.ToArray(), []);

    /// <summary>Labels: one for each feature; of a single feature one label for each row, as losses take it.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="features">The features in order.</param>
    /// <exception cref="ArgumentException">There is no feature.</exception>
    public static Output Labels(string name, params ReadOnlySpan<LabelFeature> features) => new(name, [], features.ToArray());

    /// <summary>
    /// Tokens of a text, as many as it has: a sequence for each row, for a parameter <c>[Sequence(max: 200)] Indices text</c>.
    /// </summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="feature">The texts: <c>Feature.Text("review").Words()</c>.</param>
    /// <param name="longest">The most tokens of a text, the <c>max</c> of the parameter; what is behind them is cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longest"/> is below 1.</exception>
    public static Output Tokens(string name, TokenFeature feature, int longest)
    {
        ArgumentNullException.ThrowIfNull(feature);
        OutOfRange.ThrowIfLess(longest, 1);
        return new(name, [], [], feature, longest);
    }
}
