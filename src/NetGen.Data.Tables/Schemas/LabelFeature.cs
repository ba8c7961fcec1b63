namespace NetGen.Data;

/// <summary>A column that becomes labels, made by <see cref="CategoryFeature.Index"/>.</summary>
/// <example><code>LabelFeature kind = Feature.Category("kind").Index("cat", "dog");</code></example>
public sealed class LabelFeature
{
    private readonly CategoryFeature.Encoded feature;

    internal LabelFeature(string column, CategoryFeature.Encoded feature)
    {
        Column = column;
        this.feature = feature;
    }

    /// <summary>The column of the table.</summary>
    public string Column { get; }

    internal FittedCategory Fit(Table train) => feature.FitCategory(train);
}
