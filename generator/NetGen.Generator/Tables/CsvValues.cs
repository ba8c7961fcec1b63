using System.Globalization;

namespace NetGen.Generator.Tables;

/// <summary>What the values of a column are, as the run time's CsvColumn, NumberText and DateText decide it.</summary>
internal sealed class CsvValues(ICollection<string> missing, int mostTexts)
{
    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly HashSet<string> texts = [], numbers = [];
    private bool allNumbers = true, allDates = true;

    /// <summary>How many rows have a value, and how many have none.</summary>
    public int Count { get; private set; }

    public int Missing { get; private set; }

    /// <summary>Of numbers the least and the largest.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether all numbers are whole, and so small that their text is exact.</summary>
    public bool AreWhole { get; private set; } = true;

    /// <summary>A column without any value is taken for one of numbers.</summary>
    public ColumnKind Kind => allNumbers || Count == 0 ? ColumnKind.Number : allDates ? ColumnKind.Date : ColumnKind.Text;

    /// <summary>
    /// The different texts, or whole numbers as texts, in the order of their code units; one more than <c>mostTexts</c> where there are
    /// more.
    /// </summary>
    public IReadOnlyList<string> Categories =>
        (Kind == ColumnKind.Number ? numbers : texts).OrderBy(text => text, StringComparer.Ordinal).ToArray();

    public void Add(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || missing.Contains(text))
        {
            Missing++;
            return;
        }
        Count++;
        if (texts.Count <= mostTexts)
            texts.Add(text);
        allDates = allDates && IsDate(text);
        if (!allNumbers || !(allNumbers = TryRead(text, out var number)))
            return;
        Minimum = Math.Min(Minimum, number);
        Maximum = Math.Max(Maximum, number);
        AreWhole &= Math.Abs(number) < 1L << 53 && Math.Floor(number) == number;
        if (AreWhole && numbers.Count <= mostTexts)
            numbers.Add(((long)number).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A number as they are written: not 007, which is rather a key.</summary>
    private static bool TryRead(string text, out double number)
    {
        number = 0;
        var digits = text.TrimStart('+', '-');
        // .NET's parser reads over zero characters at the end.
        return !(digits.Length > 1 && digits[0] == '0' && digits[1] is >= '0' and <= '9') && text.IndexOf('\0') < 0
            && double.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out number)
            && !double.IsNaN(number) && !double.IsInfinity(number);
    }

    private static bool IsDate(string text) => text.Length >= 10 && text[4] == '-'
        && DateTime.TryParseExact(
            text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out _);
}
