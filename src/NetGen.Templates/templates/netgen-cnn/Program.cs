using System.Globalization;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

// All of MNIST, or the part of it inside NetGen.Data where it cannot be had. Images of your own: a Dataset of them.
var mnist = Mnist.Load(new MnistOptions { Download = args.Contains("--download") });
using var network = new Digits(seed: 1);

network.Fit(
    mnist.Train.ToDataset(),
    new FitOptions { Epochs = 3, BatchSize = 32, ValidationFraction = 0.1, Progress = ConsoleProgress.Create() },
    new Adam(1e-3f));
var test = network.Evaluate(mnist.Test.ToDataset());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {test.Accuracy:F3}"));

network.Save("digits.safetensors");
Console.WriteLine("saved: digits.safetensors");
