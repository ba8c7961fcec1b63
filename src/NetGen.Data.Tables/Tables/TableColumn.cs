using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A named column of a <see cref="Table"/>. It never changes.</summary>
/// <example>
/// <code>
/// Table table = Table.Of(TableColumn.OfNumbers("x", [0.5, double.NaN, 2]), TableColumn.OfTexts("kind", "a", null, "b"));
/// int missing = table["x"].CountMissing();
/// </code>
/// </example>
public sealed class TableColumn
{
    /// <summary>What stands for a missing date.</summary>
    internal const long NoDate = long.MinValue;

    private readonly double[] numbers = [];
    private readonly int[] codes = [];
    private readonly string[] texts = [];
    private readonly long[] ticks = [];

    private TableColumn(string name, ValueKind kind, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Kind = kind;
        Count = count;
    }

    private TableColumn(string name, double[] numbers)
        : this(name, ValueKind.Number, numbers.Length) => this.numbers = numbers;

    private TableColumn(string name, int[] codes, string[] texts, string? whyText)
        : this(name, ValueKind.Text, codes.Length) => (this.codes, this.texts, WhyText) = (codes, texts, whyText);

    private TableColumn(string name, long[] ticks)
        : this(name, ValueKind.Date, ticks.Length) => this.ticks = ticks;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ValueKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The numbers; a missing one is NaN.</summary>
    /// <exception cref="InvalidOperationException">The column does not hold numbers.</exception>
    public ReadOnlySpan<double> Numbers => Kind == ValueKind.Number ? numbers : throw Wrong(ValueKind.Number);

    /// <summary>Of each row the index of its text in <see cref="Texts"/>; −1 where it is missing.</summary>
    /// <exception cref="InvalidOperationException">The column does not hold texts.</exception>
    public ReadOnlySpan<int> Codes => Kind == ValueKind.Text ? codes : throw Wrong(ValueKind.Text);

    /// <summary>The different texts. After rows were selected some may be in no row.</summary>
    /// <exception cref="InvalidOperationException">The column does not hold texts.</exception>
    public ReadOnlySpan<string> Texts => Kind == ValueKind.Text ? texts : throw Wrong(ValueKind.Text);

    /// <summary>Where the column was expected to hold something else: what the first text is that it cannot be.</summary>
    internal string? WhyText { get; }

    internal ReadOnlySpan<long> Ticks => Kind == ValueKind.Date ? ticks : throw Wrong(ValueKind.Date);

