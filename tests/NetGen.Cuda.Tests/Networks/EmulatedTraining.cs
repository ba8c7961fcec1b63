using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using ILGPU;
using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using NetGen.Cuda.Driver;
using NetGen.Cuda.Kernels;
using NetGen.Cuda.Tests.Host;
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
        new NetworkSource("Heads", WholeNetworks.Texts["Heads"]),
    ]));

    /// <summary>Where the processor's products and sums are fused, as a GPU's are.</summary>
    private static bool HasFma => X86.Fma.IsSupported || AdvSimd.IsSupported;

    [Fact(Explicit = true)]
    public void What_looks_at_all_weights_is_refused_before_anything_changes()
    {
        var network = Compiled.Value["Exact"];
        using var gpu = network.Create(3, Emulator.Device());
        var before = gpu.Network.Parameters[0].Values.ToArray();
        var refused = Assert.Throws<NotSupportedException>(() => gpu.Step("Loss", network.Inputs("Loss", 4, 1), new Adam().StoreGradients() with { ClipNorm = 1f }));
        Assert.StartsWith("StoredGradients<Adam> ends its steps by a look at all weights, which only a processor takes; ", refused.Message);
        Assert.Equal(before, gpu.Network.Parameters[0].Values.ToArray());
        gpu.Step("Loss", network.Inputs("Loss", 4, 1), new Adam());
        Assert.NotEqual(before, gpu.Network.Parameters[0].Values.ToArray());
    }

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
        Train(new SgdW(0.1f, 0.9f, nesterov: true));
        Train(Adamax.Default);
        Train(Nadam.Default);
        Train(Lion.Default);
        Train(Adadelta.Default);
        Train(Rprop.Default);
        Train(new Adam(0.01f).ClipValue(0.1f));
        Train(new AdamW(0.01f) { Lazy = true });

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
    public void Graphs_have_the_bits_of_launches_that_go_one_by_one()
    {
        Assert.SkipUnless(HasFma, "This processor does not fuse products and sums.");
        // Batches that come again and one that does not, a batch that needs new memory when graphs are there, learning rates that change.
        (int Batch, float Rate)[] steps = [(4, 0.1f), (4, 0.05f), (4, 0.2f), (2, 0.1f), (4, 0.01f), (2, 0.3f), (2, 0.1f), (5, 0.1f), (4, 0.1f), (4, 0.4f), (4, 0.3f)];
        var network = Compiled.Value["Exact"];
        var (withGraphs, without) = (new FakeDriver(), new FakeDriver());
        using var graphs = network.Create(3, Emulator.Device(withGraphs));
        using var launches = network.Create(3, Emulator.Device(without));
        using var cpu = network.Create(3, Device.Cpu(1));
        // The driver cannot capture.
        without.Failures[nameof(IDriver.StreamBeginCapture)] = new([DriverResult.NotSupported]);
        for (var i = 0; i < steps.Length; i++)
        {
            var inputs = network.Inputs("Loss", steps[i].Batch, seed: i);
            var optimizer = new Adam(steps[i].Rate);
            Assert.Equal(launches.Step("Loss", inputs, optimizer), graphs.Step("Loss", inputs, optimizer));
            cpu.Step("Loss", inputs, optimizer);
            Assert.Equal(launches.Loss("Loss", inputs), graphs.Loss("Loss", inputs));
        }
        if (!Emulator.IsGpu)
        {
            // Steps of 4 before and after the memory has grown, and of 2; and their evaluations.
            Assert.Equal((6, 0), (withGraphs.Calls(nameof(IDriver.GraphInstantiateWithFlags)), without.Calls(nameof(IDriver.GraphLaunch))));
            Assert.True(withGraphs.Calls(nameof(IDriver.GraphLaunch)) >= 12);
        }
        SameWeights(launches, graphs, "graphs");
        SameWeights(cpu, graphs, "the processor");
    }

    [Fact(Explicit = true)]
    public void Networks_on_one_device_compute_at_the_same_time()
    {
        var network = Compiled.Value["Classifier"];
        var driver = new FakeDriver();
        var device = Emulator.Device(driver);
        var inputs = network.Inputs("Loss", batch: 5, seed: 1);
        using (var alone = network.Create(3, Emulator.Device()))
        {
            var networks = Enumerable.Range(0, 3).Select(_ => network.Create(3, device)).ToArray();
            Parallel.ForEach(networks, each =>
            {
                for (var step = 0; step < 3; step++)
                {
                    each.Step("Loss", inputs, Adam.Default);
                }
            });
            for (var step = 0; step < 3; step++)
            {
                alone.Step("Loss", inputs, Adam.Default);
            }
            foreach (var each in networks)
            {
                SameWeights(alone, each, "side by side");
                each.Dispose();
            }
        }
        Assert.Empty(driver.Alive);
    }

    [Fact(Explicit = true)]
    public void Data_on_the_device_and_page_locked_data_have_the_bits_of_spans()
    {
        var driver = new FakeDriver();
        var device = Emulator.Device(driver);
        var inputs = Consumer.Network.Inputs("Loss", 5, 1);
        var (x, labels) = ((float[])inputs[0], (int[])inputs[1]);
        var expected = Consumer.Run("RunSpans", device, x, labels);
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(expected, Consumer.Run("Run", device, x, labels));
        Assert.Equal(expected, Consumer.Run("RunPinned", device, x, labels));
        Assert.Empty(driver.Alive);

        // A label on the device that is no class.
        labels[2] = 3;
        Assert.True(float.IsNaN(Consumer.Run("Run", device, x, labels)[0]));
        labels[2] = -1;
        var said = Consumer.Run("Run", device, x, labels);
        Assert.True(float.IsNaN(said[0]));
        Assert.All(said[3..], value => Assert.True(float.IsFinite(value)));
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
    public void Each_classification_counts_as_on_the_processor()
    {
        var network = Compiled.Value["Heads"];
        using var gpu = network.Create(3, Emulator.Device());
        using var cpu = network.Create(3, Device.Cpu(1));
        var inputs = network.Inputs("Loss", batch: 11, seed: 1);
        var data = new Dataset(
            new DataColumn("x", (float[])inputs[0], 6), new DataColumn("kind", (int[])inputs[1]), new DataColumn("mixture", (float[])inputs[2], 4),
            new DataColumn("flags01", (float[])inputs[3], 5));
        foreach (var size in new[] { 1, 4, 11 })
        {
            var (expected, actual) = (Evaluate(cpu, size), Evaluate(gpu, size));
            Assert.Equal(4, actual.Accuracies.Count);
            Assert.All(expected.Accuracies, e => Assert.Equal(e.Value, actual.Accuracies[e.Key], 1e-6f));
        }
        var options = new FitOptions { BatchSize = 4, Seed = 5 };
        var (trained, onDevice) = (((ITrainable)cpu.Network).Fit(data, options, new Sgd(1e-30f)), ((ITrainable)gpu.Network).Fit(data, options, new Sgd(1e-30f)));
        Assert.All(trained.Last!.Accuracies, e => Assert.Equal(e.Value, onDevice.Last!.Accuracies[e.Key], 1e-6f));

        Evaluation Evaluate(ICompiledNetwork on, int size) => ((ITrainable)on.Network).Evaluate(data, size, TestContext.Current.CancellationToken);
    }

    [Theory(Explicit = true)]
    [InlineData("Exact", 1)]
    [InlineData("Exact", 8)]
    [InlineData("Classifier", 5)]
    [InlineData("Heads", 5)]
    public void Data_that_the_device_keeps_give_the_bits_of_data_from_the_host(string name, int batchSize)
    {
        var network = Compiled.Value[name];
        using var resident = network.Create(3, Emulator.Device());
        using var host = network.Create(3, Emulator.Device());
        var inputs = network.Inputs("Loss", batch: 22, seed: 1);
        var columns = ((ITrainable)host.Network).Columns.ToArray();
        var data = new Dataset([.. columns.Select((column, i) => inputs[i] is float[] floats ? new DataColumn(column.Name, floats, column.Shape) : new DataColumn(column.Name, (int[])inputs[i]))]);
        var options = new FitOptions { Epochs = 3, BatchSize = batchSize, Seed = 5 };
        var expected = new FromHost((ITrainable)host.Network).Fit(data, options, step => new Adam(0.01f / step));
        var actual = ((IResidentTrainable)resident.Network).Fit(data, options, step => new Adam(0.01f / step));
        Assert.Equal(expected.Epochs.Select(e => (e.Loss, e.Accuracies)), actual.Epochs.Select(e => (e.Loss, e.Accuracies)));
        SameWeights(host, resident, name);
    }

    /// <summary>A step that is far too large, then training goes on: weights and optimizers are those of a training whose data come from the host.</summary>
    [Fact(Explicit = true)]
    public void Numbers_that_break_leave_what_they_leave_on_the_host()
    {
        var network = Compiled.Value["Classifier"];
        var driver = new FakeDriver();
        using (var resident = network.Create(3, new CudaDevice(0, "cuda:0 (emulated)", 0, () => new EmulatedSession(driver))))
        using (var host = network.Create(3, Emulator.Device()))
        {
            var inputs = network.Inputs("Loss", batch: 22, seed: 1);
            var data = new Dataset(new DataColumn("x", (float[])inputs[0], 6), new DataColumn("label", (int[])inputs[1]));
            var options = new FitOptions { Epochs = 4, BatchSize = 8 };
            Adam Schedule(long step) => new(step < 5 ? 0.01f : float.MaxValue);
            var expected = new FromHost((ITrainable)host.Network).Fit(data, options, Schedule);
            var actual = ((IResidentTrainable)resident.Network).Fit(data, options, Schedule);
            Assert.Contains(expected.Stopped, (StopReason[])[StopReason.LossNotFinite, StopReason.WeightsNotFinite]);
            Assert.Equal((expected.Stopped, expected.RestoredEpoch, expected.Advice), (actual.Stopped, actual.RestoredEpoch, actual.Advice));
            Assert.Equal(expected.Epochs.Select(e => (e.Loss, e.IsPartial)), actual.Epochs.Select(e => (e.Loss, e.IsPartial)));
            SameWeights(host, resident, "restored");
            Assert.All(resident.Network.Parameters, p => Assert.False(p.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)));

            Assert.Equal(StopReason.Completed, new FromHost((ITrainable)host.Network).Fit(data, options).Stopped);
            Assert.Equal(StopReason.Completed, ((IResidentTrainable)resident.Network).Fit(data, options).Stopped);
        }
        Assert.Empty(driver.Alive);
    }

    /// <summary>Memory that an optimizer needs from some step on moves what graphs know, between steps that nobody has waited for.</summary>
    [Fact(Explicit = true)]
    public void An_optimizer_may_need_its_state_from_some_step_on()
    {
        var network = Compiled.Value["Classifier"];
        var driver = new FakeDriver();
        using var resident = network.Create(3, new CudaDevice(0, "cuda:0 (emulated)", 0, () => new EmulatedSession(driver)));
        using var host = network.Create(3, Emulator.Device());
        var inputs = network.Inputs("Loss", batch: 22, seed: 1);
        var data = new Dataset(new DataColumn("x", (float[])inputs[0], 6), new DataColumn("label", (int[])inputs[1]));
        using var kept = ((IResidentTrainable)resident.Network).Keep(data)!;
        Sgd[] optimizers = [new(0.1f), new(0.1f), new(0.1f), new(0.1f, 0.9f), new(0.1f, 0.9f), new(0.1f, 0.9f)];
        var (results, correct) = (new BatchResult[6], new double[6]);
        driver.ClearCalls();
        ((IResidentTrainable)resident.Network).StepRows(kept, [.. Enumerable.Range(0, 22)], 4, optimizers, results, correct);
        Assert.Equal(1, driver.Calls(nameof(IDriver.StreamSynchronize)));
        var batch = new Batch(((ITrainable)host.Network).Columns, 4);
        for (var step = 0; step < 6; step++)
        {
            batch.Fill(data, 4 * step, Math.Min(4, 22 - (4 * step)));
            var expected = new double[1];
            Assert.Equal(((ITrainable)host.Network).StepBatch(batch, in optimizers[step], expected), results[step]);
            Assert.Equal(expected[0], correct[step]);
        }
        SameWeights(host, resident, "a momentum that begins later");
    }

    [Fact(Explicit = true)]
    public void Data_are_kept_where_they_fit_and_are_checked()
    {
        var network = Compiled.Value["Classifier"];
        var driver = new Host.FakeDriver();
        using (var gpu = network.Create(3, new CudaDevice(0, "cuda:0 (emulated)", 0, () => new Host.EmulatedSession(driver))))
        using (var other = network.Create(3, Emulator.Device()))
        {
            var trainable = (IResidentTrainable)gpu.Network;
            var results = new BatchResult[2];
            using (var data = trainable.Keep(Data(10, 2))!)
            {
                Assert.Equal(10, data.Count);
                trainable.StepRows(data, [9, 0, 3], 2, [Adam.Default, Adam.Default], results, default);
                Assert.Equal([2, 1], results.Select(r => r.Count));
                Assert.Throws<ArgumentException>(() => trainable.StepRows(data, [9, 10, 3], 2, [Adam.Default, Adam.Default], results, default));
                Assert.Throws<ArgumentException>(() => trainable.StepRows(data, [9, -1, 3], 2, [Adam.Default, Adam.Default], results, default));
                Assert.Throws<ArgumentException>(() => trainable.StepRows(data, [9], 2, [Adam.Default, Adam.Default], results, default));
                Assert.Throws<ArgumentException>(() => ((IResidentTrainable)other.Network).StepRows(data, [9, 0, 3], 2, [Adam.Default, Adam.Default], results, default));
                data.Dispose();
                Assert.Throws<ArgumentException>(() => trainable.StepRows(data, [9, 0, 3], 2, [Adam.Default, Adam.Default], results, default));
            }
            Assert.Contains("'label' is 3 in row 1 ", Assert.Throws<ArgumentOutOfRangeException>(() => trainable.Keep(Data(2, 3))).Message, StringComparison.Ordinal);
            driver.Gpus[0] = driver.Gpus[0] with { Memory = driver.DeviceBytes + 1000 };
            Assert.Null(trainable.Keep(Data(100, 2)));
            Assert.NotNull(trainable.Keep(Data(4, 2)));
        }
        Assert.Empty(driver.Alive);

        static Dataset Data(int count, int last)
        {
            var labels = new int[count];
            labels[^1] = last;
            return new(new DataColumn("x", new float[count * 6], 6), new DataColumn("label", labels));
        }
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
        using var session = new EmulatedSession(new FakeDriver());
        using var current = session.Enter();
        var size = CudaSize.Tiles(32, rows: 32, across: 1, threads: 32, resident: 1, sharedBytes: 64 * 1024);
        var memory = session.Allocate(32 * sizeof(float), "The result");
        session.Check(session.Driver.StreamCreate(out var stream, StreamFlags.NonBlocking), "Making a queue");
        session.Launch(session.Find(((Action<ArrayView<float>>)Reverse).Method, size), size, [new CudaView<float>(memory, 32)], stream);
        // The emulated device's memory is the host's.
        var result = new float[32];
        Marshal.Copy(memory, result, 0, result.Length);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 31f - i), result);
    }

    /// <summary>All threads hand their number to another one by way of the whole memory.</summary>
    private static void Reverse(ArrayView<float> result)
    {
        var shared = SharedMemory.GetDynamic<Float4>();
        shared[Group.IdxX * 132].X = Group.IdxX;
        Group.Barrier();
        result[Group.IdxX] = shared[(31 - Group.IdxX) * 132].X;
    }

    /// <summary>A training goes on where it was interrupted on another device, as far as that has the same arithmetic.</summary>
    [Fact(Explicit = true)]
    public void A_training_goes_on_from_the_other_s_checkpoint()
    {
        Assert.SkipUnless(HasFma, "This processor does not fuse products and sums.");
        var root = Directory.CreateTempSubdirectory("netgen-checkpoints-").FullName;
        var network = Compiled.Value["Exact"];
        var data = new Dataset(new DataColumn("x", (float[])network.Inputs("Loss", batch: 24, seed: 5)[0], 9));
        foreach (var fromDevice in new[] { false, true })
        {
            using var whole = network.Create(3, Device.Cpu(1));
            using var cpu = network.Create(3, Device.Cpu(1));
            using var gpu = network.Create(3, Emulator.Device());
            var options = new FitOptions { Epochs = 2, BatchSize = 4 };
            ((ITrainable)whole.Network).Fit(data, options, new Adam(0.01f));
            options = options with { Checkpoints = new(Path.Combine(root, $"{fromDevice}")) };
            var (first, second) = fromDevice ? (gpu, cpu) : (cpu, gpu);
            ((ITrainable)first.Network).Fit(data, options with { Callbacks = [new StopAt(8)] }, new Adam(0.01f));
            ((ITrainable)second.Network).Fit(data, options, new Adam(0.01f));
            SameWeights(whole, second, $"from {(fromDevice ? "GPU" : "CPU")}");
        }
        Directory.Delete(root, recursive: true);
    }

    private sealed class StopAt(int step) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == step)
                fit.Stop();
        }
    }

    private static void SameWeights(ICompiledNetwork expected, ICompiledNetwork actual, string where)
    {
        foreach (var parameter in expected.Network.Parameters)
        {
            Agreement.Same(parameter.Values.ToArray(), actual.Network.Parameters[parameter.Name].Values.ToArray(), $"{where}, {parameter.Name}");
        }
    }

    /// <summary>A network whose data come from the host batch by batch.</summary>
    private sealed class FromHost(ITrainable network) : ITrainable
    {
        public string Name => network.Name;

        public NetworkParameters Parameters => network.Parameters;

        public Device Device => network.Device;

        public ReadOnlySpan<ColumnSpec> Columns => network.Columns;

        public ReadOnlySpan<string> Accuracies => network.Accuracies;

        public int SmallestBatch => network.SmallestBatch;

        public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
            where TOptimizer : struct, IOptimizer<TOptimizer> => network.StepBatch(batch, in optimizer, correct);

        public BatchResult EvaluateBatch(Batch batch, Span<double> correct) => network.EvaluateBatch(batch, correct);

        public void Save(string path, bool allowNotFinite = false) => network.Save(path, allowNotFinite);

        public void ResetOptimizers() => network.ResetOptimizers();

        public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) => network.Load(path, order, allowNotFinite);

        public void Dispose() => network.Dispose();
    }
}
