using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace NetGen.Data.Tests;

public sealed class CsvBlockTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("netgen-blocks-").FullName, "rows.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Blocks_are_the_table_in_parts(int rows)
    {
        File.WriteAllText(path, "n,text,day\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i % 10}.5,\"t{i % 3}\",2020-01-{1 + i % 28:00}\n{(i % 10 == 0 ? "\n" : "")}")));
        Table whole = Table.ReadCsv(path);
        Table[] blocks = [.. Table.ReadCsvBlocks(path, rows)];
        Assert.Equal((100 + rows - 1) / rows, blocks.Length);
        Assert.All(blocks[..^1], block => Assert.Equal(rows, block.Count));
        Assert.Equal(whole["n"].Numbers.ToArray(), blocks.SelectMany(block => block["n"].Numbers.ToArray()));
        Assert.Equal(Enumerable.Range(0, 100).Select(row => whole["text"].Text(row)), blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(block["text"].Text)));
        Assert.Equal(Enumerable.Range(0, 100).Select(row => whole["day"].Date(row)), blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(block["day"].Date)));
        Assert.Equal(Enumerable.Range(0, 100).Select(whole.Place), blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(block.Place)));
    }

    [Fact]
    public void A_later_value_of_another_kind_is_an_error_with_its_line()
    {
        File.WriteAllText(path, "n,k\n1,a\n2,b\n3,7\nfour,c\n");
        Assert.Equal("rows.csv(5): 'n' is 'four', which is not a number.", Assert.Throws<InvalidDataException>(() => Table.ReadCsvBlocks(path, 2).Count()).Message);
        CsvOptions stated = new() { Kinds = new Dictionary<string, ValueKind> { ["n"] = ValueKind.Text } };
        Assert.Equal(["1", "2", "3", "four"], Table.ReadCsvBlocks(path, 3, stated).SelectMany(block => block["n"].Texts.ToArray()));
        // A number and a text in the first block are texts.
        Assert.Equal(ValueKind.Text, Table.ReadCsvBlocks(path, 4).Single()["n"].Kind);
        File.WriteAllText(path, "");
        Assert.Throws<InvalidDataException>(() => Table.ReadCsvBlocks(path).Count());
        Assert.Throws<ArgumentException>(() => Table.ReadCsvBlocks(path + ".gz"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.ReadCsvBlocks(path, 0));
    }
}

