using static System.FormattableString;

namespace NetGen.Data;

public sealed partial class Table
{
    /// <summary>
    /// A column more for each lag: what a column of numbers had so many rows before, missing where there is no such row. The rows are in the order of time
    /// (<see cref="OrderBy"/>).
    /// </summary>
    /// <remarks><c>table.WithLags("sales", groupBy: "shop", 1, 7)</c> adds <c>sales lag 1</c> and <c>sales lag 7</c>.</remarks>
    /// <param name="column">The column of numbers.</param>
    /// <param name="groupBy">A column each value of which is a series of its own, whose rows are counted alone; null: all rows are one series.</param>
    /// <param name="lags">How many rows before, 1 or more: a lag of 0 is the row itself, and a negative one the future, which is not known when a prediction is made.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold numbers.</exception>
    /// <exception cref="ArgumentException">There is a column of a lag's name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A lag is below 1.</exception>
    public Table WithLags(string column, string? groupBy, params ReadOnlySpan<int> lags)
    {
        ReadOnlySpan<double> values = this[column].Numbers;
        int[] groups = groupBy is null ? new int[Count] : ClassesOf(groupBy);
        List<int>[] rowsOf = [.. Enumerable.Range(0, Count == 0 ? 0 : groups.Max() + 1).Select(_ => new List<int>())];
        for (int row = 0; row < groups.Length; row++)
            rowsOf[groups[row]].Add(row);
        List<TableColumn> all = [.. columns];
        foreach (int lag in lags)
        {
            OutOfRange.ThrowIfLess(lag, 1, nameof(lags));
            double[] lagged = new double[Count];
            Array.Fill(lagged, double.NaN);
            foreach (List<int> rowsOfOne in rowsOf)
            {
                for (int i = lag; i < rowsOfOne.Count; i++)
                    lagged[rowsOfOne[i]] = values[rowsOfOne[i - lag]];
            }

            all.Add(TableColumn.Own(Invariant($"{column} lag {lag}"), lagged));
        }

        return With([.. all]);
    }
}
