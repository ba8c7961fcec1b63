namespace NetGen.Data;

/// <summary>
/// How rows of a table become the numbers that a network takes. What must be learned for that (means, ranges, categories) is learned by
/// <see cref="Fit"/>.
/// </summary>
/// <remarks>
/// <code>
/// var schema = new Schema(
///     Output.Numbers("person",
///         Feature.Number("age").Standardize(),
///         Feature.Number("capital-gain").Log1p().Standardize(),
///         Feature.Category("workclass").MissingAs("?").OneHot()),
///     Output.Numbers("rich", Feature.Category("income").Is(">50K")));
/// FittedSchema fitted = schema.Fit(split.Train);
/// network.Fit(fitted.Encode(split.Train), options, new Adam(1e-3f));
/// </code>
/// </remarks>
public sealed class Schema
{
    private readonly Output[] outputs;

    /// <summary>States the outputs in order.</summary>
    /// <exception cref="ArgumentException">There is none, or two have one name.</exception>
    public Schema(params ReadOnlySpan<Output> outputs)
    {
        if (outputs.IsEmpty)
            throw new ArgumentException("A schema needs at least one output.", nameof(outputs));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (Output output in outputs)
        {
            ArgumentNullException.ThrowIfNull(output, nameof(outputs));
            if (!names.Add(output.Name))
                throw new ArgumentException($"Two outputs are named '{output.Name}'.", nameof(outputs));
        }

        this.outputs = outputs.ToArray();
    }

    /// <summary>
    /// Learns from rows for training. What comes out remembers which rows these were, and refuses to encode one of them as one to test on.
    /// </summary>
    /// <param name="train">All that is learned from.</param>
    /// <exception cref="InvalidOperationException">The rows were set apart to test on.</exception>
    /// <exception cref="InvalidDataException">The rows do not fit: a value is missing and nothing stands for it, a column is of another
    /// kind. The message has place, column and value.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public FittedSchema Fit(Table train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.IsHeldOut)
            throw new InvalidOperationException("These rows were set apart to test on: what is learned from them would make the test better than it is. Fit on the split's Train.");
        if (train.Count == 0)
            throw new ArgumentException("There is no row to learn from.", nameof(train));
        return new(Array.ConvertAll(outputs, output => FittedOutput.Of(output, train)), train.Count, train.RowNumbers);
    }
}