public sealed class CsvTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-csv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Kinds_are_what_fits_all_values()
    {
        Table table = Table.ParseCsv(
            """"
            age,work,since,zip,note
            39, State-gov ,2019-05-01,007,
            50.5,?,2020-01-31T12:30:00,123,

            ?,Private,NA,45,"two
            lines, and ""quotes"""
            """");
        Assert.Equal("3 rows (age: Number; work: Text; since: Date; zip: Text; note: Text)", table.ToString());
        Assert.Equal([39, 50.5, double.NaN], table["age"].Numbers);
        Assert.Equal("State-gov", table["work"].Text(0));
        Assert.Equal([0, -1, 1], table["work"].Codes);
        Assert.Equal(new DateTime(2020, 1, 31, 12, 30, 0), table["since"].Date(1));
        Assert.Null(table["since"].Date(2));
        Assert.Equal("007", table["zip"].Text(0));                     // a key, not the number 7
        Assert.Equal(["two\nlines, and \"quotes\""], table["note"].Texts.ToArray());
        Assert.Equal("text(5)", table.Place(2));                       // the empty line counts
    }

    [Fact]
    public void A_column_of_numbers_with_one_text_is_one_of_texts_and_says_why()
    {
        Table table = Table.ParseCsv("a,b\n1,2020-01-01\n2,2020-01-02\nx39,soon\n03,1");
        Assert.Equal(["1", "2", "x39", "03"], table["a"].Texts.ToArray());
        Assert.Equal(["2020-01-01", "2020-01-02", "soon", "1"], table["b"].Texts.ToArray());
        Assert.Contains("text(4): 'x39' is not a number.", Assert.Throws<InvalidOperationException>(() => table["a"].Numbers.Length).Message);
        Assert.Contains("text(4): 'soon' is not a date.", Assert.Throws<InvalidOperationException>(() => table["b"].Date(0)).Message);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-0", -0.0)]
    [InlineData("+5", 5)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("-12.75", -12.75)]
    [InlineData("1e3", 1000)]
    [InlineData("2.5E-3", 0.0025)]
    [InlineData("0.1", 0.1)]
    [InlineData("123456789012345", 123456789012345)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("179769313486231570000000000000000000000", 1.7976931348623157e38)]
    public void Numbers_are_read_to_the_nearest(string text, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Table.ParseCsv("a,b\n" + text + ",0")["a"].Numbers[0]));

    /// <summary>The short way is the long one's to the bit, over many lengths and places of the mark.</summary>
    [Fact]
    public void Short_numbers_are_what_the_parser_of_dotnet_reads()
    {
        Random random = new(1);
        StringBuilder csv = new("a,b\n");
        List<double> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            string text = (random.Next(2) == 0 ? "-" : "") + random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 17))).ToString(CultureInfo.InvariantCulture);
            int mark = random.Next(1, text.Length + 1);
            text = text[..mark] + (mark < text.Length ? "." : "") + text[mark..];
            csv.Append(text).Append(",0\n");
            expected.Add(double.Parse(text, CultureInfo.InvariantCulture));
        }

        Table table = Table.ParseCsv(csv.ToString(), new CsvOptions { Kinds = new Dictionary<string, ValueKind> { ["a"] = ValueKind.Number } });
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), table["a"].Numbers.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("(1)")]
    [InlineData("1d")]
    [InlineData("1\0")]
    public void What_only_looks_like_a_number_is_none(string text)
    {
        CsvOptions options = new() { Separator = ';' };
        Assert.Equal(ValueKind.Text, Table.ParseCsv("a;b\n" + text + ";0", options)["a"].Kind);
        string said = Assert.Throws<InvalidDataException>(
            () => Table.ParseCsv("a;b\n1;0\n" + text + ";0", new CsvOptions { Separator = ';', Kinds = new Dictionary<string, ValueKind> { ["a"] = ValueKind.Number } })).Message;
        Assert.Equal($"text(3): 'a' is '{text.Replace('\0', '?')}', which is not a number.", said);
    }

    [Theory]
    [InlineData("1,234", 1234.0)]
    [InlineData("-12,345,678.25", -12345678.25)]
    [InlineData("999", 999.0)]
    [InlineData("1,234e2", 123400.0)]
    [InlineData("1,23", null)]
    [InlineData("1234,567", null)]
    [InlineData(",123", null)]
    [InlineData("1,,234", null)]
    [InlineData("1,234,", null)]
    [InlineData("1.000,5", null)]
    public void Thousands_are_groups_of_three(string text, double? expected)
    {
        Table table = Table.ParseCsv("a;b\n" + text + ";0", new CsvOptions { Separator = ';', AllowThousands = true });
        Assert.Equal(expected is null ? ValueKind.Text : ValueKind.Number, table["a"].Kind);
        if (expected is { } number)
            Assert.Equal(number, table["a"].Numbers[0]);
    }

    [Fact]
    public void Marks_are_those_of_the_culture()
    {
        // As German has them; the tests run without the data of cultures.
        NumberFormatInfo german = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
        Table table = Table.ParseCsv("preis;menge\n1.234,50;-2,5\n0,5;3", new CsvOptions { Separator = ';', Numbers = german, AllowThousands = true });
        Assert.Equal([1234.5, 0.5], table["preis"].Numbers);
        Assert.Equal([-2.5, 3], table["menge"].Numbers);
        Assert.Throws<ArgumentException>(() => Table.ParseCsv("a\n1", new CsvOptions { AllowThousands = true, Numbers = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "," } }));
    }

    [Theory]
    [InlineData('\t')]
    [InlineData(';')]
    [InlineData('|')]
    [InlineData(' ')]
    public void Separators_are_any(char separator)
    {
        Table table = Table.ParseCsv("a,b\n1,2\n".Replace(',', separator), new CsvOptions { Separator = separator });
        Assert.Equal(2, table["b"].Numbers[0]);
    }

    [Fact]
    public void Quotes_may_be_letters_as_others()
    {
        Table table = Table.ParseCsv("size,b\n5\",1\n6\" x \"7,2", new CsvOptions { AllowQuotes = false });
        Assert.Equal(["5\"", "6\" x \"7"], table["size"].Texts.ToArray());
    }

    [Theory]
    [InlineData("\"\"", null)]
    [InlineData("\"  \"", null)]
    [InlineData("\"NA\"", null)]
    [InlineData("  \" x \"  ", " x ")]
    [InlineData("\"a;b\"", "a;b")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("\"a\"\"b\"\"\"", "a\"b\"")]
    [InlineData("\"a\n\r\nb\"", "a\n\r\nb")]
    [InlineData("a\"b\"c", "a\"b\"c")]
    public void Quotes_hold_a_value_together(string written, string? expected)
    {
        Table table = Table.ParseCsv("k;v\n1;" + written + "\n2;z", new CsvOptions { Separator = ';' });
        Assert.Equal(expected, table["v"].Text(0));
        Assert.Equal("z", table["v"].Text(1));
    }

    [Fact]
    public void A_stated_text_for_missing_numbers_is_no_number()
    {
        Table table = Table.ParseCsv("a,b\n1,x\n-999,-999\n3,?", new CsvOptions { Missing = ["-999"] });
        Assert.Equal([1, double.NaN, 3], table["a"].Numbers);
        Assert.Equal([0, -1, 1], table["b"].Codes);
        Assert.Equal("?", table["b"].Text(2));
    }

    [Fact]
    public void Names_may_be_given()
    {
        Assert.Equal(["x", "y"], Names(new CsvOptions { HasHeader = false, Names = ["x", "y"] }));
        Assert.Equal(["column0", "column1"], Names(new CsvOptions { HasHeader = false }));
        Assert.Equal(2, Table.ParseCsv("1,2\n3,4", new CsvOptions { HasHeader = false }).Count);
        Assert.Equal(1, Table.ParseCsv("1,2\n3,4", new CsvOptions { Names = ["x", "y"] }).Count);
        Assert.Equal(1, Table.ParseCsv("about\nthis file\na,b\n3,4", new CsvOptions { SkipLines = 2 }).Count);
        Assert.Equal("text(4)", Table.ParseCsv("about\nthis file\na,b\n3,4", new CsvOptions { SkipLines = 2 }).Place(0));

        static string[] Names(CsvOptions options) => [.. Table.ParseCsv("1,2\n3,4", options).Columns.ToArray().Select(column => column.Name)];
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "text(3): the row has 1 values; there are 2 columns.")]
    [InlineData("a,b\n\n1,2,3\n", "text(3): the row has 3 values; there are 2 columns.")]
    [InlineData("a,b\n1,\"x\n3,4\n", "text(2): a quote is opened and never closed.")]
    [InlineData("a,b\n1,\"x", "text(2): a quote is opened and never closed.")]
    [InlineData("a,b\n1,\"x\"y", "text(2): behind the closing quote of '\"x\"y' there is something more.")]
    [InlineData("a,b\n1,\"x\" \"y\"", "text(2): behind the closing quote of '\"x\" \"y\"' there is something more.")]
    [InlineData("a,a\n1,2", "text(1): two columns are named 'a'")]
    [InlineData("a,\n1,2", "text(1): column 2 of 2 has no name")]
    [InlineData("", "text is empty: there is no header.")]
    [InlineData("\n  \n", "text is empty: there is no header.")]
    [InlineData("a;b\n1;2", "separated by ';', state it as CsvOptions.Separator")]
    [InlineData("a\tb\n1\t2", "separated by '\\t', state it as CsvOptions.Separator")]
    public void What_is_wrong_is_named_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Table.ParseCsv(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Wrong_options_are_named()
    {
        Assert.Contains("no column 'c'", Said(new CsvOptions { Kinds = new Dictionary<string, ValueKind> { ["c"] = ValueKind.Text } }));
        Assert.Contains("there are 2 columns; 1 names were given", Said(new CsvOptions { Names = ["x"] }));
        Assert.Contains("has 2 lines; 5 were to be passed over", Said(new CsvOptions { SkipLines = 5 }));

        static string Said(CsvOptions options) => Assert.Throws<InvalidDataException>(() => Table.ParseCsv("a,b\n1,2", options)).Message;
    }

    [Fact]
    public void The_line_is_right_behind_values_of_several_lines()
    {
        string said = Assert.Throws<InvalidDataException>(() => Table.ParseCsv("a,b\n\"1\n2\n3\",4\n5,6\n7,8,9\n")).Message;
        Assert.Contains("text(6):", said);
    }

    /// <summary>From the quote on all lines are one row, longer than the reader's buffer.</summary>
    [Fact]
    public void A_quote_that_is_never_closed_is_found_in_a_large_file()
    {
        string text = "a,b\n1,2\n3,\"x\n" + new StringBuilder().Insert(0, "3,4\n", 5_000_000);
        Assert.Contains("text(3): the row is longer than can be read", Assert.Throws<InvalidDataException>(() => Table.ParseCsv(text)).Message);
    }

    [Fact]
    public void A_row_of_separators_has_missing_values_whatever_they_are()
    {
        Table table = Table.ParseCsv("a\tb\n1\tx\n\t\n \n2\ty", new CsvOptions { Separator = '\t' });
        Assert.Equal([1, double.NaN, 2], table["a"].Numbers);
    }

    [Fact]
    public void A_file_without_rows_is_a_table_without_rows()
    {
        Table table = Table.ParseCsv("a,b\n");
        Assert.Equal((0, 2), (table.Count, table.Columns.Length));
    }

    [Fact]
    public void Stated_kinds_hold()
    {
        CsvOptions options = new()
        {
            Kinds = new Dictionary<string, ValueKind> { ["zip"] = ValueKind.Text, ["n"] = ValueKind.Number, ["day"] = ValueKind.Date },
            DateFormats = ["dd.MM.yyyy"],
        };
        Table table = Table.ParseCsv("zip,n,day\n1,007,24.12.2020\n?,?,?", options);
        Assert.Equal("1", table["zip"].Text(0));
        Assert.Equal([7, double.NaN], table["n"].Numbers);
        Assert.Equal(new DateTime(2020, 12, 24), table["day"].Date(0));
        Assert.Contains("'day' is '2020-12-24', which is not a date.", Assert.Throws<InvalidDataException>(() => Table.ParseCsv("zip,n,day\n1,2,2020-12-24", options)).Message);
    }

    [Fact]
    public void Times_with_an_offset_are_brought_to_UTC() =>
        Assert.Equal(new DateTime(2020, 1, 1, 10, 0, 0), Table.ParseCsv("t,u\n2020-01-01T12:00:00+02:00,1")["t"].Date(0));

    [Fact]
    public void Encodings_are_told_by_the_mark_or_stated()
    {
        string text = "name,n\nJürgen,1\n";
        foreach (Encoding marked in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal("Jürgen", Read([.. marked.GetPreamble(), .. marked.GetBytes(text)])["name"].Text(0));
        Assert.Equal("name", Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)]).Columns[0].Name);
        byte[] latin = Encoding.Latin1.GetBytes(text);
        Assert.Equal("Jürgen", Read(latin, new CsvOptions { Encoding = Encoding.Latin1 })["name"].Text(0));
        Assert.Contains("file(2): the bytes are not of the encoding utf-8", Assert.Throws<InvalidDataException>(() => Read(latin)).Message);

        static Table Read(byte[] bytes, CsvOptions? options = null)
        {
            using MemoryStream stream = new(bytes);
            return Table.ReadCsv(stream, "file", options);
        }
    }

    [Fact]
    public void Files_may_be_compressed_and_are_named_in_messages()
    {
        string plain = Path.Combine(folder, "rows.csv"), zipped = plain + ".gz";
        File.WriteAllText(plain, "a,b\n1,2\nx,3\n");
        using (FileStream file = File.Create(zipped))
        using (GZipStream zip = new(file, CompressionMode.Compress))
            zip.Write(File.ReadAllBytes(plain));
        Assert.Equal("rows.csv(3)", Table.ReadCsv(plain).Place(1));
        Assert.Equal("rows.csv.gz(3)", Table.ReadCsv(zipped).Place(1));
        Assert.Equal("x", Table.ReadCsv(zipped)["a"].Text(1));
        File.Copy(plain, zipped, overwrite: true);
        Assert.StartsWith("rows.csv.gz: damaged gzip data", Assert.Throws<InvalidDataException>(() => Table.ReadCsv(zipped)).Message);
        Assert.Throws<FileNotFoundException>(() => Table.ReadCsv(Path.Combine(folder, "no.csv")));
    }

    [Fact]
    public void Long_and_odd_texts_do_not_flood_a_message()
    {
        CsvOptions options = new() { Kinds = new Dictionary<string, ValueKind> { ["a"] = ValueKind.Number } };
        string said = Assert.Throws<InvalidDataException>(() => Table.ParseCsv("a,b\n" + new string('x', 5000) + ",1", options)).Message;
        Assert.True(said.Length < 200);
        Assert.Contains("xxx…'", said);
    }
}
