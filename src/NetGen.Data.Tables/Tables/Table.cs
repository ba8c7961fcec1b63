using System.Text;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Rows of named columns, as they came from a file, before a <see cref="Schema"/> makes numbers for a network of them.</summary>
/// <remarks>
/// <code>
/// Table adult = Table.ReadCsv("adult.csv").Drop("fnlwgt").DropMissing();
/// TableSplit split = adult.TrainTestSplit(0.2, seed: 1, stratifyBy: "income");
/// </code>
/// A table never changes; its methods give other tables. All that is here looks at one row at a time, or only counts: what learns from data
/// (means, ranges, categories) belongs to a <see cref="Schema"/>, which is fitted on rows for training only.
/// </remarks>
public sealed partial class Table
{
    private readonly TableColumn[] columns;
    private readonly Dictionary<string, TableColumn> byName = new(StringComparer.Ordinal);
    private readonly RowSource[] sources;
    private readonly long[] rows;

    private Table(TableColumn[] columns, RowSource[] sources, long[] rows, bool isHeldOut)
    {
        foreach (TableColumn column in columns)
        {
            if (!byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
        }

        this.columns = columns;
        this.sources = sources;
        this.rows = rows;
        IsHeldOut = isHeldOut;
    }

    private Table(TableColumn[] columns, RowSource source)
        : this(columns, [source], Numbered(source), isHeldOut: false)
    {
    }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>The columns in order.</summary>
    public ReadOnlySpan<TableColumn> Columns => columns;

    /// <summary>Whether the rows were set apart to test on: nothing can be fitted on them.</summary>
    public bool IsHeldOut { get; }

    /// <summary>The column of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public TableColumn this[string name] => byName.TryGetValue(name, out TableColumn? column)
        ? column
        : throw new KeyNotFoundException($"There is no column '{name}'; there are: {string.Join(", ", columns.Select(c => c.Name))}.");

    /// <summary>The rows' own numbers.</summary>
    internal ReadOnlySpan<long> RowNumbers => rows;

    /// <summary>Puts columns together.</summary>
    /// <param name="columns">The columns.</param>
    /// <exception cref="ArgumentException">There is no column, two have one name, or they differ in their number of rows.</exception>
    public static Table Of(params ReadOnlySpan<TableColumn> columns)
    {
        if (columns.IsEmpty)
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        foreach (TableColumn column in columns)
            CheckCount(column, columns[0].Count, $"'{columns[0].Name}'");
        return new(columns.ToArray(), new RowSource("the table", columns[0].Count, []));
    }

    /// <summary>The rows of some objects: <c>Table.Of(people, new RowType&lt;Person&gt;().Number("age", p => p.Age))</c>.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="type">What columns they have.</param>
    /// <exception cref="InvalidOperationException">The type has no column.</exception>
    public static Table Of<T>(IEnumerable<T> items, RowType<T> type)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(type);
        return type.TableOf([.. items]);
    }

    /// <summary>The rows of some objects that come one by one.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="type">What columns they have.</param>
    /// <param name="cancellationToken">Ends the waiting for them.</param>
    /// <exception cref="InvalidOperationException">The type has no column.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<Table> OfAsync<T>(IAsyncEnumerable<T> items, RowType<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(type);
        List<T> all = [];
        await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Where they come from may not look at it.
            cancellationToken.ThrowIfCancellationRequested();
            all.Add(item);
        }

        return type.TableOf(all);
    }

    internal static Table FromFile(TableColumn[] columns, string file, int[] lines) =>
        new(columns, new RowSource(file, lines.Length, lines));

    /// <summary>A table of rows that have no lines.</summary>
    internal static Table FromRows(TableColumn[] columns, string name, int count) => new(columns, new RowSource(name, count, []));

    /// <summary>Whether there is a column of a name.</summary>
    public bool Has(string column) => byName.ContainsKey(column);

    /// <summary>Where a row came from: <c>adult.csv(18)</c> is line 18 of that file.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public string Place(int row)
    {
        CheckRow(row, nameof(row));
        return PlaceOf(rows[row]);
    }

    /// <summary>These columns in this order.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">There is none, or one twice.</exception>
    public Table Select(params ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
            throw new ArgumentException("A table needs at least one column.", nameof(names));
        List<TableColumn> selected = [];
        foreach (string name in names)
            selected.Add(this[name]);
        return With([.. selected]);
    }

    /// <summary>All columns but these.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No column would be left.</exception>
    public Table Drop(params ReadOnlySpan<string> names)
    {
        HashSet<TableColumn> dropped = [];
        foreach (string name in names)
            dropped.Add(this[name]);
        TableColumn[] left = Array.FindAll(columns, column => !dropped.Contains(column));
        return left.Length > 0 ? With(left) : throw new ArgumentException("A table needs at least one column.", nameof(names));
    }

    /// <summary>A column under another name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">Another column has the new name.</exception>
    public Table Rename(string name, string newName)
    {
        TableColumn old = this[name];
        return With(Array.ConvertAll(columns, column => column == old ? column.Named(newName) : column));
    }

    /// <summary>A column more, or another in the place of the one of its name.</summary>
    /// <exception cref="ArgumentException">It has not as many rows as the table.</exception>
    public Table With(TableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        CheckCount(column, Count, "the table");
        return Has(column.Name) ? With(Array.ConvertAll(columns, old => old.Name == column.Name ? column : old)) : With([.. columns, column]);
    }

    /// <summary>The rows of another table below these; it must have the same columns, in any order.</summary>
    /// <remarks>The result is held out if one of the tables is.</remarks>
    /// <exception cref="KeyNotFoundException">A column is missing there.</exception>
    /// <exception cref="ArgumentException">It has more columns, or one of another kind.</exception>
    public Table Concat(Table other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Array.Find(other.columns, column => !Has(column.Name)) is { } unknown)
            throw new ArgumentException($"The other table has a column '{unknown.Name}' that this one has not.", nameof(other));
        return new(
            Array.ConvertAll(columns, column => column.Then(other[column.Name])), [.. sources.Union(other.sources)], [.. rows, .. other.rows],
            IsHeldOut || other.IsHeldOut);
    }

    /// <summary>For example <c>32561 rows (age: Number; workclass: Text; …)</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Invariant($"{Count} rows ("));
        text.AppendJoin("; ", columns.Select(column => $"{column.Name}: {column.Kind}"));
        return text.Append(')').ToString();
    }

    internal string PlaceOf(long number) => Array.Find(sources, source => source.Has(number))!.Place(number);

    private static long[] Numbered(RowSource source)
    {
        long[] numbers = new long[source.Count];
        for (int row = 0; row < numbers.Length; row++)
            numbers[row] = source.First + row;
        return numbers;
    }

    private static void CheckCount(TableColumn column, int expected, string of)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Count != expected)
            throw new ArgumentException(Invariant($"'{column.Name}' has {column.Count} rows; {of} has {expected}."), nameof(column));
    }

    private void CheckRow(int row, string name)
    {
        if ((uint)row >= (uint)Count)
            throw OutOfRange.Of(name, row, Invariant($"There is no row {row}; the table has {Count}."));
    }

    private Table With(TableColumn[] others) => new(others, sources, rows, IsHeldOut);

    private Table At(int[] selected, bool isHeldOut) =>
        new(Array.ConvertAll(columns, column => column.At(selected)), sources, Array.ConvertAll(selected, row => rows[row]), isHeldOut);
}
