using System.Diagnostics;
using NetGen;
using static System.FormattableString;

namespace TrainingSpeed;

/// <summary>What Fit adds to a loop over the same steps, turn by turn, so that both see the same machine.</summary>
internal static class FitOverhead
{
    private const int Samples = 20_000, Epochs = 5, Turns = 15;

    public static void Run()
    {
        var random = new Random(1);
        var images = new float[784 * Samples];
        foreach (ref var value in images.AsSpan())
            value = random.NextSingle();
        var labels = Enumerable.Range(0, Samples).Select(_ => random.Next(10)).ToArray();
        var data = new Dataset(new DataColumn("x", images, 784), new DataColumn("label", labels));
        Console.WriteLine(Invariant($"784-128-10, Adam, {Samples:N0} samples, {Epochs} epochs; medians of {Turns} turns; a loop fills batches and calls Step"));
        foreach (var (size, shuffle) in new[] { (32, true), (32, false), (128, true), (128, false) })
        {
            List<double> fit = [], loop = [];
            for (var turn = -2; turn < Turns; turn++)
            {
                var (fitted, looped) = (Fit(data, size, shuffle), Loop(data, size, shuffle));
                if (turn < 0)
                    continue;
                fit.Add(fitted);
                loop.Add(looped);
            }
            var over = fit.Zip(loop, (a, b) => a / b - 1).Order().ToArray();
            var steps = Epochs * (Samples / size);
            Console.WriteLine(Invariant(
                $"batch {size,3}{(shuffle ? ", shuffled" : "          ")}: a step {1e6 * Median(loop) / steps,6:F1} µs; Fit adds {100 * over[over.Length / 2],5:F2} % (quartiles {100 * over[over.Length / 4]:F2} to {100 * over[3 * over.Length / 4]:F2})"));
        }
    }

    private static double Fit(Dataset data, int size, bool shuffle)
    {
        using var network = new Digits(seed: 1);
        var start = Stopwatch.GetTimestamp();
        network.Fit(data, new FitOptions { Epochs = Epochs, BatchSize = size, Shuffle = shuffle }, new Adam(1e-3f));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Loop(Dataset data, int size, bool shuffle)
    {
        using var network = new Digits(seed: 1);
        var start = Stopwatch.GetTimestamp();
        var batch = new Batch(((ITrainable)network).Columns, size);
        var rows = Enumerable.Range(0, data.Count).ToArray();
        var random = new Random(1);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            if (shuffle)
                random.Shuffle(rows);
            for (var at = 0; at < rows.Length; at += size)
            {
                var count = Math.Min(size, rows.Length - at);
                if (shuffle)
                    batch.Fill(data, rows.AsSpan(at, count));
                else
                    batch.Fill(data, at, count);
                network.Step(batch.Floats(0), batch.Labels(1), new Adam(1e-3f));
            }
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
