using NetGen.Cuda.Compilation;
using NetGen.Cuda.Host;
using NetGen.Cuda.Tests.Networks;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>Which device a network gets, and what is said where there is none.</summary>
public sealed class DeviceTests
{
    private static readonly ParameterLayout Layout = new([new("weight", [2], 0, Initializer.Zeros, FileLayout.AsIs)], 16, "Samples.Net");

    private static CudaProgram Program(long perSample) => new(_ => { }, 0, perSample, 0, perSample);

    private static bool HasGpu => DeviceList.Installed.Find(0, out _) is not null;

    [Fact]
    public void Without_a_device_the_error_says_what_is_missing_and_what_to_do()
    {
        Assert.SkipWhen(HasGpu, "This machine has a GPU.");
        var error = Assert.Throws<InvalidOperationException>(() => Device.Cuda());
        Assert.Contains("driver", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Device.Cpu() computes on the processor.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_device_says_what_it_is()
    {
        var best = Device.Best();
        Assert.StartsWith(HasGpu ? "cuda:0 (" : "cpu (", best.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.Cuda(-1));
        Assert.Throws<InvalidOperationException>(() => Device.Cuda(99));
    }

    [Fact]
    public void A_network_that_was_compiled_without_the_package_refuses_the_device()
    {
        var error = Assert.Throws<NotSupportedException>(() => new NetworkState(Layout, 0, Emulator.Device()));
        Assert.Equal(
            "Samples.Net was compiled for the CPU only; it cannot run on cuda:0 (emulated). Add the device's package to the project that declares the network.", error.Message);
    }

    [Fact]
    public void A_network_over_sequences_of_any_length_refuses_the_device()
    {
        var error = Assert.Throws<NotSupportedException>(() => new NetworkState(Layout, 0, Emulator.Device(), hasSequences: true));
        Assert.Equal(
            "Samples.Net reads sequences of any length, which are computed on the processor only; it cannot run on cuda:0 (emulated). Sequences of one length, [Shape(64)] Indices tokens, run on both.", error.Message);
        var scans = Assert.Throws<NotSupportedException>(() => new NetworkState(Layout, 0, Emulator.Device(), hasScans: true));
        Assert.StartsWith("Samples.Net has a Scan, or a recurrent layer that is made of one, which is computed on the processor only; it cannot run on cuda:0", scans.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_no_kernel_can_count_is_refused_with_the_largest_that_can()
    {
        using var state = new NetworkState(Layout, 0, Emulator.Noting([]), hasDevicePrograms: true);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => CudaCall.Begin(state, 2_000_000, Program(perSample: 2000)));
        Assert.Contains("Samples.Net computes at most 1073741 samples at once on cuda:0 (noted)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaCall.Begin(state, 0, Program(perSample: 2)));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_network_usable()
    {
        using var state = new NetworkState(Layout, 0, Emulator.Noting([]), hasDevicePrograms: true);
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaCall.BeginStep(state, 0, Program(perSample: 2), Adam.Default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaCall.BeginStep(state, 1, Program(perSample: 2), new Adam(-1f), 0));
        CudaCall.BeginStep(state, 1, Program(perSample: 2), Adam.Default, 0).End();
        Assert.Equal(1, state.Steps);
    }

    [Fact]
    public void An_optimizer_that_cannot_be_passed_to_a_kernel_is_named()
    {
        ParameterTypes.Check(typeof(Adam));
        ParameterTypes.Check(typeof(Sgd));
        var hidden = Assert.Throws<NotSupportedException>(() => ParameterTypes.Check(typeof(Hidden)));
        Assert.Contains($"{nameof(DeviceTests)}+{nameof(Hidden)} cannot be used on a CUDA device because it is not public", hidden.Message, StringComparison.Ordinal);
        var flag = Assert.Throws<NotSupportedException>(() => ParameterTypes.Check(typeof(Flagged)));
        Assert.Contains("Flagged.Inner.Nesterov is a Boolean. Keep it as an int or a float.", flag.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_with_such_an_optimizer_changes_nothing()
    {
        using var state = new NetworkState(Layout, 0, Emulator.Noting([]), hasDevicePrograms: true);
        Assert.Throws<NotSupportedException>(() => CudaCall.BeginStep(state, 1, Program(perSample: 2), default(Decaying), 0));
        Assert.Equal(0, state.Steps);
        CudaCall.BeginStep(state, 1, Program(perSample: 2), Adam.Default, 0).End();
    }

    /// <summary>An optimizer with a field that kernels do not take.</summary>
    public readonly record struct Decaying(bool Decays) : IOptimizer<Decaying>
    {
        public static Decaying Default => default;

        public static int StateSlots => 0;

        public void Validate()
        {
        }

        public Decaying Prepare(long step) => this;

        public static V Update<V>(in Decaying prepared, V weight, V gradient, ref V state0, ref V state1)
            where V : struct, IVector<V> => prepared.Decays ? weight - gradient : weight;
    }

    /// <summary>What an optimizer may not be: not visible to the code that passes it on.</summary>
    private struct Hidden;

    /// <summary>What an optimizer may not be: with a field whose size differs between the machines.</summary>
    public struct Flagged
    {
        public Options Inner;
    }

    /// <summary>Part of it.</summary>
    public struct Options
    {
        public bool Nesterov;
    }
}
