using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

public sealed class AgreementTests
{
    [Fact(Explicit = true)]
    public void Mlp()
    {
        var network = CompiledNetwork("""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(32), Relu, Dense(5));

                public Tensor Forward([Shape(20)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Agreement.Check(network, [3], Emulator.Device());
        Console.WriteLine($"{clock.Elapsed}");
    }

    private static CompiledNetwork CompiledNetwork(string text) => CompiledNetworks.Compile(text);
}
