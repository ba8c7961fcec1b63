using System.Text.Json;
using Xunit;

namespace NetGen.Data.Tests;

/// <summary>Transforms give what scikit-learn's give of the same rows: fitted on the first 150, applied to the other 50 (<c>scikit-learn.py</c> made the values).</summary>
public sealed class SchemaValuesTests
{
    private const int TrainRows = 150;

    private static readonly Table Rows = Table.ReadCsv(File("scikit-learn.csv"));

    private static readonly JsonElement Expected =
        JsonDocument.Parse(System.IO.File.ReadAllText(File("scikit-learn.json"))).RootElement.GetProperty("values");

    /// <summary>Name, feature, and the largest number of the column by what it is divided by: how far a mean that is off by its rounding shifts results.</summary>
    private static readonly Dictionary<string, (Feature Feature, double Condition)> Cases = new()
    {
        ["standardize age"] = (Feature.Number("age").Standardize(), 5),
        ["standardize tiny"] = (Feature.Number("tiny").Standardize(), 5),
        ["standardize far"] = (Feature.Number("far").Standardize(), 1e6 / 2.5),
        ["standardize same"] = (Feature.Number("same").Standardize(), 0.1),
        ["min-max age"] = (Feature.Number("age").MinMax(), 2),
        ["min-max age -1 1"] = (Feature.Number("age").MinMax(-1, 1), 3),
        ["min-max same"] = (Feature.Number("same").MinMax(), 0.1),
        ["robust gain"] = (Feature.Number("gain").Robust(), 1e4),
        ["robust age 10 90"] = (Feature.Number("age").Robust(0.1, 0.9), 2),
        ["log1p tiny"] = (Feature.Number("tiny").Log1p(), 1e-9),
        ["log1p standardize gain"] = (Feature.Number("gain").Log1p().Standardize(), 5),
        ["log age"] = (Feature.Number("age").Log(), 5),
        ["clip gain"] = (Feature.Number("gain").ClipQuantiles(0.05, 0.95), 1e4),
        ["mean gaps"] = (Feature.Number("gaps").FillMean(), 10),
        ["median gaps"] = (Feature.Number("gaps").FillMedian(), 10),
        ["most frequent gaps"] = (Feature.Number("gaps").FillMostFrequent(), 10),
        ["median standardize gaps"] = (Feature.Number("gaps").FillMedian().Standardize(), 10),
        ["one-hot work"] = (Feature.Category("work").OneHot(), 0),
        ["one-hot work at least 10"] = (Feature.Category("work").KeepFrequent(10).OneHot(), 0),
        ["one-hot work 2"] = (Feature.Category("work").KeepMost(2).OneHot(), 0),
        ["ordinal work"] = (Feature.Category("work").Ordinal(), 0),
        ["ordinal level"] = (Feature.Category("level").Ordinal("low", "mid", "high"), 0),
        ["hash work"] = (Feature.Category("work").Hash(7), 0),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_those_of_scikit_learn(string name)
    {
        (Feature feature, double condition) = Cases[name];
        Compare(name, feature, condition, column: 0);
    }

    [Fact]
    public void The_indicator_is_that_of_scikit_learn() =>
        Compare("indicator gaps", Feature.Number("gaps").FillMean().WithMissingIndicator(), 0, column: 1);

    [Fact]
    public void All_stored_values_are_compared() =>
        Assert.Equal(Expected.EnumerateObject().Select(value => value.Name).Order(), Cases.Keys.Append("indicator gaps").Order());

    private static void Compare(string name, Feature feature, double condition, int column)
    {
        Split split = new(Rows.Count, [.. Enumerable.Range(0, TrainRows)], [.. Enumerable.Range(TrainRows, Rows.Count - TrainRows)]);
        var (train, test) = Rows.Split(split);
        FittedSchema schema = new Schema(Output.Numbers("x", feature)).Fit(train);
        DataColumn encoded = schema.Encode(test)["x"];
        double[][] expected = Expected.GetProperty(name).Deserialize<double[][]>()!;
        Assert.Equal(expected.Length, encoded.Count);
        Assert.Equal(expected[0].Length + column, encoded.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            for (int i = 0; i < expected[row].Length; i++)
            {
                // Rounded to single precision, and the sums of either side in double.
                double bound = Math.Abs(expected[row][i]) * Math.Pow(2, -24) + condition * TrainRows * Math.Pow(2, -53);
                float actual = encoded.Floats.Span[row * encoded.Length + column + i];
                Assert.True(Math.Abs(actual - expected[row][i]) <= bound, $"{name}: row {row} has {actual}, scikit-learn {expected[row][i]}");
            }
        }
    }

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Schemas", name);
}
