using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Data;

namespace Gpu;

/// <summary>What is done with each network.</summary>
internal static class NetworkParts
{
    private const int MnistBatch = 128, MemoryBatch = 128, MnistImages = 60_000;

    /// <summary>Adam's, so small that the weights stay what they are: gradients of a batch that has been learned become too small to compute with at a usual speed.</summary>
    private const float LearningRate = 1e-8f;

    public static string[] Checks(NetworkCase network) => [.. NetworkCase.CheckedBatches.Select(batch => network.Workload(batch, "check"))];

    public static string[] Times(NetworkCase network) => [.. network.Batches.SelectMany(batch => new[] { "step", "resident-step", "forward" }.Select(pass => network.Workload(batch, pass)))];

    public static string[] Epochs(NetworkCase network) => [network.Workload(MnistBatch, "epoch")];

    public static string[] Starts(NetworkCase network) => [network.Workload(MnistBatch, "start-cold"), network.Workload(MnistBatch, "start-warm")];

    /// <summary>Everything that can be right or wrong.</summary>
    public static void Check(NetworkCase network, PartRun run)
    {
        var correctness = new Correctness(network, Device.Cuda(run.Device), (name, agreement) => run.Report(new Entry(name) { Agreement = agreement }));
        foreach (var batch in NetworkCase.CheckedBatches.Where(batch => run.Wants(network.Workload(batch, "check"))))
        {
            correctness.Forward(batch);
            correctness.Training(batch);
        }
        if (run.Wants(network.Workload(NetworkCase.CheckedBatches[^1], "check")))
        {
            correctness.Training(32, 3, 128, 1, 17);
            correctness.SameBits(32, 3, 128, 1, 128);
            correctness.SaveAndLoad(32);
        }
    }

    public static string[] Memories(NetworkCase network) => [network.Workload(MemoryBatch, "memory")];

    /// <summary>Networks that come and go; nothing else may use the GPU.</summary>
    public static void Memory(NetworkCase network, PartRun run)
    {
        var correctness =
            new Correctness(network, Device.Cuda(run.Device), (name, agreement) => run.Report(new Entry(name) { Agreement = agreement }));
        // For the driver's count of free memory; no network computes in this context.
        var (context, accelerator, _) = Driver.Open(run.Device);
        using var __ = context;
        using var ___ = accelerator;
        correctness.ComeAndGo(MemoryBatch, rounds: 50, accelerator.GetFreeMemory);
    }

    /// <summary>
    /// Steps and predictions from numbers of the host to numbers of the host, and steps on samples that are on the device, of which the
    /// host gets the loss.
    /// </summary>
    public static void Time(NetworkCase network, PartRun run)
    {
        foreach (var batch in network.Batches)
        {
            using var subject = network.Create(1, Device.Cuda(run.Device));
            var samples = Samples.Create(network, batch, 1);
            var predictions = new float[batch * network.Outputs];
            Row("step", () => subject.Adam(samples, new Adam(LearningRate)));
            using (var onDevice = new ResidentSamples(samples, Device.Cuda(run.Device)))
            {
                Row("resident-step", () => subject.Resident(onDevice, new Adam(LearningRate)));
            }
            Row("forward", () => subject.Predict(samples, predictions));

            void Row(string pass, Action call)
            {
                var name = network.Workload(batch, pass);
                if (run.Wants(name))
                {
                    run.Report(new Entry(name) { Row = new Row { Workload = name, Seconds = HostClock.Time(call, run.Quick) } });
                }
            }
        }
    }

    /// <summary><c>Fit</c> over as many images as MNIST has, and what was learned.</summary>
    public static void Epoch(NetworkCase network, PartRun run)
    {
        var mnist = Mnist.Load(new MnistOptions { Download = false });
        var images = mnist.Train.ToDataset();
        if (images.Count < MnistImages)
        {
            images = images.Select([.. Enumerable.Range(0, MnistImages).Select(i => i % mnist.Train.Count)]);
        }
        using var subject = network.Create(1, Device.Cuda(run.Device));
        // The first epoch compiles, and does not count; what brings the data to the device is before all of them.
        var history = subject.Network.Fit(
            images, new FitOptions { BatchSize = MnistBatch, Epochs = run.Quick ? 4 : 8, Seed = 1 }, new Adam(1e-3f));
        var seconds = history.Epochs.Skip(1).Select(epoch => epoch.Seconds);
        var name = network.Workload(MnistBatch, "epoch");
        var accuracy = subject.Network.Evaluate(mnist.Test.ToDataset()).Accuracy ?? double.NaN;
        // A network of one layer gets 0.88.
        run.Report(new Entry(name) { Agreement = new Agreement(1 - accuracy, 0.1, accuracy >= 0.9), Row = accuracy >= 0.9 ? new Row { Workload = name, Seconds = Comparison.Statistics.Of(seconds) } : null });
    }

    /// <summary>From the start of a process until its first step is done, with nothing kept from an earlier one, and with what that one kept.</summary>
    public static void Start(NetworkCase network, PartRun run)
    {
        var (program, arguments) = ChildProcess.Itself;
        string[] step = [.. arguments, "first-step", network.Title, "--device", run.Device.ToString(CultureInfo.InvariantCulture)];
        var (cold, warm) = (new List<double>(), new List<double>());
        for (var i = 0; i < (run.Quick ? 1 : 3); i++)
        {
            var home = Directory.CreateTempSubdirectory("netgen-start-").FullName;
            try
            {
                cold.Add(Once(home));
                warm.Add(Once(home));
                warm.Add(Once(home));
            }
            finally
            {
                Directory.Delete(home, recursive: true);
            }
        }
        foreach (var (pass, seconds) in new[] { ("start-cold", cold), ("start-warm", warm) })
        {
            var name = network.Workload(MnistBatch, pass);
            run.Report(new Entry(name) { Row = new Row { Workload = name, Seconds = Comparison.Statistics.Of(seconds) } });
        }

        double Once(string home)
        {
            // Wherever the driver and NetGen keep compiled kernels, it is below one of these.
            var environment = new[] { "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "CUDA_CACHE_PATH", "LOCALAPPDATA", "NETGEN_CUDA_CACHE" }.ToDictionary(name => name, _ => home);
            var clock = Stopwatch.StartNew();
            double? stepped = null;
            var failure = ChildProcess.Run(program, step, TimeSpan.FromMinutes(2), _ => { }, _ => stepped ??= clock.Elapsed.TotalSeconds, environment);
            return stepped ?? throw new GpuException($"The first step of {network.Title}: {failure ?? "it said nothing"}.");
        }
    }

    /// <summary>What <see cref="Start"/> starts: one step, and a word when it is done.</summary>
    public static void FirstStep(NetworkCase network, int device)
    {
        using var run = network.Create(1, Device.Cuda(device));
        var loss = run.Adam(Samples.Create(network, MnistBatch, 1), new Adam(1e-3f));
        Console.WriteLine(loss.ToString(CultureInfo.InvariantCulture));
    }
}
