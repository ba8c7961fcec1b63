using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Driver;
using NetGen.Cuda.Host;
using NetGen.Cuda.Tests.Networks;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>What a network asks of the driver: launches, graphs, copies, memory, and what becomes of errors. The driver is <see cref="FakeDriver"/>, which checks the rest.</summary>
public sealed class DriverTests
{
    private readonly FakeGpu gpu = new();

    private FakeDriver Driver => gpu.Driver;

    [Fact]
    public void The_first_step_launches_the_second_captures_and_the_others_replay()
    {
        using var network = Create();
        Step(network);
        var launches = Driver.Calls(nameof(IDriver.LaunchKernel));
        Assert.InRange(launches, 5, 12);
        Assert.Equal((0, 0), (Driver.Calls(nameof(IDriver.StreamBeginCapture)), Driver.Calls(nameof(IDriver.GraphLaunch))));
        Step(network);
        Assert.Equal((2 * launches, 1, 1), (Driver.Calls(nameof(IDriver.LaunchKernel)), Driver.Calls(nameof(IDriver.GraphInstantiateWithFlags)), Driver.Calls(nameof(IDriver.GraphLaunch))));
        Assert.DoesNotContain("graph", Driver.Alive);
        Driver.ClearCalls();
        Step(network, new Adam(0.5f));
        Assert.Equal((0, 1), (Driver.Calls(nameof(IDriver.LaunchKernel)), Driver.Calls(nameof(IDriver.GraphLaunch))));
    }

