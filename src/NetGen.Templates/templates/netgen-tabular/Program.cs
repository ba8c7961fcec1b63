using System.Globalization;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

// A file of rows, split before anything is learned from it.
var table = Table.ReadCsv(Path.Combine(AppContext.BaseDirectory, "flowers.csv"));
var (train, test) = table.TrainTestSplit(testFraction: 0.2, seed: 1, stratifyBy: "species");

// How rows become numbers: means, deviations and categories are those of the rows for training.
var schema = new Schema(
    Output.Numbers("flower",
        Feature.Number("sepal_length").Standardize(), Feature.Number("sepal_width").Standardize(),
        Feature.Number("petal_length").Standardize(), Feature.Number("petal_width").Standardize()),
    Output.Labels("species", Feature.Category("species").Index())).Fit(train);

using var network = new Flower(seed: 1);
network.Fit(
    schema.Encode(train),
    new FitOptions { Epochs = 60, BatchSize = 16, Progress = ConsoleProgress.Create() },
    new Adam(1e-2f));
var result = network.Evaluate(schema.Encode(test));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {result.Accuracy:F3}"));

// Weights and schema in one file: FittedSchema.Load and the network's Load read it.
network.Save("flowers.safetensors", schema);
Console.WriteLine("saved: flowers.safetensors");

// In use: one row.
float[] scores = network.Predict(schema.NewRow()
    .Set("sepal_length", 5.1).Set("sepal_width", 3.5).Set("petal_length", 1.4).Set("petal_width", 0.2)
    .Encode("flower"));
Console.WriteLine($"scores of the three species: {string.Join(", ", scores.Select(score => score.ToString("F2", CultureInfo.InvariantCulture)))}");
