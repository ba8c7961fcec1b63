using System.Globalization;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetGen;

namespace Gpu;

/// <summary>What the compiler, its choice of tiles, and the documentation assume of a GPU and its driver, beside what is. Without it nothing else is worth a look, so it runs first.</summary>
internal static class Settle
{
    private const int LaunchesOfGraph = 256;

    private static readonly (string Name, Action<Probe> Run)[] Probes =
    [
        ("driver", FindDriver), ("device", DescribeDevice), ("launch", Launches), ("memory-bandwidth", MemoryBandwidth), ("cache-bandwidth", CacheBandwidth), ("memory-latency", MemoryLatency),
        ("multiply-adds", MultiplyAdds), ("tensor-multiply-adds", TensorMultiplyAdds), ("products", Products),
    ];

    public static string[] Workloads => [.. Probes.Select(probe => $"settle/{probe.Name}")];

    public static void Run(PartRun run)
    {
        var (context, accelerator, version) = Driver.Open(run.Device);
        using var _ = context;
        using var __ = accelerator;
        foreach (var (name, probe) in Probes.Where(probe => run.Wants($"settle/{probe.Name}")))
        {
            using var on = new Probe(accelerator, version, run, $"settle/{name}");
            try
            {
                // A probe before may have asked NetGen for a device, with a context of its own.
                Driver.MakeCurrent(accelerator);
                probe(on);
            }
            catch (Exception e)
            {
                // The next ones may work, if it is not the GPU that failed.
                run.Report(new Entry(on.Name) { Missing = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}" });
            }
        }
    }

    private static void FindDriver(Probe on)
    {
        var maps = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("libcuda.so", StringComparison.Ordinal)) : null;
        on.Report("", text: $"driver for CUDA {on.DriverVersion}, {(maps is null ? "library not seen" : maps[maps.IndexOf('/', StringComparison.Ordinal)..])}");
        on.Report("/device", text: $"Device.Cuda({on.Run.Device}) is {NetGen.Device.Cuda(on.Run.Device)}, Device.Best() is {NetGen.Device.Best()}");
    }

    private static void DescribeDevice(Probe on)
    {
        on.Report("/multiprocessors", on.Device.NumMultiprocessors, AssumedGpu.Multiprocessors);
        on.Report("/shared-bytes", on.Device.MaxSharedMemoryPerMultiprocessor, AssumedGpu.SharedBytes, "B");
        on.Report("/clock", on.Hertz / 1e9, null, "GHz", "the highest, by the driver; cycles below are of this clock");
        on.Report("/memory", on.Device.MemorySize / 1073741824.0, null, "GiB");
        on.Report("/compute-capability", text: $"{on.Device.Architecture.Major}.{on.Device.Architecture.Minor}");
    }

    private static void Launches(Probe on)
    {
        using var kernel = on.Load(nameof(ProbeKernels.Nothing));
        using var result = on.Device.Allocate1D<float>(4);
        var view = LoadedKernel.Argument.Of(result);
        void Launch() => kernel.Launch(on.Stream, 1, 1, 1, view);

        Launch();
        on.Stream.Synchronize();
        on.Report("/one", DeviceClock.Time(on.Stream, Launch, on.Run.Quick).Median * 1e6, null, "µs", "one after the other in a stream");
        on.Report("/waited-for", HostClock.Time(() => { Launch(); on.Stream.Synchronize(); }, on.Run.Quick).Median * 1e6, null, "µs", "launched and waited for, by the host's clock");
        Driver.BeginCapture(on.Stream.StreamPtr);
        for (var i = 0; i < LaunchesOfGraph; i++)
        {
            Launch();
        }
        var graph = Driver.EndCapture(on.Stream.StreamPtr);
        try
        {
            var seconds = DeviceClock.Time(on.Stream, () => Driver.LaunchGraph(graph, on.Stream.StreamPtr), on.Run.Quick).Median / LaunchesOfGraph;
            on.Report("/in-a-graph", seconds * on.Hertz, AssumedGpu.Launch, "cycles", Micro(seconds));
        }
        finally
        {
            Driver.DestroyGraph(graph);
        }
    }

    private static void MemoryBandwidth(Probe on)
    {
        const int Quarters = 1 << 26;
        using var kernel = on.Load(nameof(ProbeKernels.Copy));
        using var from = on.Device.Allocate1D<float>(4L * Quarters);
        using var to = on.Device.Allocate1D<float>(4L * Quarters);
        from.MemSetToZero();
        var seconds = on.Time(() => kernel.Launch(on.Stream, on.Blocks, 1, Quarters, LoadedKernel.Argument.Of(from), LoadedKernel.Argument.Of(to)));
        var rate = 2.0 * 16 * Quarters / seconds;
        on.Report("", rate / on.Hertz, AssumedGpu.MemoryBandwidth, "B per cycle", Tera(rate, "B/s"));
    }

    private static void CacheBandwidth(Probe on)
    {
        // Half of the smallest second-level cache among the GPUs of 2020 and later that have one of more than a few megabytes: an A100's is 40 MB in two halves.
        const int Bytes = 16 << 20;
        using var kernel = on.Load(nameof(ProbeKernels.Read));
        using var from = on.Device.Allocate1D<float>(Bytes / 4);
        using var sums = on.Device.Allocate1D<float>(on.Blocks * ProbeKernels.Threads);
        from.MemSetToZero();
        var seconds = on.Time(() => kernel.Launch(on.Stream, on.Blocks, 1, Bytes / 16, LoadedKernel.Argument.Of(from), LoadedKernel.Argument.Of(sums)));
        var stride = on.Blocks * ProbeKernels.Threads;
        // Threads read in pairs of strides; what is behind the last whole pair is left.
        var read = (double)ProbeKernels.ReadRounds * 16 * (Bytes / 16 / (2 * stride) * (2 * stride));
        on.Report("", read / seconds / on.Hertz / on.Device.NumMultiprocessors, AssumedGpu.CacheBandwidth, "B per cycle and multiprocessor", Tera(read / seconds, "B/s"));
    }

