using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

// For the dots of the predictions.
Console.OutputEncoding = System.Text.Encoding.UTF8;
return Options.Run(args, (options, device) =>
{
    Mnist mnist = Mnist.Load(new MnistOptions { Directory = options.Data, Download = !options.Offline, Notice = Console.WriteLine });
    Console.WriteLine(mnist.Source);

    if (options.Model == "mlp")
    {
        using var mlp = new MnistMlp(options.Seed, device);
        Console.WriteLine(MnistMlp.Summary());
        Train(options, mnist, mlp, mlp.Predict);
    }
    else
    {
        using var cnn = new MnistCnn(options.Seed, device);
        Console.WriteLine(MnistCnn.Summary());
        Train(options, mnist, cnn, cnn.Predict);
    }
});

static void Train(Options options, Mnist mnist, ITrainable network, Func<ReadOnlySpan<float>, float[]> predict)
{
    if (options.Load is not null)
        network.Load(options.Load);

    var clock = Stopwatch.StartNew();
    EpochResult? trained = null;
    if (options.Epochs > 0)
    {
        var fit = new FitOptions { Epochs = options.Epochs, BatchSize = options.Batch, Seed = options.Seed, Progress = ConsoleProgress.Create() };
        trained = network.Fit(mnist.Train.ToDataset(), fit, new Adam(1e-3f)).Last;
    }

    double seconds = clock.Elapsed.TotalSeconds;
    Evaluation test = network.Evaluate(mnist.Test.ToDataset());

    var confusion = new ConfusionMatrix(Mnist.Classes);
    for (int i = 0; i < mnist.Test.Count; i++)
        confusion.Add([mnist.Test.Labels.Span[i]], predict(mnist.Test.Image(i)));

    network.Save(options.Save);
    var predictions = new Predictions(mnist.Test, predict);
    predictions.Save(options.Picture);
    Console.WriteLine($"\n{confusion}\n{predictions}");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Test {test}; trained in {seconds:F1} s on {network.Device}; saved as {options.Save}, predictions as {options.Picture}."));
    if (options.Json)
    {
        Console.WriteLine(new Result(options.Model, mnist.Origin.ToString().ToLowerInvariant(), trained?.Epoch ?? 0, network.Parameters.TotalLength,
            Finite(trained?.Loss), Finite(test.Loss), test.Accuracy, Math.Round(seconds, 3)).ToJson());
    }

    static float? Finite(float? value) => value is { } number && float.IsFinite(number) ? number : null;
}
