using System.Globalization;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>What is in one column of a table.</summary>
public sealed class ColumnDescription
{
    private const int Shown = 3;

    private ColumnDescription(TableColumn column, int missing, int different)
    {
        Name = column.Name;
        Kind = column.Kind;
        Missing = missing;
        Different = different;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ValueKind Kind { get; }

    /// <summary>How many rows have no value.</summary>
    public int Missing { get; }

    /// <summary>How many different values there are.</summary>
    public int Different { get; }

    /// <summary>The mean of the numbers; NaN for other columns, and where there is none.</summary>
    public double Mean { get; private init; } = double.NaN;

    /// <summary>The standard deviation of the numbers (that of a population); NaN for other columns, and where there is none.</summary>
    public double StandardDeviation { get; private init; } = double.NaN;

    /// <summary>The least number, the quartiles and the largest number; empty for other columns, and where there is none.</summary>
    public IReadOnlyList<double> Quartiles { get; private init; } = [];

    /// <summary>The most frequent texts and how often they are there; empty for other columns.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> MostFrequent { get; private init; } = [];

    /// <summary>All of it in a line.</summary>
    public override string ToString() => $"{Name}  {Facts}";

    internal string Facts
    {
        get
        {
            string text = Kind + (Missing > 0 ? Invariant($", {Missing} missing") : "");
            if (Quartiles.Count > 0)
                text += Invariant($", mean {Mean:G6} ± {StandardDeviation:G6}, quartiles ") + string.Join(" ", Quartiles.Select(q => q.ToString("G6", CultureInfo.InvariantCulture)));
            else
                text += Invariant($", {Different} different");
            if (MostFrequent.Count > 0)
                text += ": " + string.Join(", ", MostFrequent.Select(pair => Invariant($"{pair.Key} ({pair.Value})"))) + (Different > MostFrequent.Count ? ", …" : "");
            return text;
        }
    }

    internal static ColumnDescription Of(TableColumn column)
    {
        int missing = column.CountMissing();
        if (column.Kind == ValueKind.Text)
        {
            IReadOnlyList<KeyValuePair<string, int>> counts = CountValues(column);
            return new(column, missing, counts.Count) { MostFrequent = [.. counts.Take(Shown)] };
        }

        int different = column.Keys().Where((_, row) => !column.IsMissing(row)).Distinct().Count();
        if (column.Kind == ValueKind.Date || missing == column.Count)
            return new(column, missing, different);
        Sample sample = new(column.Numbers.ToArray());
        return new(column, missing, different)
        {
            Mean = sample.Mean,
            StandardDeviation = sample.StandardDeviation,
            Quartiles = [sample.Quantile(0), sample.Quantile(0.25), sample.Quantile(0.5), sample.Quantile(0.75), sample.Quantile(1)],
        };
    }

    internal static IReadOnlyList<KeyValuePair<string, int>> CountValues(TableColumn column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        if (column.Kind == ValueKind.Text)
        {
            foreach ((string text, int count) in column.CountTexts())
                counts.Add(text, count);
        }
        else
        {
            for (int row = 0; row < column.Count; row++)
            {
                if (column.IsMissing(row))
                    continue;
                string text = column.Kind == ValueKind.Number
                    ? column.Numbers[row].ToString("R", CultureInfo.InvariantCulture)
                    : column.Date(row)!.Value.ToString("O", CultureInfo.InvariantCulture);
                counts[text] = counts.GetValueOrDefault(text) + 1;
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
    }
}
