using System.Globalization;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>The text by which a category is known.</summary>
internal static class CategoryText
{
    /// <exception cref="CellException">A number is not whole.</exception>
    /// <exception cref="InvalidDataException">The column holds points in time.</exception>
    internal static string? Of(TableColumn column, int row) => column.Kind switch
    {
        ValueKind.Text => column.Text(row),
        ValueKind.Number => Of(column.Numbers[row]),
        _ => throw FittedNumber.WrongKind(column, ValueKind.Text),
    };

    /// <exception cref="CellException">The value is a point in time, or a number that is not whole.</exception>
    internal static string? Of(in Cell cell) => cell.Kind switch
    {
        null => null,
        ValueKind.Text => cell.Text,
        ValueKind.Number => Of(cell.Number),
        _ => throw cell.Wrong("a text or a whole number"),
    };

    private static string? Of(double number) =>
        double.IsNaN(number) ? null
        : Math.Abs(number) < 1L << 53 && Math.Floor(number) == number ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : throw new CellException(Invariant($"is {number}; numbers are categories only where they are whole. Use Feature.Number, or read the column as text (CsvOptions.Kinds)."));
}
