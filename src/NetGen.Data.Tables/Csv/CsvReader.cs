using System.Text;
using System.Text.Unicode;
using nietras.SeparatedValues;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Reads a table from a file of separated values, once, or a second time where a column turned out to be one of texts.</summary>
internal sealed class CsvReader(Stream stream, string file, CsvOptions options, Encoding encoding)
{
    private const char Quote = '"';

    private readonly CsvTexts texts = new(options);
    private readonly long start = stream.Position;
    private char[] unquoted = [];
    private int begin;

    /// <summary>The lines before the first row, the columns so far, and the lines of their rows.</summary>
    private int passed;
    private CsvColumn[]? columns;
    private GrowingArray<int> lines = new();

    /// <summary>What columns hold, where a block before has said so.</summary>
    private IReadOnlyDictionary<string, ValueKind> kinds = options.Kinds;

    internal Table Read() => Read(int.MaxValue);

    /// <summary>The rows in blocks; what columns hold is what the first block says.</summary>
    internal IEnumerable<Table> Blocks(int rows)
    {
        kinds = Read(rows).Columns.ToArray().ToDictionary(column => column.Name, column => column.Kind);
        using StreamReader text = Open();
        using SepReader reader = Rows(text);
        Dictionary<string, string> none = [];
        bool goesOn;
        do
        {
            goesOn = Guarded(() => AddNext(reader, none));
            if (lines.Count == 0 || (goesOn && lines.Count < rows))
                continue;
            CsvColumn[] full = columns!;
            yield return Table.FromFile(Array.ConvertAll(full, column => column.Done()), file, lines.Take());
            columns = Array.ConvertAll(full, column => new CsvColumn(column.Name, kinds[column.Name], texts));
            lines = new();
        }
        while (goesOn);
    }

