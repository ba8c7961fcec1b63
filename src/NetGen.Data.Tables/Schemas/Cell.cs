namespace NetGen.Data;

/// <summary>One value of a row that is no table.</summary>
/// <param name="kind">What it is; null: it is missing, or was never set.</param>
internal readonly struct Cell(ValueKind? kind, double number = double.NaN, string? text = null, long ticks = TableColumn.NoDate)
{
    internal ValueKind? Kind => kind;

    internal double Number => number;

    internal string? Text => text;

    internal long Ticks => ticks;

    internal CellException Wrong(string expected) => new($"is of the kind {kind}; expected {expected}.");
}
