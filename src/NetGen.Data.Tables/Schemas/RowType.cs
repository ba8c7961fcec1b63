namespace NetGen.Data;

/// <summary>
/// What columns objects of a type have: <c>new RowType&lt;Person&gt;().Number("age", p => p.Age).Text("work", p => p.Work)</c>.
/// </summary>
/// <remarks>It is complete before it is used; after that any number of threads may use it at once.</remarks>
/// <example>
/// <code>
/// var type = new RowType&lt;Person>().Number("age", p => p.Age).Text("city", p => p.City);
/// Table people = Table.Of(persons, type);
/// </code>
/// </example>
public sealed class RowType<T>
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, Func<T, Cell>> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<string, IReadOnlyList<T>, TableColumn>> tables = new(StringComparer.Ordinal);

    /// <summary>A column of numbers; NaN is a missing one.</summary>
    /// <exception cref="ArgumentException">There is a column of that name.</exception>
    public RowType<T> Number(string column, Func<T, double> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return Add(
            column,
            item => valueOf(item) is var number && double.IsNaN(number) ? default : new Cell(ValueKind.Number, number: number),
            (name, items) => TableColumn.OfNumbers(name, [.. items.Select(valueOf)]));
    }

    /// <summary>A column of texts; null is a missing one.</summary>
    /// <exception cref="ArgumentException">There is a column of that name.</exception>
    public RowType<T> Text(string column, Func<T, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return Add(
            column,
            item => valueOf(item) is { } text ? new Cell(ValueKind.Text, text: text) : default,
            (name, items) => TableColumn.OfTexts(name, [.. items.Select(valueOf)]));
    }

    /// <summary>A column of points in time; null is a missing one.</summary>
    /// <exception cref="ArgumentException">There is a column of that name.</exception>
    public RowType<T> Date(string column, Func<T, DateTime?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return Add(
            column,
            item => valueOf(item) is { } time ? new Cell(ValueKind.Date, ticks: time.Ticks) : default,
            (name, items) => TableColumn.OfDates(name, [.. items.Select(valueOf)]));
    }

    /// <summary>The columns, in the order in which they were added.</summary>
    internal IReadOnlyList<string> Names => names;

    internal Cell CellOf(T item, string column) => columns.TryGetValue(column, out Func<T, Cell>? cellOf)
        ? cellOf(item)
        : throw new KeyNotFoundException($"{typeof(T).Name} has no column '{column}'; it has: {string.Join(", ", names)}.");

    internal Table TableOf(IReadOnlyList<T> items) => names.Count > 0
        ? Table.Of([.. names.Select(name => tables[name](name, items))])
        : throw new InvalidOperationException($"The type of {typeof(T).Name} has no column yet.");

    private RowType<T> Add(string column, Func<T, Cell> cellOf, Func<string, IReadOnlyList<T>, TableColumn> columnOf)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        if (!columns.TryAdd(column, cellOf))
            throw new ArgumentException($"{typeof(T).Name} has a column '{column}' already.", nameof(column));
        names.Add(column);
        tables.Add(column, columnOf);
        return this;
    }
}
