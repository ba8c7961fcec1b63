using System.Globalization;
using System.Text;
using NetGen.Generator.Common;

namespace NetGen.Generator.Tables;

/// <summary>A row of values as they stand there, in quotes too, and the line in which it begins.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Raw);

/// <summary>The file is not well-formed; the message begins with file and line.</summary>
internal sealed class CsvException(string message) : Exception(message);

/// <summary>
/// Rows of a file of separated values, by the rules of the run time's CsvReader, which reads the same file when the program runs (its own
/// reader needs spans and a package, and a generator has neither). That both mean the same is tested with random files.
/// </summary>
internal sealed class CsvRows(string text, string file, char separator)
{
    private const char Quote = '"';

    public CsvException Error(int line, string message) => new(Text.Invariant($"{file}({line}): {message}"));

    /// <summary>All rows but empty lines.</summary>
    /// <exception cref="CsvException">A quote is never closed.</exception>
    public IEnumerable<CsvRow> Read(CancellationToken cancellation)
    {
        var values = new List<string>();
        var (line, begin, start, quotes) = (1, 1, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c == Quote)
                quotes++;
            // Within quotes it is a character as any other.
            if ((quotes & 1) == 0 || i == text.Length)
            {
                if (c == separator)
                {
                    values.Add(text.Substring(start, i - start));
                    start = i + 1;
                }
                else if (c is '\n' or '\r')
                {
                    cancellation.ThrowIfCancellationRequested();
                    var last = text.Substring(start, i - start);
                    if ((quotes & 1) != 0)
                        throw Error(begin, "a quote is opened and never closed.");
                    if (values.Count > 0 || last.Trim().Length > 0)
                    {
                        values.Add(last);
                        yield return new CsvRow(begin, values);
                        values = [];
                    }
                    if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                        i++;
                    start = i + 1;
                    begin = line + 1;
                    quotes = 0;
                    line++;
                    continue;
                }
            }
            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                line++;
        }
    }

    /// <summary>A text of the file, fit for a message: short and in one line.</summary>
    public static string Printable(string text)
    {
        const int Longest = 60;
        var clean = new StringBuilder();
        foreach (var c in text.Take(Longest))
            clean.Append(
                char.IsControl(c) || char.IsSurrogate(c)
                || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '?' : c);
        return text.Length > Longest ? clean.Append('…').ToString() : clean.ToString();
    }

    /// <summary>A value without the blanks around it, and what is in its quotes where it has some.</summary>
    /// <exception cref="CsvException">A quote is closed in the middle of it.</exception>
    public string Value(string raw, int line)
    {
        raw = raw.Trim(' ');
        if (raw.Length == 0 || raw[0] != Quote)
            return raw;
        var value = new StringBuilder();
        var i = 1;
        for (; i < raw.Length; i++)
        {
            // Two of them are one; one ends the value.
            if (raw[i] == Quote && (++i == raw.Length || raw[i] != Quote))
                break;
            value.Append(raw[i]);
        }
        return i == raw.Length ? value.ToString()
            : throw Error(line, $"behind the closing quote of '{Printable(raw)}' there is something more.");
    }
}
