using System.Runtime.CompilerServices;
using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Tests.Host;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>Devices that need no GPU.</summary>
internal static class Emulator
{
    /// <summary>The environment variable that makes <see cref="Device()"/> the machine's GPU: what is tested without one is then tested on it.</summary>
    public const string Variable = "NETGEN_CUDA_GPU";

    /// <summary>Whether it is that.</summary>
    public static bool IsGpu => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Runs kernels on ILGPU's CPU accelerator.</summary>
    public static CudaDevice Device() => Device(new FakeDriver());

    /// <summary>The same with a driver that the test looks at, where it is not a GPU.</summary>
    public static CudaDevice Device(FakeDriver driver) => IsGpu ? NetGen.Device.Cuda() : new(0, "cuda:0 (emulated)", 0, () => new EmulatedSession(driver));

    /// <summary>Runs nothing, and notes which kernels a program would have launched.</summary>
    public static CudaDevice Noting(List<(System.Reflection.MethodInfo Kernel, CudaWork Work)> notes) =>
        new(0, "cuda:0 (noted)", 0, () => new NotingSession(new FakeDriver(), notes));

    /// <summary>A parameter of a network with seed 1, as it is at first.</summary>
    public static float[] CpuWeights(CompiledNetwork network, string parameter)
    {
        using var compiled = network.Create();
        return compiled.Network.Parameters[parameter].Values.ToArray();
    }

    [ModuleInitializer]
    internal static void AddPackage()
    {
        CompiledNetworks.Packages.Add(typeof(CudaDevice).Assembly);
        CompiledNetworks.Packages.Add(typeof(ILGPU.Context).Assembly);
    }
}
