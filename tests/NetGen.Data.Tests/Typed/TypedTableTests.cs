using Xunit;
using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests;

/// <summary>
/// Classes with [Table], from people.csv (made by chance) while this project was compiled: rows, features, predictions, and files that do
/// not fit.
/// </summary>
public sealed class TypedTableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-typed-").FullName;

    private static string People => Path.Combine(AppContext.BaseDirectory, "Typed", "people.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_row_has_the_bits_of_its_row_in_a_table()
    {
        Table table = PeopleTable.Read(People);
        PeopleTable people = PeopleTable.Fit(table);
        Assert.Equal("features: Float [13]; label: Float [1]", people.Fitted.ToString());
        Assert.Equal(13, PeopleTable.FeatureCount);
        ReadOnlySpan<float> all = people.Encode(table)["features"].Floats.Span;
        for (int i = 0; i < table.Count; i++)
            Assert.Equal(all.Slice(i * PeopleTable.FeatureCount, PeopleTable.FeatureCount), people.Encode(RowOf(table, i)));
        // And a table of such rows.
        Table made = PeopleTable.Of(Enumerable.Range(0, table.Count).Select(i => RowOf(table, i)));
        Assert.Equal(all, people.Encode(made)["features"].Floats.Span);
        Assert.Equal(people.Encode(table)["label"].Floats.Span, people.Encode(made)["label"].Floats.Span);
    }

    [Fact]
    public void The_probability_of_the_positive_class_from_a_file_too()
    {
        Table table = PeopleTable.Read(People);
        var (train, test) = table.TrainTestSplit(0.25, seed: 1, stratifyBy: PeopleTable.Columns.Rich);
        PeopleTable people = PeopleTable.Fit(train);
        using var network = new Rich(seed: 1);
        network.Fit(people.Encode(train), new FitOptions { Epochs = 60, BatchSize = 10 }, new Adam(1e-2f));
        Assert.InRange(
            network.Evaluate(people.Encode(test), cancellationToken: TestContext.Current.CancellationToken).Accuracy!.Value, 0.75f, 1f);

        string file = Path.Combine(folder, "rich.safetensors");
        network.Save(file, people.Fitted);
        using var served = new Rich();
        served.Load(file);
        PeopleTable loaded = PeopleTable.Load(file);
        float[] logits = network.Predict(people.Encode(table.Take(20))["features"].Floats.Span);
        for (int i = 0; i < logits.Length; i++)
            Assert.Equal((float)(1 / (1 + Math.Exp(-(double)logits[i]))), loaded.Predict(served, RowOf(table, i)));
    }

    [Fact]
    public void The_likeliest_class()
    {
        Table table = WorkTable.Read(People).DropMissing("work");
        WorkTable works = WorkTable.Fit(table);
        Assert.Equal(3, WorkTable.ClassCount);
        using var network = new Work(seed: 1);
        float[] logits = network.Predict(works.Encode(table)["features"].Floats.Span[..WorkTable.FeatureCount]);
        ClassPrediction work = works.Predict(
            network, new WorkTable.Row { Age = (int)table["age"].Numbers[0], HoursPerWeek = table["hours-per-week"].Numbers[0] });
        Assert.Equal(new[] { "gov", "private", "self" }[logits.AsSpan().IndexOf(logits.Max())], work.Label);
        Assert.Equal(Math.Exp(logits.Max()) / logits.Sum(x => Math.Exp(x)), work.Probability, 6);
    }

    /// <summary>The label is standardized for the network, and comes back in hours.</summary>
    [Fact]
    public void A_quantity_in_its_units()
    {
        Table table = HoursTable.Read(People);
        HoursTable hours = HoursTable.Fit(table);
        using var network = new Hours(seed: 1);
        double[] all = table["hours-per-week"].Numbers.ToArray();
        double mean = all.Average(), deviation = Math.Sqrt(all.Average(x => (x - mean) * (x - mean)));
        float output = network.Predict(hours.Encode(table)["features"].Floats.Span[..HoursTable.FeatureCount])[0];
        Assert.Equal(
            mean + deviation * output,
            hours.Predict(network, new HoursTable.Row { Age = table["age"].Numbers[0], Work = table["work"].Text(0) }), 4);
    }

    /// <summary>What each step of a label makes of a number is undone.</summary>
    [Fact]
    public void Steps_are_undone()
    {
        Table table = Table.Of(TableColumn.OfNumbers("y", [3.0, 10, 250, 0.5]));
        foreach (Feature feature in new Feature[]
        {
            Feature.Number("y").Standardize(), Feature.Number("y").MinMax(-1, 3), Feature.Number("y").Robust(), Feature.Number("y").Log(),
                Feature.Number("y").Log1p().Standardize(), Feature.Number("y").Fill(3).Clip(0, 999),
        })
        {
            FittedOutput output = new Schema(Output.Numbers("y", feature)).Fit(table)["y"];
            float[] encoded = output.Encode(table).Floats.ToArray();
            for (int i = 0; i < encoded.Length; i++)
                Assert.Equal(table["y"].Numbers[i], output.Decode(encoded[i]), 1e-3);
        }
    }

    [Fact]
    public void Files_and_networks_of_something_else_are_refused()
    {
        string file = Path.Combine(folder, "other.csv");
        File.WriteAllText(file, File.ReadAllText(People).Replace("hours-per-week", "hours"));
        Assert.Contains("there is no column 'hours-per-week'", Assert.Throws<InvalidDataException>(() => PeopleTable.Read(file)).Message,
            StringComparison.Ordinal);

        File.WriteAllText(file, File.ReadAllText(People) + "40,union,40,2020-01-01,,no\n");
        Assert.Contains(
            "a category 'union' in the rows for training that is not in the order given",
            Assert.Throws<InvalidDataException>(() => PeopleTable.Fit(PeopleTable.Read(file))).Message, StringComparison.Ordinal);

        HoursTable hours = HoursTable.Fit(HoursTable.Read(People));
        using var rich = new Rich();
        rich.Save(file, hours.Fitted);
        Assert.Contains("compiled for 13", Assert.Throws<InvalidDataException>(() => PeopleTable.Load(file)).Message,
            StringComparison.Ordinal);
        Assert.Contains("features of a row", Assert.Throws<ArgumentException>(() => hours.Predict(rich, default)).Message,
            StringComparison.Ordinal);
        using var work = new Work();
        Assert.Throws<ArgumentException>(() => PeopleTable.Fit(PeopleTable.Read(People)).Predict(work, default));
    }

    [Fact]
    public void A_value_that_is_missing_where_none_was_is_an_error()
    {
        PeopleTable people = PeopleTable.Fit(PeopleTable.Read(People));
        Assert.Contains("'age' is missing",
            Assert.Throws<InvalidDataException>(() => people.Encode(RowOf(PeopleTable.Read(People), 0) with { Age = double.NaN })).Message,
            StringComparison.Ordinal);
        Assert.Contains("'work' is 'union'",
            Assert.Throws<InvalidDataException>(() => people.Encode(RowOf(PeopleTable.Read(People), 0) with { Work = "union" })).Message,
            StringComparison.Ordinal);
    }

    private static PeopleTable.Row RowOf(Table table, int row) => new()
    {
        Age = table[PeopleTable.Columns.Age].Numbers[row],
        Work = table[PeopleTable.Columns.Work].Text(row),
        HoursPerWeek = table[PeopleTable.Columns.HoursPerWeek].Numbers[row],
        Since = table[PeopleTable.Columns.Since].Date(row)!.Value,
        Debt = double.IsNaN(table[PeopleTable.Columns.Debt].Numbers[row]) ? null : table[PeopleTable.Columns.Debt].Numbers[row],
        Rich = table[PeopleTable.Columns.Rich].Text(row),
    };
}

