namespace NetGen.Data;

/// <summary>
/// One row of values, for a prediction: the same bits that a table with these values has. One thread at a time may use it.
/// </summary>
/// <example><code>float[] features = fitted.NewRow().Set("age", 41).Set("city", "Lyon").Encode("features");</code></example>
public sealed class SchemaRow
{
    private readonly FittedSchema schema;
    private readonly Dictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly Func<string, Cell> cellOf;

    internal SchemaRow(FittedSchema schema)
    {
        this.schema = schema;
        foreach (FittedOutput output in schema.Outputs)
        {
            foreach (string column in output.Columns)
                cells[column] = default;
        }

        cellOf = column => cells[column];
    }

    /// <summary>Sets a number; NaN is a missing one.</summary>
    /// <exception cref="KeyNotFoundException">No output reads such a column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite.</exception>
    public SchemaRow Set(string column, double number) => double.IsInfinity(number)
        ? throw OutOfRange.Of(nameof(number), number, $"'{column}' must be finite.")
        : Put(column, double.IsNaN(number) ? default : new Cell(ValueKind.Number, number: number));

    /// <summary>Sets a text; null is a missing one.</summary>
    /// <exception cref="KeyNotFoundException">No output reads such a column.</exception>
    public SchemaRow Set(string column, string? text) => Put(column, text is null ? default : new Cell(ValueKind.Text, text: text));

    /// <summary>Sets a point in time; null is a missing one.</summary>
    /// <exception cref="KeyNotFoundException">No output reads such a column.</exception>
    public SchemaRow Set(string column, DateTime? time) => Put(column, time is not { } known ? default : new Cell(ValueKind.Date, ticks: known.Ticks));

    /// <summary>Makes all values missing, as they were in the beginning.</summary>
    public SchemaRow Clear()
    {
        foreach (string column in cells.Keys)
            cells[column] = default;
        return this;
    }

    /// <summary>The numbers of an output, for <c>network.Predict</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">The output has labels.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    public float[] Encode(string output)
    {
        float[] numbers = new float[schema[output].Length];
        Encode(output, numbers);
        return numbers;
    }

    /// <summary>The numbers of an output, into memory of the caller.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">The output has labels.</exception>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as the output.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    public void Encode(string output, Span<float> target)
    {
        FittedOutput found = schema[output];
        if (found.Type != ColumnType.Float)
            throw new InvalidOperationException($"'{output}' has labels, no real numbers: EncodeLabels gives them.");
        CheckLength(found, target.Length);
        found.Encode(cellOf, target);
    }

    /// <summary>The labels of an output; of an output of tokens those of the row's text, as many as it has.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">The output has real numbers.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    public int[] EncodeLabels(string output)
    {
        FittedOutput found = schema[output];
        if (found.Type != ColumnType.Label)
            throw new InvalidOperationException($"'{output}' has real numbers, no labels: Encode gives them.");
        if (found.IsTokens)
            return found.Tokens(cellOf);
        int[] labels = new int[found.Length];
        found.Encode(cellOf, labels);
        return labels;
    }

    private static void CheckLength(FittedOutput output, int length)
    {
        if (length != output.Length)
            throw new ArgumentException(FormattableString.Invariant($"'{output.Name}' has {output.Length} numbers; there is room for {length}."), "target");
    }

    private SchemaRow Put(string column, Cell cell)
    {
        if (!cells.ContainsKey(column))
            throw new KeyNotFoundException($"No output reads a column '{column}'; they read: {string.Join(", ", cells.Keys)}.");
        cells[column] = cell;
        return this;
    }
}
