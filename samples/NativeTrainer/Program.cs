using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen;
using NetGen.Data;

try
{
    Options options = Options.Parse(args);
    using var network = new Digits(seed: 1, Device.Cpu(options.Threads));
    if (options.Command == "train")
        Train(network, options);
    else
        Predict(network, options);
    return 0;
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n{Options.Usage}");
    return 2;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static void Train(Digits network, Options options)
{
    Mnist mnist = Mnist.LoadEmbedded();
    Console.WriteLine(mnist.Source);

    History history = network.Fit(mnist.Train.ToDataset(), new FitOptions { Epochs = options.Epochs }, new Adam(2e-3f));
    foreach (EpochResult epoch in history.Epochs)
        Console.WriteLine(epoch);

    Evaluation test = network.Evaluate(mnist.Test.ToDataset());
    network.Save(options.Weights);

    Console.WriteLine($"Test {test}; saved as {options.Weights}.");
    if (options.Json)
    {
        // The first epoch of a program that the JIT compiles has that in it.
        double first = history.Epochs[0].Seconds, fastest = history.Epochs.Min(epoch => epoch.Seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"bits":{{Bits()}},"epochs":{{options.Epochs}},"test_accuracy":{{test.Accuracy}},"first_epoch_ms":{{first * 1000:F1}},"fastest_epoch_ms":{{fastest * 1000:F1}}}"""));
    }
}

static void Predict(Digits network, Options options)
{
    network.Load(options.Weights);
    float[] scores = network.Predict(Drawing.Read(options.Drawing!));
    // Linux tells the start of a process in steps of 10 ms, and always the earlier one: the truth is at most that much less.
    TimeSpan sinceStart = DateTime.Now - Process.GetCurrentProcess().StartTime;

    int digit = scores.IndexOf(scores.Max());
    double probability = 1 / scores.Sum(score => Math.Exp(score - scores[digit]));
    Console.WriteLine(options.Json
        ? string.Create(CultureInfo.InvariantCulture, $$"""{"bits":{{Bits()}},"digit":{{digit}},"probability":{{probability:F4}},"ms_since_start":{{sinceStart.TotalMilliseconds:F1}}}""")
        : string.Create(CultureInfo.InvariantCulture, $"It is a {digit} (probability {probability:F2}), {sinceStart.TotalMilliseconds:F0} ms after the start of the program."));
}

// How wide the vectors of the kernels are: the width that the processor has, and the program was compiled for.
static int Bits() =>
    Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
