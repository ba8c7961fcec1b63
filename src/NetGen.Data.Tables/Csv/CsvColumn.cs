namespace NetGen.Data;

/// <summary>
/// One column while a file is read. A kind that is not stated is the first value's until a value is of another: then it is texts, and the file must be read
/// again, for what the values before it were written like is not kept.
/// </summary>
internal sealed class CsvColumn
{
    private readonly CsvTexts texts;
    private readonly bool isStated;
    private readonly List<string> different = [];
    private readonly int[] recentCodes = new int[128];
    private GrowingArray<double> numbers = new();
    private GrowingArray<long> dates = new();
    private GrowingArray<int> codes = new();
    private Dictionary<string, int>? known;
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private int missingBefore;

    /// <param name="name">The name.</param>
    /// <param name="kind">What it holds; null: what fits its values.</param>
    /// <param name="texts">How values are written.</param>
    internal CsvColumn(string name, ValueKind? kind, CsvTexts texts)
    {
        Name = name;
        this.texts = texts;
        isStated = kind is not null;
        if (kind is { } stated)
            Begin(stated);
    }

    internal string Name { get; }

    /// <summary>What it holds; null as long as all values were missing.</summary>
    internal ValueKind? Kind { get; private set; }

    /// <summary>Where a value was no number or date as those before it: why the column is one of texts.</summary>
    internal string? WhyText { get; set; }

    /// <summary>Takes the next value.</summary>
    /// <returns>Whether it is of the stated kind.</returns>
    internal bool Add(ReadOnlySpan<char> text, CsvPlace place)
    {
        switch (Kind)
        {
            case ValueKind.Text:
                AddText(text);
                return true;
            case ValueKind.Number:
                if (!texts.IsMissingNumber(text) && texts.Numbers.TryRead(text, out bool isPlain, out double number) && (isPlain || isStated))
                    numbers.Add(number);
                else if (texts.IsMissing(text))
                    numbers.Add(double.NaN);
                else
                    return Breaks(text, place, "number");
                return true;
            case ValueKind.Date:
                if (texts.Dates.TryRead(text, out long ticks))
                    dates.Add(ticks);
                else if (texts.IsMissing(text))
                    dates.Add(TableColumn.NoDate);
                else
                    return Breaks(text, place, "date");
                return true;
            default:
                return WhyText is not null || AddFirst(text, place);
        }
    }

    /// <summary>The column, of which nothing is left here.</summary>
    internal TableColumn Done()
    {
        if (Kind is null)
            Begin(ValueKind.Number);
        return Kind switch
        {
            ValueKind.Number => TableColumn.Own(Name, numbers.Take()),
            ValueKind.Text => TableColumn.Own(Name, codes.Take(), [.. different], WhyText),
            _ => TableColumn.Own(Name, dates.Take()),
        };
    }

    /// <summary>The first value that is not missing, of a column whose kind is not stated.</summary>
    private bool AddFirst(ReadOnlySpan<char> text, CsvPlace place)
    {
        if (texts.IsMissing(text))
            missingBefore++;
        else
        {
            Begin(texts.Numbers.TryRead(text, out bool isPlain, out _) && isPlain ? ValueKind.Number
                : texts.Dates.TryRead(text, out _) ? ValueKind.Date
                : ValueKind.Text);
            Add(text, place);
        }

        return true;
    }

    private void Begin(ValueKind kind)
    {
        Kind = kind;
        switch (kind)
        {
            case ValueKind.Number:
                numbers.AddCopies(double.NaN, missingBefore);
                break;
            case ValueKind.Date:
                dates.AddCopies(TableColumn.NoDate, missingBefore);
                break;
            default:
                codes.AddCopies(-1, missingBefore);
                known = texts.MissingCodes();
                lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
                break;
        }
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        // Few categories in many rows: most are found by their length and ends, and compared once.
        ref int recent = ref recentCodes[text.IsEmpty ? 0 : (text.Length * 37 + text[0] * 5 + text[^1]) % recentCodes.Length];
        if (recent < different.Count && text.SequenceEqual(different[recent]))
        {
            codes.Add(recent);
            return;
        }

        if (!lookup.TryGetValue(text, out int code))
        {
            if (text.IsWhiteSpace())
                code = -1;
            else
            {
                code = different.Count;
                different.Add(text.ToString());
                known!.Add(different[code], code);
            }
        }

        codes.Add(code);
        if (code >= 0)
            recent = code;
    }

    /// <summary>A value of another kind than those before it.</summary>
    private bool Breaks(ReadOnlySpan<char> text, CsvPlace place, string expected)
    {
        if (isStated)
            return false;
        numbers.Return();
        dates.Return();
        WhyText = $"{place.Row}: '{CsvTexts.Printable(text)}' is not a {expected}.";
        Kind = null;
        return true;
    }
}
