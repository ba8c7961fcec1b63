using System.Diagnostics;
using NetGen;
using static System.FormattableString;

namespace TrainingSpeed;

/// <summary>How long a training waits for a checkpoint of ten million weights, and how long the disk needs for as many bytes.</summary>
internal static class CheckpointTime
{
    private const int Times = 9, Warm = 2;

    public static void Run(string folder)
    {
        var path = Path.Combine(folder, $"netgen-checkpoints-{Environment.ProcessId}");
        try
        {
            using var network = new TenMillion();
            var wait = new Wait();
            network.Fit(
                new Dataset(new DataColumn("x", new float[1024 * (Times + Warm)], 1024), new DataColumn("label", new int[Times + Warm])),
                new FitOptions { BatchSize = 1, Callbacks = [wait], Checkpoints = new Checkpoints(path) { EverySteps = 1, EveryEpochs = 0 } },
                new Adam(1e-4f));
            var bytes = new FileInfo(Directory.GetFiles(path).Max()!).Length;
            Console.WriteLine(Invariant($"{network.Parameters.TotalLength:N0} weights with Adam's two moments and the kept ones: {bytes / 1e6:F0} MB in {folder}"));
            Print("a checkpoint", wait.Times);

            List<double> write = [], flush = [], save = [];
            var data = new byte[bytes];
            Random.Shared.NextBytes(data.AsSpan(0, 1 << 20));
            for (var i = 0; i < Times + Warm; i++)
            {
                var raw = Path.Combine(path, "raw");
                using (var file = File.OpenHandle(raw, FileMode.Create, FileAccess.Write))
                {
                    write.Add(Milliseconds(() => RandomAccess.Write(file, data, 0)));
                    flush.Add(Milliseconds(() => RandomAccess.FlushToDisk(file)));
                }
                File.Delete(raw);
                save.Add(Milliseconds(() => network.Save(Path.Combine(path, "weights"))));
            }
            Print("  of as many bytes: written", write);
            Print("  of as many bytes: fsync", flush);
            Print("Save of the weights alone", save);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void Print(string what, IReadOnlyList<double> times)
    {
        var sorted = times.Skip(Warm).Order().ToArray();
        Console.WriteLine(Invariant($"{what,-28} {sorted[sorted.Length / 2],7:F1} ms (from {sorted[0]:F1} to {sorted[^1]:F1}, {sorted.Length} times)"));
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>From the end of a step to the begin of the next one.</summary>
    private sealed class Wait : StepCallback
    {
        private long ended;

        public List<double> Times { get; } = [];

        public override void OnStepBegin(FitContext fit)
        {
            if (ended != 0)
                Times.Add(Stopwatch.GetElapsedTime(ended).TotalMilliseconds);
        }

        public override void OnStepEnd(FitContext fit) => ended = Stopwatch.GetTimestamp();
    }
}
