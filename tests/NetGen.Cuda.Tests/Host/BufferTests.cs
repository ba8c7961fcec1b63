using System.Runtime.CompilerServices;
using NetGen.Cuda.Driver;
using NetGen.Cuda.Host;
using NetGen.Cuda.Tests.Networks;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>Memory that users own, on the device and page-locked: what is copied how, what is refused, what is given back.</summary>
public sealed class BufferTests
{
    private readonly FakeGpu gpu = new();

    private FakeDriver Driver => gpu.Driver;

    [Fact]
    public void What_goes_there_comes_back()
    {
        using (var buffer = gpu.Device.Allocate<int>(3_000_000))
        {
            var source = Enumerable.Range(0, 3_000_000).ToArray();
            buffer.Upload(source);
            var target = new int[3_000_000];
            buffer.Download(target);
            Assert.Equal(source, target);
            buffer.Upload([7, 8], offset: 10);
            buffer.Download(target.AsSpan(0, 4), offset: 9);
            Assert.Equal([9, 7, 8, 12], target[..4]);
            buffer.Upload([], offset: 3_000_000);
            Assert.Equal((3_000_000, gpu.Device), (buffer.Length, buffer.Device));
        }
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void Copies_that_reach_over_the_end_copy_nothing()
    {
        using var buffer = gpu.Device.Allocate<float>(4);
        Assert.Equal(
            "source has 2 elements; from element 3 on the buffer has 1. (Parameter 'source')", Assert.Throws<ArgumentException>(() => buffer.Upload(new float[2], 3)).Message);
        Assert.Throws<ArgumentException>(() => buffer.Download(new float[5]));
        Assert.Throws<ArgumentException>(() => buffer.Download(new float[1], -1));
        Assert.Throws<ArgumentException>(() => buffer.Download(new float[1], long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => gpu.Device.Allocate<float>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => gpu.Device.AllocatePinned<float>(0));
        Assert.Equal(0, Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)));
    }

