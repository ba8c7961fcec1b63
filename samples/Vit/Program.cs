using System.CommandLine;
using NetGen;
using NetGen.Data;
using NetGen.Terminal;

var images = SampleCommand.Choice("--images", "What to learn from.", "digits", "clothing");
Option<string?> data = new("--data")
{
    Description = "Folder with the four files (default: of digits NETGEN_DATA, a download, or built-in ones; of clothing "
        + $"{Clothing.Debian}).",
};
Option<bool> offline = new("--offline") { Description = "Download nothing." };
var epochs = SampleCommand.Number("--epochs", "Passes over the training images.", 10, 1, 1000);
return SampleCommand.Run(args, "vit", "Learns to tell images apart by a vision transformer.", [images, data, offline, epochs], said =>
{
    var (train, test) = said.GetValue(images) == "digits" ? Digits() : Clothing.Load(said.GetValue(data))
        ?? throw new IOException(
            $"Fashion-MNIST is not in {Clothing.Debian} (Debian: apt-get install dataset-fashion-mnist); say --data FOLDER.");
    using var network = new VisionTransformer(seed: 1);
    Console.WriteLine(VisionTransformer.Summary());
    network.Fit(train.ToDataset(), new FitOptions
    {
        Epochs = said.GetValue(epochs),
        BatchSize = 64,
        Seed = 1,
        Schedule = Schedule.Cosine(0.05),
        Progress = ConsoleProgress.Create(),
    }, new AdamW(2e-3f));
    Console.WriteLine($"Test {network.Evaluate(test.ToDataset())}");
    Console.WriteLine("To expect: 98 % of MNIST, 87 % of Fashion-MNIST.");

    (ImageSet Train, ImageSet Test) Digits()
    {
        var (folder, download) = (said.GetValue(data), !said.GetValue(offline));
        var mnist = Mnist.Load(new MnistOptions { Directory = folder, Download = download, Notice = Console.WriteLine });
        Console.WriteLine(mnist.Source);
        return (mnist.Train, mnist.Test);
    }
});