    /// <summary>A column of numbers; NaN is a missing one.</summary>
    /// <exception cref="ArgumentException">A number is infinite.</exception>
    public static TableColumn OfNumbers(string name, ReadOnlySpan<double> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsInfinity(values[row]))
                throw new ArgumentException(Invariant($"'{name}' is infinite in row {row}."), nameof(values));
        }

        return new(name, values.ToArray());
    }

    /// <summary>A column of numbers in single precision; NaN is a missing one.</summary>
    /// <exception cref="ArgumentException">A number is infinite.</exception>
    public static TableColumn OfNumbers(string name, ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int row = 0; row < wide.Length; row++)
            wide[row] = values[row];
        return OfNumbers(name, wide);
    }

    /// <summary>A column of texts; null is a missing one.</summary>
    public static TableColumn OfTexts(string name, params ReadOnlySpan<string?> values)
    {
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        int[] codes = new int[values.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            if (values[row] is not { } text)
                codes[row] = -1;
            else if (!known.TryGetValue(text, out codes[row]))
                known.Add(text, codes[row] = known.Count);
        }

        return new(name, codes, [.. known.Keys], null);
    }

    /// <summary>A column of points in time; null is a missing one.</summary>
    public static TableColumn OfDates(string name, params ReadOnlySpan<DateTime?> values)
    {
        long[] ticks = new long[values.Length];
        for (int row = 0; row < ticks.Length; row++)
            ticks[row] = values[row]?.Ticks ?? NoDate;
        return new(name, ticks);
    }

    /// <summary>Whether there is no value in a row.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public bool IsMissing(int row) => Kind switch
    {
        ValueKind.Number => double.IsNaN(numbers[row]),
        ValueKind.Text => codes[row] < 0,
        _ => ticks[row] == NoDate,
    };

    /// <summary>The text in a row; null where it is missing.</summary>
    /// <exception cref="InvalidOperationException">The column does not hold texts.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public string? Text(int row) => Codes[row] < 0 ? null : texts[codes[row]];

    /// <summary>The point in time in a row; null where it is missing.</summary>
    /// <exception cref="InvalidOperationException">The column does not hold points in time.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public DateTime? Date(int row) => Ticks[row] == NoDate ? null : new DateTime(ticks[row]);

    /// <summary>How many rows have no value.</summary>
    public int CountMissing() => Kind switch
    {
        ValueKind.Number => numbers.Count(double.IsNaN),
        ValueKind.Text => codes.Count(code => code < 0),
        _ => ticks.Count(value => value == NoDate),
    };

    /// <summary>The texts that are in some row, and in how many.</summary>
    internal IEnumerable<KeyValuePair<string, int>> CountTexts()
    {
        int[] counts = new int[texts.Length];
        foreach (int code in codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        return texts.Select((text, code) => KeyValuePair.Create(text, counts[code])).Where(pair => pair.Value > 0);
    }

    /// <summary>For example <c>age: Number, 32561 rows</c>.</summary>
    public override string ToString() => Invariant($"{Name}: {Kind}, {Count} rows");

    // The arrays are taken as they are.
    internal static TableColumn Own(string name, double[] numbers) => new(name, numbers);

    internal static TableColumn Own(string name, int[] codes, string[] texts, string? whyText) => new(name, codes, texts, whyText);

    internal static TableColumn Own(string name, long[] ticks) => new(name, ticks);

    internal TableColumn Named(string name) => Kind switch
    {
        ValueKind.Number => new(name, numbers),
        ValueKind.Text => new(name, codes, texts, WhyText),
        _ => new(name, ticks),
    };

    internal TableColumn At(int[] rows) => Kind switch
    {
        ValueKind.Number => new(Name, At(numbers, rows)),
        ValueKind.Text => new(Name, At(codes, rows), texts, WhyText),
        _ => new(Name, At(ticks, rows)),
    };

    /// <summary>The rows of another column below these.</summary>
    internal TableColumn Then(TableColumn other)
    {
        if (other.Kind != Kind)
            throw new ArgumentException($"'{Name}' is {Kind} in one table and {other.Kind} in the other.{Space(WhyText)}{Space(other.WhyText)}", nameof(other));
        switch (Kind)
        {
            case ValueKind.Number: return new(Name, [.. numbers, .. other.numbers]);
            case ValueKind.Date: return new(Name, [.. ticks, .. other.ticks]);
            default:
                Dictionary<string, int> known = new(StringComparer.Ordinal);
                foreach (string text in texts)
                    known.Add(text, known.Count);
                int[] map = new int[other.texts.Length];
                for (int i = 0; i < map.Length; i++)
                {
                    if (!known.TryGetValue(other.texts[i], out map[i]))
                        known.Add(other.texts[i], map[i] = known.Count);
                }

                return new(Name, [.. codes, .. other.codes.Select(code => code < 0 ? code : map[code])], [.. known.Keys], WhyText ?? other.WhyText);
        }

        static string Space(string? text) => text is null ? "" : " " + text;
    }

    /// <summary>Of each row a number that is the same for the same value and no other: what duplicates and classes are told by.</summary>
    internal long[] Keys() => Kind switch
    {
        // The two zeros are one number.
        ValueKind.Number => Array.ConvertAll(numbers, number => BitConverter.DoubleToInt64Bits(number == 0 ? 0 : double.IsNaN(number) ? double.NaN : number)),
        ValueKind.Text => Array.ConvertAll(codes, code => (long)code),
        _ => ticks,
    };

    private static T[] At<T>(T[] values, int[] rows)
    {
        T[] selected = GC.AllocateUninitializedArray<T>(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            selected[i] = values[rows[i]];
        return selected;
    }

    private InvalidOperationException Wrong(ValueKind asked) =>
        new($"'{Name}' does not hold values of the kind {asked} but {Kind}.{(WhyText is null ? "" : " " + WhyText)}");
}
