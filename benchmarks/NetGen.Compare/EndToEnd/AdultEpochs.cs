using System.Diagnostics;
using NetGen;
using static System.FormattableString;
using Device = NetGen.Device;

namespace Comparison;

/// <summary>
/// Ten epochs over UCI's Adult as a program trains them, shuffling, gathering of batches and the loss of each step included: <c>Fit</c>
/// beside a loop of TorchSharp, by turns.
/// </summary>
internal static class AdultEpochs
{
    private const float Rate = 1e-3f;

    public static int Run(string file, int epochs, int batchSize, int turns, int threads)
    {
        var (train, test) = AdultData.Read(file);
        NativeTorch.Load(keepMemory: true);
        // The faster of as many threads as NetGen has and one, as for steps.
        var counts = new[] { threads, 1 }.Distinct().ToArray();
        var tried = counts.ToDictionary(count => count, count => Torch(count, train, test, 1, batchSize, 0).Seconds);
        var torchThreads = counts.MinBy(count => tried[count]);
        NetGen(threads, train, test, 1, batchSize, 0);
        List<double> ours = [], theirs = [];
        List<double> oursRight = [], theirsRight = [];
        for (var turn = 1; turn <= turns; turn++)
        {
            Idle.Wait();
            var mine = NetGen(threads, train, test, epochs, batchSize, (ulong)turn);
            Idle.Wait();
            var other = Torch(torchThreads, train, test, epochs, batchSize, turn);
            ours.Add(mine.Seconds);
            theirs.Add(other.Seconds);
            oursRight.Add(mine.Accuracy);
            theirsRight.Add(other.Accuracy);
        }
        var machine = Machine.This();
        Console.WriteLine(Invariant($"{Path.GetFileName(file)}: {train.Count} rows of {AdultNetwork.Features} numbers, 512-256-128-1 with dropout 0.5, Adam, {epochs} epochs in batches of {batchSize}; medians of {turns} turns"));
        Console.WriteLine(Invariant($"{machine.Processor} ({machine.Model}), {machine.Cores} cores, {machine.VectorBits} bits, {machine.Runtime}, {machine.Date}"));
        Console.WriteLine(Invariant($"NetGen, {Numbers.Threads(threads)}: {Text(ours)}, test accuracy {oursRight.Average():F4}"));
        Console.WriteLine(Invariant($"libtorch {TorchSharp.torch.__version__}, {Numbers.Threads(torchThreads)}: {Text(theirs)}, test accuracy {theirsRight.Average():F4}"));
        Console.WriteLine(Invariant($"{Median(theirs) / Median(ours):F1}×"));
        return 0;
    }

    private static (double Seconds, double Accuracy) NetGen(int threads, Dataset train, Dataset test, int epochs, int batchSize, ulong seed)
    {
        using AdultNetwork network = new(seed, Device.Cpu(threads));
        var start = Stopwatch.GetTimestamp();
        network.Fit(train, new FitOptions { Epochs = epochs, BatchSize = batchSize, Seed = seed }, new Adam(Rate));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, network.Evaluate(test).Accuracy!.Value);
    }

    private static (double Seconds, double Accuracy) Torch(int threads, Dataset train, Dataset test, int epochs, int batchSize, int seed)
    {
        using TorchAdult network = new(threads, seed);
        return (network.Train(train, epochs, batchSize, Rate), network.Accuracy(test));
    }

    private static string Text(List<double> seconds) => Invariant($"{Median(seconds):F2} s ({seconds.Min():F2} to {seconds.Max():F2})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
