using System.Text;
using CsCheck;
using NetGen.Data;
using NetGen.Generator.Tables;
using Xunit;

namespace NetGen.Generator.Tests.Tables;

/// <summary>
/// The compiler and the program read the same file: what one takes for a number, a date, a missing value or an error, so does the other.
/// </summary>
public sealed class TableMeaningTests
{
    private static readonly string[] Usual = [.. CsvOptions.UsualMissing];

    /// <summary>Pieces of values, of which many are nearly something.</summary>
    private static readonly Gen<string> Value = Gen.Frequency(
        (60, Gen.OneOf("1", "-2.5", "0", "0.5", ".5", "5.", "1e3", "+4", "9007199254740993", "12", "", " 3 ", "?")),
        (20, Gen.OneOf("2020-01-31", "2020-01-31T10:20", "2020-01-31T10:20:30Z", "2020-01-31 10:20:30+02:00", "NA", " ")),
        (18, Gen.OneOf(
            "007", "+04", "1e999", "-", "nan", "NaN", "x", "X", "ä", "Infinity", "∞", "2020-02-30", "20200131", "1 2", "1\t", "\"a\"",
                "\"1\"", "\"a,b\"", "\"a\"\"b\"", "\"a\nb\"",
            "\"a\r\nb\"", "\"\"", "123456789012345678901", "0x10", "1_000", "1 000", "(1)", "1\0", "\u00a01")),
        (1, Gen.OneOf("\"", "a\"b", "\"a\"b", "1,5")));

    private static readonly Gen<string> File =
        from columns in Gen.Int[2, 4]
        from rows in Value.Array[columns].Array[0, 6]
        from ragged in Gen.Int[0, 9]
        from end in Gen.OneOf("\n", "\r\n", "\r")
        from last in Gen.Bool
        select string.Join(
            end, rows.Select((row, i) => string.Join(",", ragged == 0 && i == 2 ? row.Skip(1) : row))
            .Prepend(string.Join(",", Enumerable.Range(0, columns).Select(c => $"c{c}"))))
            + (last ? end : "");

    [Fact]
    public void Random_files_are_the_same_tables()
    {
        var (tables, all) = (0, 0);
        File.Sample(
            text =>
            {
                var table = AtRunTime(text);
                Assert.Equal(table, WhileCompiling(text));
                Interlocked.Increment(ref all);
                Interlocked.Add(ref tables, table.StartsWith("c0 ", StringComparison.Ordinal) ? 1 : 0);
            },
            iter: 3000);
        // Not only errors are compared.
        Assert.InRange(tables, all / 3, all);
    }

    [Fact]
    public void Missing_values_are_the_usual_ones()
    {
        var text = $"a,b\n{string.Join("\n", Usual.Select(text => text + ",1"))}\n";
        Assert.Equal(AtRunTime(text), WhileCompiling(text));
    }

    /// <summary>The number of features that the compiler says is the one that the schema has at run time.</summary>
    [Fact]
    public void Widths_are_those_of_the_schema()
    {
        const string Text = "n,m,c,d,t,y\n1,,a,x,2020-01-02,1\n2,3,b,,2021-05-06,0\n3,4,a,z,2022-07-08,1\n";
        var table = Table.ParseCsv(Text);
        foreach (var rare in new[] { 0, 2 })
        {
            var model = TableReader.Read(
                new TableDeclaration("", "T", "t.csv", default) { Label = "y", OnUnknown = rare }, "t.csv", Text, CancellationToken.None)
                .Model!;
            var unknown = (Unknown)rare;
            var fitted = new Schema(Output.Numbers("features",
                Feature.Number("n").Standardize(), Feature.Number("m").FillMedian().WithMissingIndicator().Standardize(),
                    Feature.Category("c").OnUnknown(unknown).OneHot(),
                Feature.Category("d").MissingAs("?").OnUnknown(unknown).OneHot(), Feature.Date("t").Part(DatePart.Year),
                    Feature.Date("t").Cycle(DatePart.Month),
                Feature.Date("t").Cycle(DatePart.DayOfWeek))).Fit(table);
            Assert.Equal(fitted["features"].Length, model.FeatureCount);
        }
    }

    private static string AtRunTime(string text)
    {
        try
        {
            var table = Table.ParseCsv(text);
            return string.Join("; ", table.Columns.ToArray().Select(column => Column(
                column.Name, column.Kind.ToString(), column.Count, column.CountMissing(), column.Kind == ValueKind.Text ? [.. column.Texts]
                    : [])));
        }
        catch (InvalidDataException e)
        {
            return Error(e.Message);
        }
    }

    private static string WhileCompiling(string text)
    {
        try
        {
            var rows = new CsvRows(text, "text", ',');
            string[]? names = null;
            CsvValues[] columns = [];
            foreach (var row in rows.Read(CancellationToken.None))
            {
                if (names is null)
                {
                    names = [.. row.Raw.Select(name => rows.Value(name, row.Line))];
                    columns = [.. names.Select(_ => new CsvValues(Usual, 100))];
                    continue;
                }
                if (row.Raw.Count != columns.Length)
                    return $"text({row.Line}): width";
                for (var i = 0; i < columns.Length; i++)
                    columns[i].Add(rows.Value(row.Raw[i], row.Line));
            }
            return string.Join("; ", columns.Select((column, i) => Column(
                names![i], column.Kind.ToString(), column.Count + column.Missing, column.Missing, column.Kind == ColumnKind.Text
                    ? column.Categories : [])));
        }
        catch (CsvException e)
        {
            return Error(e.Message);
        }
    }

    private static string Column(string name, string kind, int count, int missing, IEnumerable<string> texts) =>
        new StringBuilder(name).Append(' ').Append(kind).Append(' ').Append(count).Append(' ').Append(missing).Append(' ')
            .AppendJoin('|', texts.Order(StringComparer.Ordinal)).ToString();

    /// <summary>The place, and the kind of error by its first words.</summary>
    private static string Error(string message) => message.Contains("the row has", StringComparison.Ordinal)
        ? message[..message.IndexOf(':', StringComparison.Ordinal)] + ": width"
        : message;
}
