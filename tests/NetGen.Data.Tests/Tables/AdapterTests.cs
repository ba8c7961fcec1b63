using Microsoft.Data.Analysis;
using NetGen.Data.Tests.Images;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace NetGen.Data.Tests;

public sealed class AdapterTests : IDisposable
{
    private readonly Pictures folder = new();

    private static Table People => Table.Of(
        TableColumn.OfNumbers("age", [39.0, double.NaN, 53.5]), TableColumn.OfTexts("work", "State", null, "Private"),
        TableColumn.OfDates("since", new DateTime(2020, 1, 31, 12, 30, 0), new DateTime(1999, 12, 31), null));

    public void Dispose() => folder.Dispose();

    private static void Same(Table expected, Table actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        foreach (TableColumn column in expected.Columns)
        {
            for (int row = 0; row < expected.Count; row++)
            {
                Assert.Equal(column.IsMissing(row), actual[column.Name].IsMissing(row));
                if (column.Kind == ValueKind.Number)
                    Assert.Equal(column.Numbers[row], actual[column.Name].Numbers[row]);
                else if (column.Kind == ValueKind.Text)
                    Assert.Equal(column.Text(row), actual[column.Name].Text(row));
                else
                    Assert.Equal(column.Date(row), actual[column.Name].Date(row));
            }
        }
    }

    [Fact]
    public async Task A_table_comes_back_from_Parquet()
    {
        string path = folder.At("people.parquet");
        await ParquetTables.WriteAsync(People, path);
        Same(People, ParquetTables.Read(path));
        Same(People.Select("since", "age"), await ParquetTables.ReadAsync(path, ["since", "age"]));
        Assert.Equal(3, ParquetTables.CountRows(path));
        Assert.Equal("row 1 of people.parquet", ParquetTables.Read(path).Place(1));
        Assert.StartsWith(path + " has no column 'income'; it has: age", Assert.Throws<KeyNotFoundException>(() => ParquetTables.Read(path, "income")).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "age,work\n1,2\n");
        Assert.StartsWith(path + " is no Parquet file", Assert.Throws<InvalidDataException>(() => ParquetTables.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ParquetTables.Read(folder.At("none.parquet")));
    }

    [Fact]
    public async Task All_kinds_of_numbers_are_read_in_groups_too()
    {
        string path = folder.At("kinds.parquet");
        DataField[] fields =
        [
            new DataField<int>("int"), new DataField<long?>("long"), new DataField<float>("float"), new DataField<bool>("bool"), new DataField<decimal>("decimal"), new DataField<short?>("short"),
        ];
        await using (FileStream stream = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            for (int group = 0; group < 3; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync<int>(fields[0], new[] { group, 10 });
                await rows.WriteAsync<long>(fields[1], new long?[] { null, group == 2 ? (1L << 53) + 2 : 7 });
                await rows.WriteAsync<float>(fields[2], new[] { 0.5f, float.NaN });
                await rows.WriteAsync<bool>(fields[3], new[] { true, false });
                await rows.WriteAsync<decimal>(fields[4], new[] { 1.25m, -3m });
                await rows.WriteAsync<short>(fields[5], new short?[] { 5, null });
            }
        }

        Table table = ParquetTables.Read(path, "int", "float", "bool", "decimal", "short");
        Assert.Equal([0.0, 10, 1, 10, 2, 10], table["int"].Numbers.ToArray());
        Assert.Equal([0.5, double.NaN, 0.5, double.NaN, 0.5, double.NaN], table["float"].Numbers.ToArray());
        Assert.Equal([1.0, 0, 1, 0, 1, 0], table["bool"].Numbers.ToArray());
        Assert.Equal([1.25, -3], table["decimal"].Numbers[..2].ToArray());
        Assert.Equal(3, table["short"].CountMissing());
        Table[] blocks = [.. ParquetTables.ReadBlocks(path, "int")];
        Assert.Equal([2, 2, 2], blocks.Select(block => block.Count));
        Assert.Equal([1.0, 10], blocks[1]["int"].Numbers.ToArray());
        string message = Assert.Throws<InvalidDataException>(() => ParquetTables.Read(path)).Message;
        Assert.Equal($"row 5 of {path}: 'long' is 9007199254740994, which no number in double precision is; is it a key, and not needed?", message);
    }

    /// <summary>Three million flights of the package vega-datasets (<c>npm pack vega-datasets@3.2.1</c>).</summary>
    [Fact]
    public void A_file_of_others_is_read()
    {
        string? path = Environment.GetEnvironmentVariable("NETGEN_FLIGHTS");
        Assert.SkipWhen(path is null, "NETGEN_FLIGHTS names no flights-3m.parquet.");
        Assert.Equal(ParquetTables.CountRows(path!), ParquetTables.ReadBlocks(path!).Sum(block => (long)block.Count));
        Assert.True(ParquetTables.Read(path!).Count > 2_900_000);
    }

    [Fact]
    public async Task A_network_learns_from_Parquet_files_in_blocks()
    {
        string[] files = [folder.At("1.parquet"), folder.At("2.parquet")];
        Random random = new(1);
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        Table all = Table.Of(TableColumn.OfNumbers("x", x), TableColumn.OfTexts("big", [.. x.Select(value => value > 0.5 ? "yes" : "no")]));
        await ParquetTables.WriteAsync(all.Take(150), files[0]);
        await ParquetTables.WriteAsync(all.Rows([.. Enumerable.Range(150, 250)]), files[1]);
        FittedSchema schema = new Schema(Output.Numbers("x", Feature.Number("x").Standardize()), Output.Labels("big", Feature.Category("big").Index())).Fit(all);
        SampleStream stream = SampleStream.OfParts(
            (int)files.Sum(ParquetTables.CountRows), schema.Encode(all), files, file => ParquetTables.ReadBlocks(file).Select(block => schema.Encode(block)));
        using BigOrNot network = new(seed: 1);
        network.Fit(stream, new FitOptions { Epochs = 20, BatchSize = 20 }, new Adam(0.05f));
        Assert.True(network.Evaluate(stream).Accuracy > 0.97);
    }

    [Fact]
    public void A_table_comes_back_from_a_DataFrame()
    {
        DataFrame frame = People.ToDataFrame();
        Assert.Equal(["age", "work", "since"], frame.Columns.Select(column => column.Name));
        Same(People, DataFrames.TableOf(frame));

        DataFrame other = new(new Int32DataFrameColumn("n", [1, 2]), new BooleanDataFrameColumn("b", [true, null]), new SingleDataFrameColumn("f", [0.5f, float.NaN]));
        Table table = DataFrames.TableOf(other);
        Assert.Equal([1.0, 2], table["n"].Numbers.ToArray());
        Assert.Equal([1.0, double.NaN], table["b"].Numbers.ToArray());
        Assert.Equal([0.5, double.NaN], table["f"].Numbers.ToArray());
        Assert.Equal("row 1 of the DataFrame", table.Place(1));
        string message = Assert.Throws<InvalidDataException>(() => DataFrames.TableOf(new(new DoubleDataFrameColumn("d", [1, double.PositiveInfinity])))).Message;
        Assert.Equal("row 1 of the DataFrame: 'd' is infinite.", message);
        message = Assert.Throws<InvalidDataException>(() => DataFrames.TableOf(new(new CharDataFrameColumn("c", ['x'])))).Message;
        Assert.StartsWith("The column 'c' holds values of the type Char", message, StringComparison.Ordinal);
    }
}
