using static System.FormattableString;

namespace NetGen.Data;

public sealed partial class Table
{
    /// <summary>The rows for which a condition holds: <c>table.Where(row => row.Number("age") >= 18)</c>.</summary>
    /// <param name="condition">Is asked once for each row.</param>
    public Table Where(Func<TableRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        List<int> found = [];
        for (int row = 0; row < Count; row++)
        {
            if (condition(new TableRow(this, row)))
                found.Add(row);
        }

        return At([.. found], IsHeldOut);
    }

    /// <summary>Some rows in a given order; a row may come several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Rows(params ReadOnlySpan<int> selected)
    {
        foreach (int row in selected)
            CheckRow(row, nameof(selected));
        return At(selected.ToArray(), IsHeldOut);
    }

    /// <summary>The first rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or above <see cref="Count"/>.</exception>
    public Table Take(int count)
    {
        if (count < 0 || count > Count)
            throw OutOfRange.Of(nameof(count), count, Invariant($"The table has {Count} rows."));
        return At([.. Enumerable.Range(0, count)], IsHeldOut);
    }

    /// <summary>The rows in the order of a column, the missing ones last; those of one value as they stand. Texts are ordered by their code units.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Table OrderBy(string column)
    {
        TableColumn by = this[column];
        IEnumerable<int> all = Enumerable.Range(0, Count);
        IOrderedEnumerable<int> missingLast = all.OrderBy(by.IsMissing);
        return At(
            by.Kind switch
            {
                ValueKind.Number => [.. missingLast.ThenBy(row => by.Numbers[row])],
                ValueKind.Text => [.. missingLast.ThenBy(by.Text, StringComparer.Ordinal)],
                _ => [.. missingLast.ThenBy(row => by.Ticks[row])],
            },
            IsHeldOut);
    }

    /// <summary>The rows that have a value in all of these columns; without names in all columns.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Table DropMissing(params ReadOnlySpan<string> names)
    {
        List<TableColumn> checkedColumns = [];
        foreach (string name in names)
            checkedColumns.Add(this[name]);
        if (names.IsEmpty)
            checkedColumns.AddRange(columns);
        bool[] isMissing = new bool[Count];
        foreach (TableColumn column in checkedColumns)
        {
            for (int row = 0; row < isMissing.Length; row++)
                isMissing[row] |= column.IsMissing(row);
        }

        return At([.. Enumerable.Range(0, Count).Where(row => !isMissing[row])], IsHeldOut);
    }

    /// <summary>A column of numbers with a given number where it is missing. What is computed from the data belongs to a <see cref="Schema"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public Table FillMissing(string column, double value)
    {
        if (!double.IsFinite(value))
            throw OutOfRange.Of(nameof(value), value, Invariant($"{value} cannot stand for missing numbers; it must be finite."));
        double[] filled = this[column].Numbers.ToArray();
        foreach (ref double number in filled.AsSpan())
            number = double.IsNaN(number) ? value : number;
        return With(TableColumn.Own(column, filled));
    }

    /// <summary>A column of texts with a given text where it is missing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column does not hold texts.</exception>
    public Table FillMissing(string column, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        TableColumn old = this[column];
        string?[] filled = new string?[Count];
        for (int row = 0; row < filled.Length; row++)
            filled[row] = old.Text(row) ?? text;
        return With(TableColumn.OfTexts(column, filled));
    }

    /// <summary>The rows that repeat an earlier one in all of these columns; without names in all columns. Missing values are equal to each other.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public int[] Duplicates(params ReadOnlySpan<string> names)
    {
        List<long[]> keys = [];
        foreach (string name in names)
            keys.Add(this[name].Keys());
        if (names.IsEmpty)
            keys.AddRange(columns.Select(column => column.Keys()));
        HashSet<int> seen = new(new SameRow([.. keys]));
        return [.. Enumerable.Range(0, Count).Where(row => !seen.Add(row))];
    }

    /// <summary>The rows without those that repeat an earlier one (<see cref="Duplicates"/>).</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Table DropDuplicates(params ReadOnlySpan<string> names)
    {
        HashSet<int> repeated = [.. Duplicates(names)];
        return At([.. Enumerable.Range(0, Count).Where(row => !repeated.Contains(row))], IsHeldOut);
    }

    /// <summary>Keeps rows at random for testing.</summary>
    /// <param name="testFraction">The share of the rows for testing, in (0, 1).</param>
    /// <param name="seed">The order of the rows.</param>
    /// <param name="stratifyBy">A column each value of which has its share in both parts.</param>
    /// <param name="groupBy">A column no value of which is in both parts.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">Both columns are given, or a part would have no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public TableSplit TrainTestSplit(double testFraction, ulong seed, string? stratifyBy = null, string? groupBy = null) =>
        (stratifyBy, groupBy) switch
        {
            (null, null) => Split(Splits.Holdout(Count, testFraction, seed)),
            ({ } column, null) => Split(Splits.Stratified(ClassesOf(column), testFraction, seed)),
            (null, { } column) => Split(Splits.Grouped(ClassesOf(column), testFraction, seed)),
            _ => throw new ArgumentException("A split is stratified by one column or grouped by one, not both.", nameof(groupBy)),
        };

    /// <summary>The two parts of a split; nothing can be fitted on the part for testing.</summary>
    /// <remarks><c>foreach (Split fold in Splits.StratifiedKFold(table.ClassesOf("income"), 5, seed: 1)) … table.Split(fold)</c></remarks>
    /// <exception cref="ArgumentException">The split is of another number of rows.</exception>
    public TableSplit Split(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return split.Count == Count
            ? new(At(split.Train.ToArray(), IsHeldOut), At(split.Test.ToArray(), isHeldOut: true))
            : throw new ArgumentException(Invariant($"The split is of {split.Count} rows; the table has {Count}."), nameof(split));
    }

    /// <summary>Of each row a number from 0 that is the same for the same value and no other: what <see cref="Splits"/> takes as classes or groups. Missing is a value.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public int[] ClassesOf(string column)
    {
        TableColumn values = this[column];
        // Each code is a text of its own; only the missing one is none.
        if (values.Kind == ValueKind.Text)
            return Array.ConvertAll(values.Codes.ToArray(), code => code < 0 ? values.Texts.Length : code);
        Dictionary<long, int> known = [];
        return Array.ConvertAll(values.Keys(), key =>
        {
            if (!known.TryGetValue(key, out int value))
                known.Add(key, value = known.Count);
            return value;
        });
    }

    /// <summary>Of each row the time of a column: what <see cref="Splits.ByTime"/> takes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no points in time, or one is missing.</exception>
    public DateTime[] TimesOf(string column)
    {
        TableColumn times = this[column];
        DateTime[] all = new DateTime[Count];
        for (int row = 0; row < all.Length; row++)
            all[row] = times.Date(row) ?? throw new InvalidOperationException($"{Place(row)}: '{column}' is missing.");
        return all;
    }

    private sealed class SameRow(long[][] keys) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b) => Array.TrueForAll(keys, column => column[a] == column[b]);

        public int GetHashCode(int row)
        {
            HashCode hash = new();
            foreach (long[] column in keys)
                hash.Add(column[row]);
            return hash.ToHashCode();
        }
    }
}