    [Fact]
    public void Memory_that_is_gone_is_refused_and_was_given_back_once()
    {
        var (buffer, pinned) = (gpu.Device.Allocate<float>(4), gpu.Device.AllocatePinned<float>(4));
        Assert.Equal([0, 0, 0, 0], pinned.Span.ToArray());
        for (var i = 0; i < 2; i++)
        {
            buffer.Dispose();
            pinned.Dispose();
        }
        Assert.Throws<ObjectDisposedException>(() => buffer.Upload(new float[4]));
        Assert.Throws<ObjectDisposedException>(() => buffer.Download(new float[4]));
        Assert.Throws<ObjectDisposedException>(() => pinned.Span.Length);
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void Memory_that_nobody_has_disposed_goes_with_the_collector()
    {
        Forget();
        for (var i = 0; i < 10 && Driver.Alive.Count > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Empty(Driver.Alive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Forget()
        {
            gpu.Device.Allocate<float>(4).Upload([1, 2, 3, 4]);
            gpu.Device.AllocatePinned<float>(4).Span[0] = 1;
        }
    }

    [Fact]
    public void What_does_not_fit_leaves_nothing()
    {
        Driver.Gpus[0] = Driver.Gpus[0] with { Memory = 1 << 20 };
        var error = Assert.Throws<OutOfMemoryException>(() => gpu.Device.Allocate<float>(1 << 20));
        Assert.StartsWith("A buffer of Single needs 0.004 GiB on cuda:0 (fake); of its 0.001 GiB only 0.001 GiB are free.", error.Message, StringComparison.Ordinal);
        Driver.Failures[nameof(IDriver.MemHostAlloc)] = new([DriverResult.OutOfMemory]);
        Assert.Throws<OutOfMemoryException>(() => gpu.Device.AllocatePinned<float>(4));
        Driver.Failures[nameof(IDriver.StreamCreate)] = new([DriverResult.InvalidValue]);
        Assert.ThrowsAny<InvalidOperationException>(() => gpu.Device.Allocate<float>(4));
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void A_network_refuses_what_does_not_fit_before_anything_runs()
    {
        var other = new FakeGpu();
        using var network = Consumer.Create(gpu.Device);
        using var onCpu = Consumer.Create(Device.Cpu(1));
        using var x = gpu.Device.Allocate<float>(12);
        using var label = gpu.Device.Allocate<int>(2);
        using var result = gpu.Device.Allocate<float>(6);
        using var elsewhere = other.Device.Allocate<float>(12);
        var gone = gpu.Device.Allocate<float>(12);
        gone.Dispose();

        Refused<ArgumentException>("x is memory of cuda:0 (fake), and the network computes on cuda:0 (fake). Allocate it from the network's device. (Parameter 'x')", () => Consumer.Wrong(network, elsewhere, label, null));
        Refused<ArgumentException>("x is memory of cuda:0 (fake), and the network computes on cpu (1 thread). Make the network with that device. (Parameter 'x')", () => Consumer.Wrong(onCpu, x, label, null));
        Refused<ObjectDisposedException>("Cannot access a disposed object.\nObject name: 'NetGen.Cuda.CudaBuffer`1[[System.Single", () => Consumer.Wrong(network, gone, label, null));
        Refused<ArgumentNullException>("Value cannot be null. (Parameter 'x')", () => Consumer.Wrong(network, null, label, null));
        using var five = gpu.Device.Allocate<float>(5);
        Refused<ArgumentException>("x has 5 values; expected a multiple of 6 ([6] per sample). (Parameter 'x')", () => Consumer.Wrong(network, five, label, null));
        using var one = gpu.Device.Allocate<int>(1);
        Refused<ArgumentException>("label has 1 samples; x has 2. (Parameter 'label')", () => Consumer.Wrong(network, x, one, null));
        Refused<ArgumentException>("result has 5 values; expected 6 (2 samples, [3] per sample). (Parameter 'result')", () => Consumer.Wrong(network, x, null, five));
        Assert.Equal(0, Driver.Calls(nameof(IDriver.LaunchKernel)));
        Consumer.Wrong(network, x, label, null);
        Consumer.Wrong(network, x, null, result);

        static void Refused<T>(string message, Action call)
            where T : Exception => Assert.StartsWith(message, Assert.Throws<T>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_on_the_device_does_not_go_through_the_host()
    {
        using var network = Consumer.Create(gpu.Device);
        using var x = gpu.Device.Allocate<float>(12);
        using var label = gpu.Device.Allocate<int>(2);
        using var result = gpu.Device.Allocate<float>(6);
        Consumer.Wrong(network, x, label, null);
        Driver.ClearCalls();
        Consumer.Wrong(network, x, label, null);
        // The step's own state goes there, and the loss comes back.
        Assert.Equal(
            (1, 2, 1), (Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoHAsync))));
        Consumer.Wrong(network, x, null, result);
        Driver.ClearCalls();
        Consumer.Wrong(network, x, null, result);
        Assert.Equal(
            (0, 2, 0), (Driver.Calls(nameof(IDriver.MemcpyHtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoDAsync)), Driver.Calls(nameof(IDriver.MemcpyDtoHAsync))));
    }

    /// <summary>Batches of sources: made where the device copies from, given back with the epoch.</summary>
    [Fact]
    public void Batches_of_a_source_lie_in_page_locked_memory()
    {
        var inputs = Consumer.Network.Inputs("Loss", 300, 1);
        Dataset data = new(new DataColumn("x", (float[])inputs[0], 6), new DataColumn("label", (int[])inputs[1]));
        var batches = 0;
        Noting source = new(data.AsSource(), batch =>
        {
            Assert.Equal(((float[])inputs[0]).AsSpan(600 * (batches % 3), 600), batch["x"].Floats.Span);
            Assert.Equal(((int[])inputs[1]).AsSpan(100 * (batches % 3), 100), batch["label"].Labels.Span);
            Assert.True(IsPageLocked(batch["x"].Floats) && IsPageLocked(batch["label"].Labels));
            batches++;
        });
        using (var network = (IDisposable)Consumer.Create(gpu.Device))
        {
            Assert.Equal(StopReason.Completed, ((ITrainable)network).Fit(
                source, new FitOptions { Epochs = 2, BatchSize = 100, Shuffle = false, ValidationSource = source }, new Adam(0.1f)).Stopped);
        }
        Assert.Equal(2 * (3 + 3), batches);
        Assert.Empty(Driver.Alive);
    }

    [Fact]
    public void Those_for_a_processor_lie_anywhere()
    {
        Dataset data = new(new DataColumn("x", new float[60], 6), new DataColumn("label", new int[10]));
        using var network = (IDisposable)Consumer.Create(Device.Cpu(1));
        ((ITrainable)network).Fit(new Noting(data.AsSource(), batch => Assert.False(IsPageLocked(batch["x"].Floats))), null, new Adam(0.1f));
    }

    private static unsafe bool IsPageLocked<T>(ReadOnlyMemory<T> memory)
        where T : unmanaged
    {
        using var pin = memory.Pin();
        return PinnedRanges.Contain((nint)pin.Pointer, memory.Length * sizeof(T));
    }

    /// <summary>A source whose batches are looked at.</summary>
    private sealed class Noting(SampleSource source, Action<Dataset> see) : SampleSource
    {
        public override int Count => source.Count;

        public override Dataset Columns => source.Columns;

        public override SampleReader Read(EpochOrder order) => new Reader(source.Read(order), see);

        private sealed class Reader(SampleReader reader, Action<Dataset> see) : SampleReader
        {
            public override Dataset Next()
            {
                var batch = reader.Next();
                see(batch);
                return batch;
            }

            public override string Place(int index) => reader.Place(index);

            protected override void Dispose(bool disposing) => reader.Dispose();
        }
    }

    [Fact]
    public void Page_locked_memory_is_copied_without_staging()
    {
        var inputs = Consumer.Network.Inputs("Loss", 300, 1);
        Consumer.Run("RunPinned", gpu.Device, (float[])inputs[0], (int[])inputs[1]);
        // For the weights, the step's state and the loss: halves of the least size.
        Assert.InRange(Driver.Calls(nameof(IDriver.MemHostAlloc)), 3 + 3, 3 + 4);
        Assert.Empty(Driver.Alive);
    }
}
