using System.Text.Json;

namespace NetGen.Data;

/// <summary>A number after its steps, and whether it was missing.</summary>
internal sealed class FittedNumber(string column, DatePart? part, NumberStep[] steps, bool hasIndicator) : FittedFeature(column)
{
    internal const string Name = "number";

    internal override int Width => hasIndicator ? 2 : 1;

    internal override IEnumerable<string> Names
    {
        get
        {
            string name = part is { } taken ? $"{Column} {taken}" : Column;
            return hasIndicator ? [name, $"{name} is missing"] : [name];
        }
    }

    /// <summary>The numbers of a column before all steps, in an array of their own; a missing one is NaN.</summary>
    /// <exception cref="InvalidDataException">The column does not hold what is asked.</exception>
    internal static double[] Source(TableColumn column, DatePart? part)
    {
        ValueKind expected = part is null ? ValueKind.Number : ValueKind.Date;
        if (column.Kind != expected)
            throw WrongKind(column, expected);
        if (part is not { } taken)
            return column.Numbers.ToArray();
        double[] values = new double[column.Count];
        for (int row = 0; row < values.Length; row++)
            values[row] = column.Date(row) is { } time ? DateParts.Of(time, taken) : double.NaN;
        return values;
    }

    internal static InvalidDataException WrongKind(TableColumn column, ValueKind expected) =>
        new($"'{column.Name}' is a column of the kind {column.Kind}; expected {expected}.{(column.WhyText is null ? "" : " " + column.WhyText)}");

    internal override RowEncoder On(TableColumn column) => new Rows(this, Source(column, part));

    internal override void Encode(in Cell cell, Span<float> target)
    {
        double value = (cell.Kind, part) switch
        {
            (null, _) => double.NaN,
            (ValueKind.Number, null) => cell.Number,
            (ValueKind.Date, { } taken) => DateParts.Of(new DateTime(cell.Ticks), taken),
            _ => throw cell.Wrong(part is null ? "a number" : "a point in time"),
        };
        Encode(value, target);
    }

    /// <summary>The number of the column that becomes this one.</summary>
    internal double Decode(double value)
    {
        for (int i = steps.Length - 1; i >= 0; i--)
            value = steps[i].Undo(value);
        return value;
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("feature", Name);
        json.WriteString("column", Column);
        if (part is { } taken)
            json.WriteString("part", taken.ToString());
        if (hasIndicator)
            json.WriteBoolean("indicator", true);
        json.WriteStartArray("steps");
        foreach (NumberStep step in steps)
        {
            json.WriteStartObject();
            step.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static FittedNumber ReadFrom(SchemaJson json) => new(
        json.Text("column"), json.Has("part") ? json.Part("part") : null, [.. json.Objects("steps").Select(NumberStep.Read)], json.Flag("indicator"));

    private void Encode(double value, Span<float> target)
    {
        if (hasIndicator)
            target[1] = double.IsNaN(value) ? 1 : 0;
        foreach (NumberStep step in steps)
            value = step.Apply(value);
        target[0] = Single(value);
    }

    private sealed class Rows(FittedNumber feature, double[] values) : RowEncoder
    {
        internal override void Encode(int start, int end, Span<float> target, int stride)
        {
            for (Row = start; Row < end; Row++, target = target[Math.Min(stride, target.Length)..])
                feature.Encode(values[Row], target);
        }
    }
}
