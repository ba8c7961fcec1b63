using System.Globalization;

namespace NetGen.Data;

/// <summary>Reads points in time, as ISO 8601 writes them unless other formats are given; those with an offset are brought to UTC.</summary>
internal sealed class DateText(CsvOptions options)
{
    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly string[] formats = options.DateFormats.Count > 0 ? [.. options.DateFormats] : Iso;
    private readonly bool isIso = options.DateFormats.Count == 0;

    internal bool TryRead(ReadOnlySpan<char> text, out long ticks)
    {
        // Of ten characters at least, and the fifth a hyphen: most texts are not even looked at.
        if (isIso && (text.Length < 10 || text[4] != '-'))
        {
            ticks = 0;
            return false;
        }

        bool isDate = DateTime.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime date);
        ticks = date.Ticks;
        return isDate;
    }
}
