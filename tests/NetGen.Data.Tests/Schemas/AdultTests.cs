using Xunit;
using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests;

/// <summary>The whole way of <c>docs/data.md</c>, on the file that it is about.</summary>
public sealed class AdultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-adult-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_network_learns_from_the_file_and_knows_single_rows_from_its_own()
    {
        Table adult = Read();
        Assert.Equal((32561, 15), (adult.Count, adult.Columns.Length));
        Assert.Equal([new("<=50K", 24720), new(">50K", 7841)], adult.CountClasses("income"));
        Assert.Equal(1836, adult["workclass"].CountMissing());
        Assert.Equal(24, adult.Duplicates().Length);

        var (train, test) = adult.DropDuplicates().TrainTestSplit(testFraction: 0.2, seed: 1, stratifyBy: "income");
        FittedSchema fitted = Schema.Fit(train);
        Assert.Equal("person: Float [50]; rich: Float [1]", fitted.ToString());
        using var network = new Income(seed: 1);
        network.Fit(fitted.Encode(train), new FitOptions { Epochs = 2, BatchSize = 128 }, new Adam(1e-3f));
        float accuracy = network.Evaluate(fitted.Encode(test), cancellationToken: TestContext.Current.CancellationToken).Accuracy!.Value;
        // 0.759 is the share of the larger class; trees and networks on all columns reach 0.86 to 0.87 (UCI's own list).
        Assert.InRange(accuracy, 0.83f, 0.88f);

        string file = Path.Combine(folder, "income.safetensors");
        network.Save(file, fitted);
        using var served = new Income();
        served.Load(file);
        FittedSchema schema = FittedSchema.Load(file);
        float[] batch = network.Predict(fitted.Encode(test.Take(100), "person")["person"].Floats.Span);
        SchemaRow row = schema.NewRow();
        for (int i = 0; i < 100; i++)
        {
            foreach (string number in new[] { "age", "hours-per-week", "capital-gain" })
                row.Set(number, test[number].Numbers[i]);
            foreach (string category in new[] { "education", "marital-status", "workclass", "occupation" })
                row.Set(category, test[category].Text(i));
            Assert.Equal(batch[i], served.Predict(row.Encode("person"))[0]);
        }
    }

    private static Schema Schema => new(
        Output.Numbers(
            "person",
            Feature.Number("age").Standardize(),
            Feature.Number("hours-per-week").Clip(0, 80).Standardize(),
            Feature.Number("capital-gain").Log1p().Standardize(),
            Feature.Category("education").OneHot(),
            Feature.Category("marital-status").OneHot(),
            Feature.Category("workclass").MissingAs("?").OneHot(),
            Feature.Category("occupation").MissingAs("?").KeepFrequent(100).OneHot()),
        Output.Numbers("rich", Feature.Category("income").Is(">50K")));

    private static Table Read()
    {
        string? file = Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } root ? Path.Combine(root, "adult", "adult.data") : null;
        if (!File.Exists(file))
            Assert.Skip("NETGEN_DATA has no adult/adult.data.");
        return Table.ReadCsv(file!, new CsvOptions
        {
            HasHeader = false,
            Names =
            [
                "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex", "capital-gain",
                "capital-loss", "hours-per-week", "native-country", "income",
            ],
        });
    }
}

[Network]
public sealed partial class Income
{
    private readonly Layer layers = Sequential(Dense(64), Relu, Dropout(0.3f), Dense(1));

    public Tensor Forward([Shape(50)] Tensor person) => layers(person);

    [Objective]
    public Tensor Loss(Tensor person, [Shape(1)] Tensor rich) => BinaryCrossEntropy(Forward(person), rich);
}