    private static void MemoryLatency(Probe on)
    {
        const int Steps = 1 << 14;
        using var kernel = on.Load(nameof(ProbeKernels.Chase));
        using var last = on.Device.Allocate1D<int>(4);
        last.MemSetToZero();
        foreach (var (name, megabytes) in new[] { ("", 512), ("/of-the-cache", 8) })
        {
            using var next = on.Device.Allocate1D(Cycle(megabytes << 18, 32));
            var seconds = on.Time(() => kernel.Launch(on.Stream, 1, 1, Steps, LoadedKernel.Argument.Of(next), LoadedKernel.Argument.Of(last))) / Steps;
            on.Report(name, seconds * on.Hertz, name.Length == 0 ? AssumedGpu.MemoryLatency : null, "cycles", Micro(seconds));
        }
    }

    private static void MultiplyAdds(Probe on)
    {
        const int Rounds = 4096;
        using var kernel = on.Load(nameof(ProbeKernels.MultiplyAdd));
        using var result = on.Device.Allocate1D<float>(on.Blocks * ProbeKernels.Threads);
        var seconds = on.Time(() => kernel.Launch(on.Stream, on.Blocks, 1, Rounds, LoadedKernel.Argument.Of(result)));
        var rate = (double)Rounds * ProbeKernels.MultiplyAddsOfRound * on.Blocks * ProbeKernels.Threads / seconds;
        on.Report("", rate / on.Hertz / on.Device.NumMultiprocessors, AssumedGpu.MultiplyAdds, "per cycle and multiprocessor", Tera(2 * rate, "FLOP/s"));
    }

    private static void TensorMultiplyAdds(Probe on)
    {
        const int Rounds = 4096, Warps = ProbeKernels.Threads / 32;
        foreach (var (name, method, ofInstruction, assumed) in new[]
        {
            ("/tf32", nameof(ProbeKernels.TensorFloat32), ProbeKernels.TensorFloat32MultiplyAdds, AssumedGpu.TensorMultiplyAdds),
            ("/bf16", nameof(ProbeKernels.BFloat16), ProbeKernels.BFloat16MultiplyAdds, 2 * AssumedGpu.TensorMultiplyAdds),
        })
        {
            using var kernel = on.Load(method);
            using var result = on.Device.Allocate1D<float>(on.Blocks * ProbeKernels.Threads);
            var seconds = on.Time(() => kernel.Launch(on.Stream, on.Blocks, 1, Rounds, LoadedKernel.Argument.Of(result)));
            var rate = (double)Rounds * ProbeKernels.TensorInstructionsOfRound * ofInstruction * on.Blocks * Warps / seconds;
            on.Report(name, rate / on.Hertz / on.Device.NumMultiprocessors, assumed, "per cycle and multiprocessor, by mma.sync", Tera(2 * rate, "FLOP/s"));
        }
    }

    /// <summary>That copies, fragments and multiplications of the tiles are on a GPU what they are without one.</summary>
    private static void Products(Probe on)
    {
        var runner = new ProductRunner(on.Device, quick: true);
        foreach (var workload in ProductWorkload.All.Where(workload => workload.Kernel.Layer == "dense-784-128" && workload.Batch == 32))
        {
            on.Run.Report(new Entry($"settle/{workload.Name}") { Agreement = runner.Run(workload, timed: false).Agreement });
        }
    }

    /// <summary>A way through all places, each <paramref name="step"/> numbers from others, that comes by each once; the same each time.</summary>
    private static int[] Cycle(int length, int step)
    {
        // Sattolo's shuffle: one cycle through all.
        var order = Enumerable.Range(0, length / step).ToArray();
        var random = new Random(1);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        var next = new int[length];
        for (var i = 0; i < order.Length; i++)
        {
            next[i * step] = order[i] * step;
        }
        return next;
    }

    private static string Tera(double rate, string unit) => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e12:G4} T{unit}");

    private static string Micro(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:G4} µs");

    /// <summary>A question to a GPU.</summary>
    private sealed class Probe(CudaAccelerator device, Version driver, PartRun run, string name) : IDisposable
    {
        public CudaAccelerator Device => device;

        public Version DriverVersion => driver;

        public PartRun Run => run;

        public string Name => name;

        public CudaStream Stream { get; } = (CudaStream)device.CreateStream();

        public double Hertz { get; } = Driver.ClockKilohertz(device.DeviceId) * 1e3;

        /// <summary>As many as fill all multiprocessors with threads.</summary>
        public int Blocks => device.NumMultiprocessors * (2048 / ProbeKernels.Threads);

        public LoadedKernel Load(string method) => new(device, ProbeKernels.Compile(method), method, ProbeKernels.Threads, 0);

        public double Time(Action launch)
        {
            launch();
            Stream.Synchronize();
            return DeviceClock.Time(Stream, launch, run.Quick).Median;
        }

        public void Report(string suffix, double? measured = null, double? assumed = null, string? unit = null, string? text = null) =>
            run.Report(new Entry(name + suffix) { Fact = new Fact(measured, assumed, unit, text) });

        public void Dispose() => Stream.Dispose();
    }
}
