using NetGen;
using NetGen.Data;

namespace Comparison;

/// <summary>UCI's Adult as arrays: four fifths for training, one for the test.</summary>
internal static class AdultData
{
    /// <exception cref="InvalidDataException">It is another file, or has other categories.</exception>
    public static (Dataset Train, Dataset Test) Read(string file)
    {
        var adult = Table.ReadCsv(file, new CsvOptions
        {
            HasHeader = false,
            Names =
            [
                "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex", "capital-gain",
                "capital-loss", "hours-per-week", "native-country", "income",
            ],
        });
        var (train, test) = adult.TrainTestSplit(0.2, seed: 1, stratifyBy: "income");
        var schema = new Schema(
            Output.Numbers(
                "person",
                [
                    .. new[] { "age", "fnlwgt", "education-num", "hours-per-week" }.Select(name => Feature.Number(name).Standardize()),
                    .. new[] { "capital-gain", "capital-loss" }.Select(name => Feature.Number(name).Log1p().Standardize()),
                    .. new[] { "workclass", "education", "marital-status", "occupation", "relationship", "race", "sex", "native-country" }
                        .Select(name => Feature.Category(name).MissingAs("?").OnUnknown(Unknown.None).OneHot()),
                ]),
            Output.Numbers("rich", Feature.Category("income").Is(">50K"))).Fit(train);
        var encoded = schema.Encode(train);
        return encoded["person"].Length == AdultNetwork.Features
            ? (encoded, schema.Encode(test))
            : throw new InvalidDataException($"{file} has {encoded["person"].Length} features; UCI's adult.data has {AdultNetwork.Features}.");
    }
}
