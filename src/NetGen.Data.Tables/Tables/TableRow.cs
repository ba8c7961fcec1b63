namespace NetGen.Data;

/// <summary>One row of a table, for conditions.</summary>
public readonly struct TableRow
{
    private readonly Table table;

    internal TableRow(Table table, int index)
    {
        this.table = table;
        Index = index;
    }

    /// <summary>Which row it is, counted from 0.</summary>
    public int Index { get; }

    /// <summary>The number in a column; NaN where it is missing, so that each comparison is false.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold numbers.</exception>
    public double Number(string column) => table[column].Numbers[Index];

    /// <summary>The text in a column; null where it is missing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold texts.</exception>
    public string? Text(string column) => table[column].Text(Index);

    /// <summary>The point in time in a column; null where it is missing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold points in time.</exception>
    public DateTime? Date(string column) => table[column].Date(Index);

    /// <summary>Whether a column has no value here.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public bool IsMissing(string column) => table[column].IsMissing(Index);
}
