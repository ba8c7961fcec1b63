using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using static System.FormattableString;

const int batch = 64, side = 8;

return DrawingSample.Run(args, "gan", "Learns to draw handwritten digits that are in no data set.", epochs: 15, Run);

static void Run(Mnist mnist, int epochs, string picture)
{
    using var gan = new DigitGan();
    Console.WriteLine(DigitGan.Summary());
    var optimizer = new Adam(2e-4f, beta1: 0.5f);
    var random = new Random(1);
    // The same noise for each picture, so that one sees how its digits become.
    var shown = Noise(random, side * side);
    for (var epoch = 1; epoch <= epochs; epoch++)
    {
        var images = mnist.Train.ToDataset().Shuffle((ulong)epoch)["image"].Floats;
        var (steps, criticLoss, generatorLoss) = (images.Length / (batch * 784), 0.0, 0.0);
        for (var step = 0; step < steps; step++)
        {
            criticLoss += gan.StepCritic(Noise(random, batch), images.Span.Slice(step * batch * 784, batch * 784), optimizer);
            generatorLoss += gan.StepGenerator(Noise(random, batch), optimizer);
        }

        Draw(gan.Predict(shown), picture);
        Console.WriteLine(Invariant($"Epoch {epoch}: critic {criticLoss / steps:F3}, generator {generatorLoss / steps:F3}"));
    }

    Judge(mnist, gan.Predict(Noise(random, 1000)));
    Console.WriteLine($"{side} × {side} digits: {picture}");
    Console.WriteLine("To expect: sure of at least 85 %, in all ten classes, after 15 epochs of the 60,000 images.");
}

static float[] Noise(Random random, int count)
{
    var noise = new float[count * DigitGan.Latent];
    foreach (ref var value in noise.AsSpan())
        value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    return noise;
}

// A network that knows real digits looks at drawn ones.
static void Judge(Mnist mnist, float[] drawn)
{
    using var judge = new MnistCnn();
    judge.Fit(mnist.Train.ToDataset(), new FitOptions { Epochs = 2 }, new Adam(1e-3f));
    Console.WriteLine($"The judge, of real digits: {judge.Evaluate(mnist.Test.ToDataset())}");
    var probabilities = Probabilities.Softmax(judge.Predict(drawn), Mnist.Classes).Chunk(Mnist.Classes).ToArray();
    var sure = probabilities.Average(digit => digit.Max() >= 0.9f ? 1.0 : 0);
    var classes = probabilities.CountBy(digit => Array.IndexOf(digit, digit.Max())).OrderBy(count => count.Key);
    Console.WriteLine(Invariant($"Of 1000 drawn ones it is sure of {100 * sure:F1} %."));
    Console.WriteLine($"It sees {string.Join(", ", classes.Select(count => Invariant($"{count.Value} × {count.Key}")))}.");
}

static void Draw(float[] images, string path)
{
    var grid = new PictureGrid(side, side, Mnist.Size);
    for (var i = 0; i < side * side; i++)
        grid.Draw(i / side, i % side, images.AsSpan(i * 784, 784), 0, 1);
    grid.Save(path);
}
