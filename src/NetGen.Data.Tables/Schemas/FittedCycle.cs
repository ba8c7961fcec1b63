using System.Text.Json;

namespace NetGen.Data;

/// <summary>The sine and the cosine of where a point in time is on its way round.</summary>
internal sealed class FittedCycle(string column, DatePart part) : FittedFeature(column)
{
    internal const string Name = "cycle";

    internal override int Width => 2;

    internal override IEnumerable<string> Names => [$"{Column} sin({part})", $"{Column} cos({part})"];

    /// <summary>Nothing is learned; but rows for training that cannot be encoded are an error now, not later.</summary>
    internal void CheckAll(Table train)
    {
        RowEncoder rows = On(train[Column]);
        Span<float> target = stackalloc float[2];
        for (int row = 0; row < train.Count; row++)
        {
            try
            {
                rows.Encode(row, row + 1, target, 2);
            }
            catch (CellException exception)
            {
                throw exception.At(train.Place(row), Column);
            }
        }
    }

    internal override RowEncoder On(TableColumn column) =>
        column.Kind == ValueKind.Date ? new Rows(this, column) : throw FittedNumber.WrongKind(column, ValueKind.Date);

    internal override void Encode(in Cell cell, Span<float> target)
    {
        if (cell.Kind is not (null or ValueKind.Date))
            throw cell.Wrong("a point in time");
        Encode(cell.Kind is null ? null : new DateTime(cell.Ticks), target);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("feature", Name);
        json.WriteString("column", Column);
        json.WriteString("part", part.ToString());
    }

    internal static FittedCycle ReadFrom(SchemaJson json)
    {
        DatePart part = json.Part("part");
        return DateParts.Turn(DateTime.UnixEpoch, part) is null ? throw json.Error($"has a cycle of {part}") : new(json.Text("column"), part);
    }

    private void Encode(DateTime? time, Span<float> target)
    {
        if (time is not { } known)
            throw new CellException("is missing, and nothing can stand for it. Drop such rows (Table.DropMissing).");
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * DateParts.Turn(known, part)!.Value);
        target[0] = (float)sine;
        target[1] = (float)cosine;
    }

    private sealed class Rows(FittedCycle feature, TableColumn column) : RowEncoder
    {
        internal override void Encode(int start, int end, Span<float> target, int stride)
        {
            for (Row = start; Row < end; Row++, target = target[Math.Min(stride, target.Length)..])
                feature.Encode(column.Date(Row), target);
        }
    }
}