[Table("Typed/people.csv", Label = "rich", Positive = "yes")]
[Column("debt", ColumnUse.Log1p)]
[Column("hours-per-week", ColumnUse.Robust)]
public sealed partial class PeopleTable;

[Network]
public sealed partial class Rich
{
    private readonly Layer layers = Sequential(Dense(PeopleTable.FeatureCount), Relu, Dense(1));

    public Tensor Forward([Shape(PeopleTable.FeatureCount)] Tensor features) => layers(features);

    [Objective]
    public Tensor Loss(Tensor features, [Shape(1)] Tensor label) => BinaryCrossEntropy(Forward(features), label);
}

[Table("Typed/people.csv", Label = "work")]
[Column("age", ColumnUse.Category), Column("debt", ColumnUse.Ignore), Column("since", ColumnUse.Ignore), Column("rich", ColumnUse.Ignore)]
public sealed partial class WorkTable;

[Network, Input(WorkTable.FeatureCount)]
[Dense(WorkTable.ClassCount)]
[Objective(Loss.CrossEntropy)]
public sealed partial class Work;

[Table("Typed/people.csv", Label = "hours-per-week")]
[Column("debt", ColumnUse.Ignore), Column("since", ColumnUse.Ignore), Column("rich", ColumnUse.Ignore)]
public sealed partial class HoursTable;

[Network, Input(HoursTable.FeatureCount)]
[Dense(1)]
[Objective(Loss.MeanSquaredError)]
public sealed partial class Hours;
