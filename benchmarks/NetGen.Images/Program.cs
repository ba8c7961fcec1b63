using System.Diagnostics;
using NetGen;
using NetGen.Data;
using static System.FormattableString;

// What changing images at random costs a training: epochs of the sample CNN with the images as they are, and with a source that changes
// them, by turns.
Dataset train = Mnist.LoadEmbedded().Train.ToDataset();
int rounds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
Augmentation[] usual = [Augmentation.Rotate(10), Augmentation.Zoom(0.9f, 1.1f), Augmentation.Shift(0.1f), Augmentation.Cutout(6)];
Augmentation[] noisy = [.. usual, Augmentation.Noise(0.02f)];
using MnistCnn network = new(seed: 1);
FitOptions options = new() { Epochs = 1, BatchSize = 128 };

(string Name, Action Run)[] ways =
[
    ("as they are", () => network.Fit(train, options, new Adam(1e-4f))),
    ("through a source", () => network.Fit(train.AsSource(), options, new Adam(1e-4f))),
    ("changed", () => network.Fit(train.Augment("image", usual), options, new Adam(1e-4f))),
    ("changed, with noise", () => network.Fit(train.Augment("image", noisy), options, new Adam(1e-4f))),
    ("changed by 1 thread ahead", () => network.Fit(train.AsSource(workers: 1).Augment("image", usual), options, new Adam(1e-4f))),
];
double[][] times = [.. ways.Select(_ => new double[rounds])];
for (int round = -1; round < rounds; round++)
{
    for (int way = 0; way < ways.Length; way++)
    {
        long began = Stopwatch.GetTimestamp();
        ways[way].Run();
        if (round >= 0)
            times[way][round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}

Console.WriteLine(Invariant($"{train.Count} images of [28, 28, 1]; {NetGenOptions.Threads} threads. Alone, on one core, an image takes:"));
foreach ((string name, Augmentation[] changes) in (ReadOnlySpan<(string, Augmentation[])>)[("rotate, zoom, shift", usual[..3]), ("cutout", usual[3..]), ("these four", usual), ("noise", noisy[4..])])
    Console.WriteLine(Invariant($"{name,-32} {Alone(changes),7:F2} µs"));

Array.ForEach(times, Array.Sort);
for (int way = 0; way < ways.Length; way++)
{
    double median = times[way][rounds / 2];
    Console.WriteLine(Invariant($"{ways[way].Name,-32} {median,7:F0} ms an epoch (median of {rounds}; {times[way][0]:F0} to {times[way][^1]:F0}), {median / times[0][rounds / 2],5:F3} of the first"));
}

// The best of five readings.
double Alone(Augmentation[] changes)
{
    double best = double.PositiveInfinity;
    for (int i = 0; i < 5; i++)
    {
        using SampleReader reader = train.AsSource(workers: 0).Augment("image", changes).Read(new() { BatchSize = 128, Epoch = 1 });
        long began = Stopwatch.GetTimestamp();
        for (int done = 0; done < train.Count; done += 128)
            reader.Next();
        best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / train.Count);
    }

    return best;
}