    [Fact]
    public void A_call_is_one_copy_there_one_copy_back_and_one_wait()
    {
        using var network = Create();
        for (var round = 0; round < 3; round++)
        {
            Driver.ClearCalls();
            Step(network);
        }
        Assert.Equal((1, 1), (Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoHAsync))));
        Assert.Equal(0, Driver.Calls(nameof(IDriver.StreamSynchronize)));
        // One is for the half that the step before used: that copy is long over.
        Assert.InRange(Driver.Calls(nameof(IDriver.EventSynchronize)), 1, 2);
        network.Loss("Loss", FakeGpu.Network.Inputs("Loss", 4, 1));
        Driver.ClearCalls();
        network.Loss("Loss", FakeGpu.Network.Inputs("Loss", 4, 1));
        Assert.Equal((1, 1), (Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoHAsync))));
    }

    [Fact]
    public void A_last_batch_that_is_odd_keeps_the_graphs()
    {
        using var network = Create();
        for (var epoch = 0; epoch < 4; epoch++)
        {
            Step(network, batch: 4);
            Step(network, batch: 4);
            Step(network, batch: 3);
        }
        Assert.Equal(2, Driver.Calls(nameof(IDriver.GraphInstantiateWithFlags)));
        Assert.Equal(0, Driver.Calls(nameof(IDriver.GraphExecDestroy)));
    }

    [Fact]
    public void Batches_that_do_not_come_again_are_not_captured()
    {
        using var network = Create();
        for (var batch = 30; batch > 0; batch--)
        {
            Step(network, batch: batch);
        }
        Assert.Equal(0, Driver.Calls(nameof(IDriver.StreamBeginCapture)));
    }

    [Fact]
    public void Only_the_latest_graphs_are_kept()
    {
        using var network = Create();
        for (var batch = 20; batch > 0; batch--)
        {
            Step(network, batch: batch);
            Step(network, batch: batch);
        }
        Assert.Equal(20, Driver.Calls(nameof(IDriver.GraphInstantiateWithFlags)));
        Assert.Equal(8, Driver.Alive.Count(name => name == "executable graph"));
    }

    [Fact]
    public void New_memory_drops_the_graphs()
    {
        using var network = Create();
        Step(network);
        Step(network);
        // A larger batch, and then an optimizer that begins to keep a state.
        Step(network, batch: 100);
        Assert.DoesNotContain("executable graph", Driver.Alive);
        Step(network, new Sgd(0.1f));
        Step(network, new Sgd(0.1f));
        Assert.Contains("executable graph", Driver.Alive);
        Step(network, new Sgd(0.1f, momentum: 0.9f));
        Assert.DoesNotContain("executable graph", Driver.Alive);
    }

    [Theory]
    [InlineData(nameof(IDriver.StreamBeginCapture), 900)]
    [InlineData(nameof(IDriver.StreamEndCapture), 901)]
    [InlineData(nameof(IDriver.GraphInstantiateWithFlags), 801)]
    public void Where_capture_fails_launches_go_one_by_one(string call, int result)
    {
        using var network = Create();
        Step(network);
        var launches = Driver.Calls(nameof(IDriver.LaunchKernel));
        Driver.Failures[call] = new([(DriverResult)result]);
        Step(network);
        Driver.ClearCalls();
        Step(network);
        Assert.Equal((launches, 0, 0), (Driver.Calls(nameof(IDriver.LaunchKernel)), Driver.Calls(nameof(IDriver.StreamBeginCapture)), Driver.Calls(nameof(IDriver.GraphLaunch))));
        Assert.DoesNotContain(Driver.Alive, name => name.Contains("graph", StringComparison.Ordinal));
    }

    [Fact]
    public void A_launch_that_is_refused_in_a_capture_is_tried_without()
    {
        using var network = Create();
        Step(network);
        Driver.Failures[nameof(IDriver.LaunchKernel)] = new([DriverResult.NotPermitted]);
        Step(network);
        Assert.Equal(0, Driver.Calls(nameof(IDriver.GraphLaunch)));
        Step(network);
    }

    [Fact]
    public void A_launch_that_is_refused_says_so_and_the_network_goes_on()
    {
        using var network = Create();
        Driver.Failures[nameof(IDriver.LaunchKernel)] = new([DriverResult.LaunchOutOfResources]);
        var error = Assert.Throws<DriverException>(() => Step(network));
        Assert.Equal("A launch failed on cuda:0 (fake): FAKE_ERROR_LaunchOutOfResources.", error.Message);
        Step(network);
    }

    [Fact]
    public void A_kernel_that_fails_is_reported_by_the_call_that_ran_it()
    {
        using var network = Create();
        Driver.Failures[nameof(IDriver.EventSynchronize)] = new([DriverResult.Success, DriverResult.IllegalAddress, DriverResult.IllegalAddress]);
        var error = Assert.ThrowsAny<InvalidOperationException>(() =>
        {
            Step(network);
            Step(network);
        });
        Assert.StartsWith("Computing failed on cuda:0 (fake): FAKE_ERROR_IllegalAddress. A kernel has failed, and no network can use the device any more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_kernel_has_failed_everything_can_still_be_given_back()
    {
        var network = Create();
        var buffer = gpu.Device.Allocate<float>(4);
        Step(network);
        Driver.IsBroken = true;
        Assert.ThrowsAny<InvalidOperationException>(() => Step(network));
        network.Dispose();
        buffer.Dispose();
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void PTX_that_the_driver_refuses_is_named_with_what_it_says_and_the_step_has_not_begun()
    {
        using var network = Create();
        Driver.Failures[nameof(IDriver.ModuleLoadDataEx)] = new([DriverResult.Success, DriverResult.InvalidPtx]);
        var error = Assert.Throws<DriverException>(() => Step(network));
        Assert.Matches(@"^Loading \w+ \(ptxas: as the test wants\) failed on cuda:0 \(fake\): FAKE_ERROR_InvalidPtx\.$", error.Message);
        Assert.Equal(0, Driver.Calls(nameof(IDriver.LaunchKernel)));
        Step(network);
    }

    [Fact]
    public void Too_large_a_batch_says_the_numbers_and_a_smaller_one_works()
    {
        Driver.Gpus[0] = Driver.Gpus[0] with { Memory = 1 << 20 };
        using var network = Create();
        var error = Assert.Throws<OutOfMemoryException>(() => Step(network, batch: 10_000));
        Assert.Matches(@"^The workspace of Hosted\.Net needs 0\.00\d GiB on cuda:0 \(fake\); of its 0\.001 GiB only 0\.001 GiB are free\. Take a smaller batch, or close what else uses the device\.$", error.Message);
        Step(network);
        Assert.Throws<OutOfMemoryException>(() => Step(network, batch: 10_000));
        Step(network);
        Step(network);
    }

    [Theory]
    [InlineData(1, "The workspace of Hosted.Net")]
    [InlineData(2, "The state of Adam for Hosted.Net")]
    [InlineData(3, "The state of Adam for Hosted.Net")]
    [InlineData(0, "The weights of Hosted.Net")]
    public void Whatever_does_not_fit_is_named_and_nothing_is_left_half_done(int before, string what)
    {
        using (var network = Create())
        {
            Driver.Failures[nameof(IDriver.MemAlloc)] = new([.. Enumerable.Repeat(DriverResult.Success, before), DriverResult.OutOfMemory]);
            Assert.StartsWith(what, Assert.Throws<OutOfMemoryException>(() => Step(network)).Message, StringComparison.Ordinal);
            Assert.Equal(0, Driver.Calls(nameof(IDriver.LaunchKernel)));
            Step(network);
        }
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void Networks_that_are_gone_leave_nothing()
    {
        for (var round = 0; round < 3; round++)
        {
            using var first = Create();
            using var second = Create();
            foreach (var network in new[] { first, second })
            {
                Step(network);
                Step(network);
                Step(network, new Sgd(0.1f, momentum: 0.9f));
                network.Predict("Forward", FakeGpu.Network.Inputs("Forward", 4, 1), new float[12]);
                _ = network.Network.Parameters["layers.0.weight"].Values[0];
            }
            second.Dispose();
            Assert.NotEmpty(Driver.Alive);
            Step(first);
            first.Dispose();
            first.Dispose();
            Assert.Empty(Driver.Alive);
            Assert.Throws<ObjectDisposedException>(() => Step(first));
        }
    }

    [Fact]
    public void Networks_on_one_device_have_queues_of_their_own_and_share_its_kernels()
    {
        using var first = Create();
        using var second = Create();
        Step(first);
        var modules = Driver.Calls(nameof(IDriver.ModuleLoadDataEx));
        Parallel.ForEach([first, second], network =>
        {
            for (var step = 0; step < 20; step++)
            {
                Step(network, batch: 1 + (step / 3 % 3));
                _ = network.Network.Parameters["layers.0.weight"].Values[0];
            }
        });
        // Each has one, and two more for the branches of a captured step.
        Assert.Equal((6, modules), (Driver.Calls(nameof(IDriver.StreamCreate)), Driver.Calls(nameof(IDriver.ModuleLoadDataEx))));
        Assert.Equal(1, Driver.Calls(nameof(IDriver.DevicePrimaryCtxRetain)));
    }

    [Fact]
    public void The_second_start_compiles_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("netgen-cache-");
        try
        {
            foreach (var isFirst in new[] { true, false })
            {
                var cache = new PtxCache(folder.FullName);
                var start = new FakeGpu(cache);
                using var network = FakeGpu.Network.Create(1, start.Device);
                Step(network);
                Assert.Equal(isFirst ? start.Driver.Calls(nameof(IDriver.ModuleLoadDataEx)) : 0, cache.Compilations);
                Assert.NotEqual(0, start.Driver.Calls(nameof(IDriver.ModuleLoadDataEx)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Weights_go_in_chunks()
    {
        var network = CompiledNetworks.Compile(
            "[Network] public sealed partial class Net { private readonly Layer a = Dense(1500, bias: false); public Tensor Forward([Shape(1500)] Tensor x) => a(x); [Objective] public Tensor Loss(Tensor x) => Sum(Square(Forward(x))); }");
        using var compiled = network.Create(1, gpu.Device);
        var inputs = network.Inputs("Loss", 1, 1);
        compiled.Step("Loss", inputs, Adam.Default);
        // Nothing was computed: what comes back is what went there, in three pieces.
        var before = Emulator.CpuWeights(network, "a.weight");
        Driver.ClearCalls();
        Assert.Equal(before, compiled.Network.Parameters["a.weight"].Values.ToArray());
        Assert.Equal(3, Driver.Calls(nameof(IDriver.MemcpyDtoHAsync)));
        Driver.ClearCalls();
        compiled.Network.Parameters["a.weight"].Values[1499 * 1500] = 7;
        compiled.Step("Loss", inputs, Adam.Default);
        Assert.Equal(4, Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)));
        Assert.Equal(7, compiled.Network.Parameters["a.weight"].Values[1499 * 1500]);
    }

    [Fact]
    public void Graphs_that_are_there_are_replayed_when_another_cannot_be_captured()
    {
        using var network = Create();
        Step(network);
        Step(network);
        Driver.Failures[nameof(IDriver.StreamBeginCapture)] = new([DriverResult.NotSupported]);
        Step(network, batch: 3);
        Step(network, batch: 3);
        Driver.ClearCalls();
        Step(network);
        Assert.Equal((0, 1), (Driver.Calls(nameof(IDriver.LaunchKernel)), Driver.Calls(nameof(IDriver.GraphLaunch))));
    }

    [Fact]
    public void A_size_that_asks_for_shared_memory_gets_it()
    {
        var kernel = ((Action<ILGPU.ArrayView<float>, ILGPU.ArrayView<float>>)Functions.Exp).Method;
        var session = gpu.Device.BeginUse();
        var size = CudaSize.Tiles(3, rows: 1, across: 1, threads: 32, resident: 1, sharedBytes: 100_000);
        using (session.Enter())
        {
            session.Find(kernel, size);
            Assert.Equal((FunctionAttribute.MaxDynamicSharedSizeBytes, 100_000), Driver.Attribute);
            Driver.Failures[nameof(IDriver.FuncSetAttribute)] = new([DriverResult.InvalidValue]);
            var other = ((Action<ILGPU.ArrayView<float>, ILGPU.ArrayView<float>>)Functions.Tanh).Method;
            Assert.Equal(
                "Giving Tanh 100000 bytes of shared memory failed on cuda:0 (fake): FAKE_ERROR_InvalidValue.",
                Assert.Throws<DriverException>(() => session.Find(other, size)).Message);
            Assert.Single(Driver.Alive, name => name == "module");
        }
        gpu.Device.EndUse();
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void Arguments_that_are_not_the_kernels_are_refused()
    {
        var session = gpu.Device.BeginUse();
        using (session.Enter())
        {
            var kernel = session.Find(((Action<ILGPU.ArrayView<float>, ILGPU.ArrayView<float>>)Functions.Exp).Method, CudaSize.Elements(3));
            var error = Assert.Throws<NotSupportedException>(() => session.Launch(kernel, CudaSize.Elements(3), [3], 0));
            Assert.StartsWith("Functions.Exp takes (ArrayView`1, ArrayView`1), and the program launches it with (Int32).", error.Message, StringComparison.Ordinal);
        }
        gpu.Device.EndUse();
    }

    [Theory]
    [InlineData(0, "There is no CUDA device: the NVIDIA driver is installed but sees no GPU (CUDA_VISIBLE_DEVICES may hide it).")]
    [InlineData(1, "There is no CUDA device: the NVIDIA driver answers FAKE_ERROR_NotInitialized.")]
    [InlineData(2, "The NVIDIA driver is too old: it is for CUDA 11.7, and NetGen needs 11.8 or later. Install a newer driver.")]
    [InlineData(3, "cuda:0 (Fake 900) is too old: its compute capability is 7.5, and NetGen needs 8.0 (Ampere, 2020) or later.")]
    [InlineData(4, "There is no CUDA device: the NVIDIA driver is installed but sees no GPU (CUDA_VISIBLE_DEVICES may hide it).")]
    [InlineData(5, "The NVIDIA driver cannot be used: it answers FAKE_ERROR_InvalidDevice.")]
    public void What_is_in_the_way_is_said(int state, string message)
    {
        switch (state)
        {
            case 0:
                Driver.Failures[nameof(IDriver.Init)] = new([DriverResult.NoDevice]);
                break;
            case 1:
                Driver.Failures[nameof(IDriver.Init)] = new([DriverResult.NotInitialized]);
                break;
            case 2:
                Driver.Version = 11070;
                break;
            case 3:
                Driver.Gpus[0] = new FakeDriver.Gpu("Fake 900", 7, 5, 1 << 30);
                break;
            case 4:
                Driver.Gpus.Clear();
                break;
            default:
                Driver.Failures[nameof(IDriver.DeviceTotalMem)] = new([DriverResult.InvalidDevice]);
                break;
        }
        var devices = new DeviceList(() => Driver);
        Assert.Null(devices.First);
        Assert.Equal(message + " Device.Cpu() computes on the processor.", Assert.Throws<InvalidOperationException>(() => devices.Device(0)).Message);
    }

    [Fact]
    public void Devices_are_counted_as_the_driver_counts()
    {
        Driver.Gpus.Insert(0, new FakeDriver.Gpu("Fake 900", 7, 5, 1 << 20));
        var devices = new DeviceList(() => Driver);
        Assert.Equal(("cuda:1 (Fake 9000)", 1, 1L << 30), (devices.First!.Name, devices.First.Index, devices.First.Memory));
        Assert.Same(devices.First, devices.Device(1));
        Assert.Equal("There is no CUDA device 2; this machine has 2, counted from 0.", Assert.Throws<InvalidOperationException>(() => devices.Device(2)).Message);
        Assert.StartsWith("There is no CUDA device: the NVIDIA driver (", Assert.Throws<InvalidOperationException>(() => new DeviceList(() => null).Device(0)).Message, StringComparison.Ordinal);
    }

    private static void Step(ICompiledNetwork network, int batch = 4) => Step(network, Adam.Default, batch);

    private static void Step<TOptimizer>(ICompiledNetwork network, TOptimizer optimizer, int batch = 4)
        where TOptimizer : struct, IOptimizer<TOptimizer> => network.Step("Loss", FakeGpu.Network.Inputs("Loss", batch, seed: 1), optimizer);

    private ICompiledNetwork Create() => FakeGpu.Network.Create(1, gpu.Device);
}
