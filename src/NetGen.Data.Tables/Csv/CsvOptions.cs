using System.Globalization;
using System.Text;

namespace NetGen.Data;

/// <summary>
/// How a file of separated values is written. The defaults are those of RFC 4180: commas, quotes, a header, UTF-8, numbers as in code.
/// </summary>
/// <example><code>Table people = Table.ReadCsv("people.csv", new CsvOptions { Separator = ';', Missing = ["", "?"] });</code></example>
public sealed class CsvOptions
{
    /// <summary>The texts that stand for a missing value unless others are given, beside the empty one.</summary>
    public static readonly IReadOnlyList<string> UsualMissing = ["?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null"];

    /// <summary>What is between two values. A tab is <c>'\t'</c>.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first line has the names of the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// The names of the columns, in order. Without a header they are needed, or the columns are named <c>column0</c>, <c>column1</c>, …;
    /// with one they take the place of its names.
    /// </summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// What columns hold, by name. A value that is not of that kind is an error; of all other columns the kind is what fits all of their
    /// values: numbers, dates, or else texts.
    /// </summary>
    public IReadOnlyDictionary<string, ValueKind> Kinds { get; init; } = new Dictionary<string, ValueKind>();

    /// <summary>Texts that stand for a missing value; an empty text always does, and one of blanks.</summary>
    public IReadOnlyList<string> Missing { get; init; } = UsualMissing;

    /// <summary>
    /// The decimal mark, signs and, with <see cref="AllowThousands"/>, the mark between groups of digits:
    /// <c>CultureInfo.GetCultureInfo("de-DE").NumberFormat</c>, or one made by hand.
    /// </summary>
    public NumberFormatInfo Numbers { get; init; } = NumberFormatInfo.InvariantInfo;

    /// <summary>
    /// Whether numbers may have marks between groups of three digits: <c>1,234,567.8</c>. Groups of other lengths are no numbers.
    /// </summary>
    public bool AllowThousands { get; init; }

    /// <summary>
    /// How dates are written, as <see cref="DateTime.ParseExact(string, string, IFormatProvider)"/> takes it, in the invariant culture;
    /// empty: ISO 8601.
    /// </summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>The encoding, where the file does not begin with a mark of another; null: UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>How many lines before the header, or the first row, are passed over.</summary>
    public int SkipLines { get; init; }

    /// <summary>Whether values may be in quotes: those with separators, line ends or quotes (doubled) in them.</summary>
    public bool AllowQuotes { get; init; } = true;
}
