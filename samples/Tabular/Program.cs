using System.CommandLine;
using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using NetGen.Terminal;
using static System.FormattableString;

var data = SampleCommand.Choice("--data", "Tumours, which are built in, or people of a census.", "tumours", "people");
Option<string?> file = new("--file") { Description = "UCI's adult.data (default: adult/adult.data in the folder NETGEN_DATA)." };
var epochs = SampleCommand.Number("--epochs", "Most passes over the rows.", 30, 1, 1000);
Option<string> report = new("--report") { Description = "Where the report goes.", DefaultValueFactory = _ => "report.html" };
Option<string> save = new("--save") { Description = "Where weights and schema go.", DefaultValueFactory = _ => "tabular.safetensors" };
return SampleCommand.Run(args, "tabular", "From a table of rows to a model and a report.", [data, file, epochs, report, save], said =>
{
    if (said.GetValue(data) == "tumours")
    {
        using var csv = typeof(Tumours).Assembly.GetManifestResourceStream("breast-cancer.csv")!;
        var (train, test) = Table.ReadCsv(csv, "breast-cancer.csv", Tumours.Options)
            .TrainTestSplit(0.2, seed: 1, stratifyBy: Tumours.Columns.Diagnosis);
        using var network = new TumourNetwork(seed: 1);
        Learn(network, network.Predict, Tumours.Fit(train), train, test, ["benign", "malignant"]);
    }
    else
    {
        var (train, test) = People.Read(said.GetValue(file) ?? Census()).DropDuplicates()
            .TrainTestSplit(0.2, seed: 1, stratifyBy: People.Columns.Income);
        using var network = new PeopleNetwork(seed: 1);
        Learn(network, network.Predict, People.Fit(train), train, test, ["<=50K", ">50K"]);
    }

    void Learn<TRow>(ITrainable network, Predictor predict, FittedTable<TRow> table, Table train, Table test, string[] classes)
        where TRow : struct
    {
        FitOptions options = new()
        {
            Epochs = said.GetValue(epochs),
            BatchSize = 64,
            ValidationFraction = 0.1,
            Seed = 1,
            EarlyStopping = new EarlyStopping(patience: 5),
            Progress = ConsoleProgress.Create(),
        };
        var history = network.Fit(table.Encode(train), options, new Adam(1e-3f));

        var tested = table.Encode(test);
        float[] rows = tested["features"].Floats.ToArray(), truth = tested["label"].Floats.ToArray(), logits = predict(rows);
        var labels = Probabilities.Labels(truth);
        var features = table.Fitted["features"];
        FeatureGroup[] columns = [.. features.Columns.Select(column => new FeatureGroup(column, features.NumbersOf(column)))];
        Console.WriteLine(
            Invariant($"Test accuracy {network.Evaluate(tested).Accuracy:F4}, area under ROC {RocCurve.Of(logits, labels).Area:F4}."));
        network.Report(history)
            .Facts("Data", ("rows for training", Invariant($"{train.Count}")), ("rows for the test", Invariant($"{test.Count}")),
                ("seed", "1"))
            .TwoClasses(Probabilities.Sigmoid(logits), labels, names: classes)
            .Importance(
                FeatureImportance.Permutation(rows, columns, x => RocCurve.Of(predict(x), labels).Area), "the area under the ROC curve")
            .Worst(SampleLosses.Worst(SampleLosses.BinaryCrossEntropy(logits, labels), 12), row =>
                $"{test.Place(row)}: {classes[labels[row]]}")
            .Text("Table", test.Describe().ToString()).Text("Schema", table.Fitted.ToJson())
            .Save(said.GetValue(report)!);
        network.Save(said.GetValue(save)!, table.Fitted);
        Console.WriteLine($"{said.GetValue(report)} says more; {said.GetValue(save)} has weights and schema.");
    }
});

static string Census() => Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } folder
    ? Path.Combine(folder, "adult", "adult.data")
    : throw new FileNotFoundException("people are in UCI's adult.data: --file FILE, or the folder NETGEN_DATA with adult/adult.data; get-adult.sh brings it.");

/// <summary>A network's Predict.</summary>
internal delegate float[] Predictor(ReadOnlySpan<float> features);
