using System.Text;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>What is in a table; <see cref="ToString"/> is a text with a line for each column.</summary>
public sealed class TableDescription
{
    internal TableDescription(int rows, ColumnDescription[] columns)
    {
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; }

    /// <summary>A line for each column, names and numbers below each other.</summary>
    public override string ToString()
    {
        int name = Columns.Max(column => column.Name.Length);
        StringBuilder text = new(Invariant($"{Rows} rows\n"));
        foreach (ColumnDescription column in Columns)
            text.Append(column.Name.PadRight(name)).Append("  ").Append(column.Facts).Append('\n');
        return text.ToString();
    }
}
