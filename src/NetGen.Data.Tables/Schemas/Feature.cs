namespace NetGen.Data;

/// <summary>
/// What a network gets to see of a column: one number or several for each row. It is made by <see cref="Number"/>, <see cref="Category"/>
/// or <see cref="Date"/>.
/// </summary>
/// <remarks>A feature never changes; the methods of its kinds give another one with a step more.</remarks>
/// <example><code>Feature age = Feature.Number("age").Standardize(), city = Feature.Category("city").OneHot();</code></example>
public abstract class Feature
{
    private protected Feature(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Column = column;
    }

    /// <summary>The column of the table.</summary>
    public string Column { get; }

    /// <summary>
    /// A column of numbers, as they are or transformed step by step: <c>Feature.Number("gain").Log1p().Standardize()</c>.
    /// </summary>
    public static NumberFeature Number(string column) => new(column);

    /// <summary>
    /// A column of categories (texts, or whole numbers), which become numbers in one of several ways:
    /// <c>Feature.Category("work").OneHot()</c>.
    /// </summary>
    public static CategoryFeature Category(string column) => new(column);

    /// <summary>
    /// A column of points in time, of which parts are taken: <c>Feature.Date("since").Part(DatePart.Year).Standardize()</c>.
    /// </summary>
    public static DateFeature Date(string column) => new(column);

    /// <summary>A column of texts, which become tokens: <c>Feature.Text("review").Words()</c>.</summary>
    public static TextFeature Text(string column) => new(column);

    /// <summary>Learns from rows for training what the feature needs to know.</summary>
    /// <exception cref="InvalidDataException">The rows do not fit it.</exception>
    internal abstract FittedFeature Fit(Table train);
}
