namespace NetGen.Data;

public sealed partial class Table
{
    /// <summary>What is in each column: missing values, mean and quartiles, the most frequent texts. To look at, not to compute with.</summary>
    public TableDescription Describe() => new(Count, Array.ConvertAll(columns, ColumnDescription.Of));

    /// <summary>How often each value of a column is there, the most frequent first, those of one frequency by their text; missing ones are not counted.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public IReadOnlyList<KeyValuePair<string, int>> CountClasses(string column) => ColumnDescription.CountValues(this[column]);
}
