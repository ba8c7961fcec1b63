namespace NetGen.Data;

/// <summary>A column of the data set that a network is trained with: one of its inputs, or its target.</summary>
public sealed class Output
{
    private Output(string name, Feature[] features, LabelFeature[] labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (features.Length + labels.Length == 0)
            throw new ArgumentException($"'{name}' has no feature.", nameof(features));
        Name = name;
        Features = features;
        LabelFeatures = labels;
    }

    /// <summary>The name; best that of the objective's parameter.</summary>
    public string Name { get; }

    internal Feature[] Features { get; }

    internal LabelFeature[] LabelFeatures { get; }

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
}
