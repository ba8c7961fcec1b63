using System.CommandLine;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

var model = SampleCommand.Choice("--model", "The network.", "resnet", "inception");
Option<string?> data = new("--data")
{
    Description = $"Folder with the four files of Fashion-MNIST (default: {Clothing.Debian}, or else built-in digits).",
};
var epochs = SampleCommand.Number("--epochs", "Passes over the training images.", 10, 1, 1000);
var images = SampleCommand.Number("--images", "The most images to train with.", 60_000, 128, 60_000);
return SampleCommand.Run(args, "resnet", "Learns to tell pieces of clothing apart.", [model, data, epochs, images], said =>
{
    var (train, test) = Clothing.Load(said.GetValue(data)) ?? Digits();
    if (said.GetValue(model) == "resnet")
    {
        using var network = new ResNet20(seed: 1);
        Console.WriteLine(ResNet20.Summary());
        Learn(network);
    }
    else
    {
        using var network = new SmallInception(seed: 1);
        Console.WriteLine(SmallInception.Summary());
        Learn(network);
    }

    void Learn(ITrainable network)
    {
        var chosen = train.ToDataset().Shuffle(seed: 1).Take(Math.Min(train.Count, said.GetValue(images)));
        network.Fit(chosen, new FitOptions
        {
            Epochs = said.GetValue(epochs),
            BatchSize = 128,
            Schedule = Schedule.OneCycle(),
            Progress = ConsoleProgress.Create(),
        }, new Sgd(0.1f, momentum: 0.9f, nesterov: true, weightDecay: 5e-4f));
        Console.WriteLine($"Test {network.Evaluate(test.ToDataset())}");
        Console.WriteLine("To expect on Fashion-MNIST: 92 % after 10 epochs.");
    }
});

static (ImageSet Train, ImageSet Test) Digits()
{
    var mnist = Mnist.Load(new MnistOptions { Download = false });
    Console.WriteLine(mnist.Source);
    return (mnist.Train, mnist.Test);
}
