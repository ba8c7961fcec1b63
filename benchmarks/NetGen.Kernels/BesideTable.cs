using System.Diagnostics;
using System.Globalization;
using NetGen;

namespace Kernels;

/// <summary>What a training step takes alone on the machine, and beside another process that keeps one processor busy.</summary>
internal static class BesideTable
{
    /// <summary>The command line of the other process.</summary>
    public const string Busy = "--busy";

    private const int Batch = 32;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1), Measured = TimeSpan.FromSeconds(4);

    public static void Print()
    {
        float[] images = Data.Floats(Batch * 28 * 28);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i % 10)];
        int all = Environment.ProcessorCount;
        Console.WriteLine("| a step takes | alone on the machine | beside one busy process |");
        Console.WriteLine("|---|---|---|");
        using (MnistMlp network = new(seed: 1, device: Device.Cpu(all)))
            Row($"MLP 784-128-10, {Threads(all)}", () => network.Step(images, labels, new Adam(1e-3f)));
        foreach (int threads in new[] { all, 1 }.Distinct())
        {
            using MnistCnn network = new(seed: 1, device: Device.Cpu(threads));
            Row($"CNN of `samples/Mnist`, {Threads(threads)}", () => network.Step(images, labels, new Adam(1e-3f)));
        }
    }

    /// <summary>Keeps one processor busy until nobody holds the other end of the standard input.</summary>
    public static void Spin()
    {
        Thread spinning = new(() =>
        {
            while (true)
            {
            }
        })
        {
            IsBackground = true,
        };
        spinning.Start();
        while (Console.In.Read() >= 0)
        {
        }
    }

    private static void Row(string what, Action step)
    {
        TimeSpan alone = Mean(step), beside;
        using (Process other = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Busy) { RedirectStandardInput = true })!)
        {
            beside = Mean(step);
            other.StandardInput.Close();
            other.WaitForExit();
        }

        Console.WriteLine($"| {what} | {Text(alone)} | {Text(beside)} |");
    }

    private static TimeSpan Mean(Action step)
    {
        Steps(step, WarmUp);
        return Steps(step, Measured);
    }

    private static TimeSpan Steps(Action step, TimeSpan time)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int steps = 0;
        for (; clock.Elapsed < time; steps++)
            step();
        return clock.Elapsed / steps;
    }

    private static string Threads(int threads) =>
        string.Create(CultureInfo.InvariantCulture, $"{threads} {(threads == 1 ? "thread" : "threads")}");

    /// <summary>Two digits that count.</summary>
    private static string Text(TimeSpan time) => time.TotalMilliseconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