    private Table Read(int most) => Guarded(() =>
    {
        Dictionary<string, string> mixed = new(StringComparer.Ordinal);
        Table? table;
        while ((table = TryRead(mixed, most)) is null)
        {
        }

        return table;
    });

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException exception)
        {
            // Of Sep: the row does not fit its buffer. The stream's own would have come from its first use.
            throw new InvalidDataException(new CsvPlace(file, begin).Error("the row is longer than can be read; is a quote opened and never closed?").Message, exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"{file}{WrongLine()}: the bytes are not of the encoding {encoding.WebName}; state the file's own as {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.", exception);
        }
    }

    /// <param name="mixed">The columns that are texts though their first values are not, and why; receives more of them.</param>
    /// <param name="most">How many rows are read.</param>
    /// <returns>Null where there are more of them than before.</returns>
    private Table? TryRead(Dictionary<string, string> mixed, int most)
    {
        using StreamReader text = Open();
        using SepReader reader = Rows(text);
        while (lines.Count < most && AddNext(reader, mixed))
        {
        }

        if (columns is null)
            throw new InvalidDataException($"{file} is empty: there is no {(options.HasHeader ? "header" : "row")}.");
        CsvColumn[] broken = Array.FindAll(columns, column => column.WhyText is not null && column.Kind is null);
        foreach (CsvColumn column in broken)
            mixed.Add(column.Name, column.WhyText!);
        return broken.Length > 0 ? null : Table.FromFile(Array.ConvertAll(columns, column => column.Done()), file, lines.Take());
    }

    /// <summary>Begins anew, behind the lines that are passed over.</summary>
    private StreamReader Open()
    {
        stream.Position = start;
        columns = null;
        lines.Return();
        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        StreamReader text = new(stream, strict, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        int line = 1;
        for (; line <= options.SkipLines; line++)
        {
            if (text.ReadLine() is null)
                throw new InvalidDataException(Invariant($"{file} has {line - 1} lines; {options.SkipLines} were to be passed over."));
        }

        passed = line - 1;
        begin = line;
        return text;
    }

    private SepReader Rows(StreamReader text) => new Sep(options.Separator)
        .Reader(o => o with
        {
            HasHeader = false,
            DisableColCountCheck = true,
            DisableQuotesParsing = !options.AllowQuotes,
        })
        .From(text);

    /// <summary>Adds the next row.</summary>
    /// <returns>Whether there was one.</returns>
    private bool AddNext(SepReader reader, Dictionary<string, string> mixed)
    {
        while (reader.MoveNext())
        {
            SepReader.Row row = reader.Current;
            CsvPlace place = new(file, begin);
            // Its count of lines starts anew behind those passed over.
            begin = passed + row.LineNumberToExcl;
            // A row of tabs is one of missing values.
            if (row.ColCount == 1 && row.Span.IsWhiteSpace())
                continue;
            // An even number of quotes closes all.
            if (options.AllowQuotes && (row.Span.Count(Quote) & 1) != 0)
                throw place.Error("a quote is opened and never closed.");
            if (columns is null)
            {
                bool isHeader = options.HasHeader;
                columns = Columns(row, place, mixed);
                if (isHeader)
                    continue;
            }

            if (row.ColCount != columns.Length)
                throw place.Error(Invariant($"the row has {row.ColCount} values; there are {columns.Length} columns."));
            for (int i = 0; i < columns.Length; i++)
            {
                ReadOnlySpan<char> value = Value(row[i].Span, place);
                if (!columns[i].Add(value, place))
                    throw place.Error($"'{columns[i].Name}' is '{CsvTexts.Printable(value)}', which is not a {columns[i].Kind!.Value.ToString().ToLowerInvariant()}.");
            }

            lines.Add(place.Line);
            return true;
        }

        return false;
    }

    private CsvColumn[] Columns(SepReader.Row first, CsvPlace place, Dictionary<string, string> mixed)
    {
        string[] names = new string[first.ColCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = options.HasHeader ? Value(first[i].Span, place).ToString() : Invariant($"column{i}");
        if (options.HasHeader && names is [string only] && only.AsSpan().IndexOfAny(";\t|,") is >= 0 and int mark && options.Names is null)
        {
            throw place.Error(
                $"there is one column, '{CsvTexts.Printable(only)}'. If its values are separated by '{(only[mark] == '\t' ? "\\t" : only[mark])}', "
                + $"state it as {nameof(CsvOptions)}.{nameof(CsvOptions.Separator)}; if not, name the column by {nameof(CsvOptions.Names)}.");
        }

        if (options.Names is { } stated)
        {
            if (stated.Count != names.Length)
                throw place.Error(Invariant($"there are {names.Length} columns; {stated.Count} names were given."));
            names = [.. stated];
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
                throw place.Error(Invariant($"column {i + 1} of {names.Length} has no name; give names by {nameof(CsvOptions)}.{nameof(CsvOptions.Names)}."));
            if (!seen.Add(names[i]))
                throw place.Error($"two columns are named '{CsvTexts.Printable(names[i])}'; give names by {nameof(CsvOptions)}.{nameof(CsvOptions.Names)}.");
        }

        foreach (string name in options.Kinds.Keys)
        {
            if (!seen.Contains(name))
                throw place.Error($"there is no column '{name}', of which {nameof(CsvOptions.Kinds)} says what it holds; there are: {string.Join(", ", names)}.");
        }

        return Array.ConvertAll(names, name =>
            kinds.TryGetValue(name, out ValueKind kind) ? new CsvColumn(name, kind, texts)
            : mixed.TryGetValue(name, out string? why) ? new CsvColumn(name, ValueKind.Text, texts) { WhyText = why }
            : new CsvColumn(name, null, texts));
    }

    /// <summary>A value without the blanks around it, and what is in its quotes where it has some.</summary>
    private ReadOnlySpan<char> Value(ReadOnlySpan<char> raw, CsvPlace place)
    {
        raw = WithoutBlanks(raw);
        if (raw.IsEmpty || raw[0] != Quote || !options.AllowQuotes)
            return raw;
        if (unquoted.Length < raw.Length)
            unquoted = new char[2 * raw.Length];
        int length = 0, i = 1;
        for (; i < raw.Length; i++)
        {
            // Two of them are one; one ends the value.
            if (raw[i] == Quote && (++i == raw.Length || raw[i] != Quote))
                break;
            unquoted[length++] = raw[i];
        }

        return i == raw.Length ? unquoted.AsSpan(0, length) : throw place.Error($"behind the closing quote of '{CsvTexts.Printable(raw)}' there is something more.");
    }

    /// <summary>As Trim(' '), which asks for each character whether two values are equal.</summary>
    private static ReadOnlySpan<char> WithoutBlanks(ReadOnlySpan<char> raw)
    {
        int start = 0, end = raw.Length;
        while (start < end && raw[start] == ' ')
            start++;
        while (end > start && raw[end - 1] == ' ')
            end--;
        return raw[start..end];
    }

    /// <summary>The first line that is not UTF-8, as <c>(18)</c>; nothing where that is not what is asked.</summary>
    private string WrongLine()
    {
        if (encoding.CodePage != Encoding.UTF8.CodePage)
            return "";
        stream.Position = start;
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        ReadOnlySpan<byte> bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        int line = 1;
        foreach (Range range in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[range]))
                return Invariant($"({line})");
            line++;
        }

        return "";
    }
}
