using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using ILGPU;
using ILGPU.Runtime;
using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Host;
using NetGen.Cuda.Kernels;
using Xunit;
using X86 = System.Runtime.Intrinsics.X86;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// Training on ILGPU's CPU accelerator beside the same training on the processor. <see cref="EmulationTests"/> runs this in a process of its own.
/// </summary>
public sealed class EmulatedTraining
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        // Products and elementwise functions only: every sum has the processor's order, so every bit is the processor's.
        new NetworkSource("Exact",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(11, bias: false), Tanh, Dropout(0.3f), Dense(7, bias: false));

                public Tensor Forward([Shape(9)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x) => Sum(Square(Forward(x) + 0.3f));
            }
            """),
        new NetworkSource("Classifier",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(12), Relu, Dense(3));

                public Tensor Forward([Shape(6)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """),
    ]));

    /// <summary>Where the processor's products and sums are fused, as a GPU's are.</summary>
    private static bool HasFma => X86.Fma.IsSupported || AdvSimd.IsSupported;

    [Fact(Explicit = true)]
    public void Every_optimizer_trains_to_the_same_bits()
    {
        Assert.SkipUnless(HasFma, "This processor does not fuse products and sums.");
        Train(Adam.Default);
        Train(new AdamW(0.01f, weightDecay: 0.1f));
        Train(new Sgd(0.1f));
        Train(new Sgd(0.1f, 0.9f, nesterov: true));
        Train(new Sgd(0.1f, 0.9f, dampening: 0.5f));
        Train(RmsProp.Default);
        Train(Adagrad.Default);

        static void Train<TOptimizer>(TOptimizer optimizer)
            where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var network = Compiled.Value["Exact"];
            using var gpu = network.Create(3, Emulator.Device());
            using var cpu = network.Create(3, Device.Cpu(1));
            for (var step = 0; step < 3; step++)
            {
                var inputs = network.Inputs("Loss", batch: 4, seed: step);
                var (expected, actual) = (cpu.Step("Loss", inputs, optimizer), gpu.Step("Loss", inputs, optimizer));
                // The loss is a sum of squares, in another order.
                Assert.Equal(expected, actual, Math.Abs(expected) * 1e-6f);
            }
            SameWeights(cpu, gpu, $"{optimizer}");
        }
    }

    [Fact(Explicit = true)]
    public void Two_runs_have_the_same_bits()
    {
        var network = Compiled.Value["Classifier"];
        using var first = network.Create(3, Emulator.Device());
        using var second = network.Create(3, Emulator.Device());
        for (var step = 0; step < 3; step++)
        {
            var inputs = network.Inputs("Loss", batch: 5, seed: step);
            Assert.Equal(first.Step("Loss", inputs, Adam.Default), second.Step("Loss", inputs, Adam.Default));
        }
        SameWeights(first, second, "two runs");
    }

    [Fact(Explicit = true)]
    public void A_file_goes_from_one_device_to_the_other()
    {
        var network = Compiled.Value["Classifier"];
        var inputs = network.Inputs("Loss", batch: 5, seed: 1);
        var path = Path.Combine(Path.GetTempPath(), $"netgen-cuda-{Environment.ProcessId}.safetensors");
        try
        {
            using var gpu = network.Create(3, Emulator.Device());
            using var cpu = network.Create(4, Device.Cpu(1));
            gpu.Step("Loss", inputs, Adam.Default);
            gpu.Network.Save(path);
            cpu.Network.Load(path);
            SameWeights(gpu, cpu, "from the device");
            Assert.Equal(cpu.Loss("Loss", inputs), gpu.Loss("Loss", inputs), 1e-6f);

            cpu.Step("Loss", inputs, Adam.Default);
            cpu.Network.Save(path);
            gpu.Network.Load(path);
            Assert.Equal(cpu.Loss("Loss", inputs), gpu.Loss("Loss", inputs), 1e-6f);
            SameWeights(cpu, gpu, "to the device");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact(Explicit = true)]
    public void What_is_written_to_the_parameters_reaches_the_device()
    {
        var network = Compiled.Value["Classifier"];
        using var gpu = network.Create(3, Emulator.Device());
        var (x, result) = (new Array[] { new float[6] }, new float[3]);
        gpu.Predict("Forward", x, result);
        new float[] { 1, 2, 3 }.CopyTo(gpu.Network.Parameters["layers.2.bias"].Values);
        gpu.Predict("Forward", x, result);
        Assert.Equal([1, 2, 3], result);

        var before = gpu.Network.Parameters["layers.2.bias"].Values.ToArray();
        gpu.Step("Loss", [new float[6], new[] { 0 }], new Sgd(1f));
        var after = gpu.Network.Parameters["layers.2.bias"].Values.ToArray();
        Assert.True(after[0] > before[0] && after[2] < before[2], $"{string.Join(", ", after)}");
        gpu.Predict("Forward", x, result);
        Assert.Equal(after, result);
    }

    [Fact(Explicit = true)]
    public void Fit_and_Evaluate_are_those_of_the_processor()
    {
        var network = Compiled.Value["Classifier"];
        using var gpu = network.Create(3, Emulator.Device());
        using var cpu = network.Create(3, Device.Cpu(1));
        var inputs = network.Inputs("Loss", batch: 22, seed: 1);
        var data = new Dataset(new DataColumn("x", (float[])inputs[0], 6), new DataColumn("label", (int[])inputs[1]));
        var options = new FitOptions { Epochs = 2, BatchSize = 8, Seed = 5 };
        var (expected, actual) = (((ITrainable)cpu.Network).Fit(data, options), ((ITrainable)gpu.Network).Fit(data, options));
        Assert.Equal(expected.Last!.Loss, actual.Last!.Loss, 1e-5f);
        var (cpuEvaluation, gpuEvaluation) = (Evaluate(cpu), Evaluate(gpu));
        Assert.Equal(cpuEvaluation.Loss, gpuEvaluation.Loss, 1e-5f);
        Assert.Equal(cpuEvaluation.Accuracy, gpuEvaluation.Accuracy);

        Evaluation Evaluate(ICompiledNetwork on) => ((ITrainable)on.Network).Evaluate(data, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public void Threads_take_turns_with_a_network_and_networks_do_not_wait_for_each_other()
    {
        var network = Compiled.Value["Classifier"];
        var inputs = network.Inputs("Forward", batch: 3, seed: 1);
        using var first = network.Create(3, Emulator.Device());
        using var second = network.Create(3, Emulator.Device());
        var expected = new float[9];
        first.Predict("Forward", inputs, expected);
        Parallel.For(0, 8, i =>
        {
            var result = new float[9];
            (i % 2 == 0 ? first : second).Predict("Forward", inputs, result);
            Assert.Equal(expected, result);
        });
    }

    [Fact(Explicit = true)]
    public void Networks_come_and_go()
    {
        var network = Compiled.Value["Classifier"];
        var inputs = network.Inputs("Loss", batch: 3, seed: 1);
        var threads = 0;
        for (var round = 0; round < 6; round++)
        {
            var gpu = network.Create(3, Emulator.Device());
            gpu.Step("Loss", inputs, Adam.Default);
            gpu.Dispose();
            gpu.Dispose();
            Assert.Throws<ObjectDisposedException>(() => gpu.Loss("Loss", inputs));
            // The accelerators of a network that is gone take their threads with them, some a moment later.
            if (round <= 1)
            {
                Thread.Sleep(500);
                threads = Threads();
            }
            var hasSettled = SpinWait.SpinUntil(() => Threads() <= threads + 8, TimeSpan.FromSeconds(10));
            Assert.True(hasSettled, $"{threads} threads after the second network, {Threads()} after round {round}.");
        }

        static int Threads()
        {
            using var process = Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    }

    [Fact(Explicit = true)]
    public void A_batch_that_is_too_large_is_refused_before_anything_runs()
    {
        var network = Compiled.Value["Classifier"];
        using var gpu = network.Create(3, Emulator.Device());
        Assert.Throws<ArgumentException>(() => gpu.Predict("Forward", [new float[7]], new float[3]));
        gpu.Predict("Forward", [new float[6]], new float[3]);
    }

    [Fact(Explicit = true)]
    public void A_block_gets_more_shared_memory_than_a_kernel_may_declare()
    {
        using var accelerators = new Session();
        var size = CudaSize.Tiles(32, rows: 32, across: 1, threads: 32, resident: 1, sharedBytes: 64 * 1024);
        using var result = accelerators.Emulated.Accelerator.Allocate1D<float>(32);
        var launcher = accelerators.Emulated.Launcher<Action<AcceleratorStream, KernelConfig, ArrayView<float>>>(((Action<ArrayView<float>>)Reverse).Method, size.Work);
        var stream = accelerators.Emulated.StreamFor(accelerators.Emulated.Accelerator.DefaultStream, size.Work);
        launcher(stream, accelerators.Emulated.Configure(size), result.View.AsContiguous());
        stream.Synchronize();
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 31f - i), result.GetAsArray1D());
    }

    /// <summary>All threads hand their number to another one by way of the whole memory.</summary>
    private static void Reverse(ArrayView<float> result)
    {
        var shared = SharedMemory.GetDynamic<Float4>();
        shared[Group.IdxX * 132].X = Group.IdxX;
        Group.Barrier();
        result[Group.IdxX] = shared[(31 - Group.IdxX) * 132].X;
    }

    private sealed class Session : IDisposable
    {
        public EmulatedSession Emulated { get; } = new(notes: null);

        public void Dispose() => Emulated.Release();
    }

    private static void SameWeights(ICompiledNetwork expected, ICompiledNetwork actual, string where)
    {
        foreach (var parameter in expected.Network.Parameters)
        {
            Agreement.Same(parameter.Values.ToArray(), actual.Network.Parameters[parameter.Name].Values.ToArray(), $"{where}, {parameter.Name}");
        }
    }
}
