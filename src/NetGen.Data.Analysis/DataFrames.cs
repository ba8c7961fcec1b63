using System.Globalization;
using Microsoft.Data.Analysis;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Tables of the DataFrames of Microsoft.Data.Analysis, and back.</summary>
/// <remarks>
/// <code>
/// DataFrame frame = DataFrame.LoadCsv("people.csv");
/// Table people = DataFrames.TableOf(frame);
/// </code>
/// </remarks>
public static class DataFrames
{
    /// <summary>
    /// The rows of a DataFrame: numbers and booleans (0 and 1) are numbers, <see cref="DateTime"/> points in time, strings texts; null and
    /// NaN are missing.
    /// </summary>
    /// <exception cref="InvalidDataException">A column holds something else, or a number is infinite; the message has column and
    /// row.</exception>
    public static Table TableOf(DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Rows.Count > Array.MaxLength)
            throw new InvalidDataException(Invariant($"The DataFrame has {frame.Rows.Count} rows, more than an array can hold."));
        int count = (int)frame.Rows.Count;
        return Table.FromRows([.. frame.Columns.Select(column => ColumnOf(column, count))], "the DataFrame", count);
    }

    /// <summary>The rows of a table as a DataFrame; what is missing is null.</summary>
    public static DataFrame ToDataFrame(this Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table.Columns.ToArray().Select(ColumnOf));
    }

    private static TableColumn ColumnOf(DataFrameColumn column, int count)
    {
        Type type = column.DataType;
        if (type == typeof(string))
        {
            string?[] texts = new string?[count];
            for (int row = 0; row < count; row++)
                texts[row] = (string?)column[row];
            return TableColumn.OfTexts(column.Name, texts);
        }

        if (type == typeof(DateTime))
        {
            DateTime?[] dates = new DateTime?[count];
            for (int row = 0; row < count; row++)
                dates[row] = (DateTime?)column[row];
            return TableColumn.OfDates(column.Name, dates);
        }

        if (!(type.IsPrimitive || type == typeof(decimal)) || type == typeof(char))
            throw new InvalidDataException($"The column '{column.Name}' holds values of the type {type.Name}, which no table has; take it out of the DataFrame.");
        double[] numbers = new double[count];
        for (int row = 0; row < count; row++)
        {
            numbers[row] = column[row] is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
            if (double.IsInfinity(numbers[row]))
                throw new InvalidDataException(Invariant($"row {row} of the DataFrame: '{column.Name}' is infinite."));
        }

        return TableColumn.Own(column.Name, numbers);
    }

    private static DataFrameColumn ColumnOf(TableColumn column)
    {
        IEnumerable<int> rows = Enumerable.Range(0, column.Count);
        return column.Kind switch
        {
            ValueKind.Number => new DoubleDataFrameColumn(column.Name, rows.Select(row => column.IsMissing(row) ? null : (double?)column.Numbers[row])),
            ValueKind.Date => new DateTimeDataFrameColumn(column.Name, rows.Select(column.Date)),
            _ => new StringDataFrameColumn(column.Name, rows.Select(column.Text)),
        };
    }
}
