using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Host;

namespace NetGen.Cuda.Tests.Host;

/// <summary>A GPU that computes nothing, and whose driver tells what was asked of it: kernels are compiled to PTX and loaded, and launches are noted.</summary>
internal sealed class FakeGpu
{
    private static readonly PtxCache Compiled = new(Path.Combine(AppContext.BaseDirectory, "ptx"));

    public FakeGpu(PtxCache? cache = null) => Device = new CudaDevice(0, "cuda:0 (fake)", 1 << 30, () => new CudaSession(Driver, "cuda:0 (fake)", 100, cache ?? Compiled));

    public FakeDriver Driver { get; } = new();

    public CudaDevice Device { get; }

    /// <summary>A network with one prediction of two launches, and an objective with dropout.</summary>
    public static CompiledNetwork Network => Networks.Value;

    private static readonly Lazy<CompiledNetwork> Networks = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Hosted",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(12), Relu, Dropout(0.3f), Dense(3));

                public Tensor Forward([Shape(6)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """),
    ])["Hosted"]);
}
