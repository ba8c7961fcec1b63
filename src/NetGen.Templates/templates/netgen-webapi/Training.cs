using System.Globalization;
using NetGen;
using NetGen.Data;

/// <summary>Makes the weights that are served.</summary>
public static class Training
{
    public const string Weights = "digits.safetensors";

    public static void Run()
    {
        var mnist = Mnist.Load(new MnistOptions { Download = false });
        using var network = new Digits(seed: 1);
        network.Fit(mnist.Train.ToDataset(), new FitOptions { Epochs = 3, BatchSize = 32 }, new Adam(1e-3f));
        var test = network.Evaluate(mnist.Test.ToDataset());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {test.Accuracy:F3}"));
        network.Save(Weights);
    }
}
