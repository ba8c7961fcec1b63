using NetGen.Compiled.Tests.Harness;
using NetGen.Generator;
using NetGen.Generator.Planning;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>
/// A network with a weight that is copied into panels goes through its samples in blocks too, as many as make the copies worth it.
/// </summary>
public sealed class SampleBlockTests
{
    private const string Name = "LargeWeights";

    private static readonly Harness.CompiledNetwork Compiled = CompiledNetworks.Compile([new(Name, """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Dense(1040), Relu, Dense(16), Tanh, Dense(3));

            public Tensor Forward([Shape(260)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """)])[Name];

    [Fact]
    public void The_workspace_ends_with_the_blocks()
    {
        var programs = Compiler.Programs(Compiled.Model).Where(program => program.Kind != ProgramKind.Step).ToArray();
        Assert.Contains(programs, program => WeightPanels.Pack(program.Program));
        Assert.All(programs, program => Assert.InRange(Assert.IsType<DepthFirst>(program.Blocks).Capacity, 64, 512));
    }

    /// <summary>Batches below, at and above a block for each of the workers, which end within a tile.</summary>
    [Theory]
    [Trait("Category", "Kernels")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Samples_in_blocks_have_the_bits_of_samples_in_small_batches(int threads)
    {
        const int Most = 1603, Few = 7, Inputs = 260, Outputs = 3;
        using var network = Compiled.Create(seed: 2, threads);
        var samples = (float[])Compiled.Inputs("Forward", Most, seed: 1)[0];
        var expected = new float[Most * Outputs];
        var few = new float[Few * Outputs];
        for (var i = 0; i < Most; i += Few)
        {
            network.Predict("Forward", [samples.AsSpan(i * Inputs, Few * Inputs).ToArray()], few);
            few.CopyTo(expected, i * Outputs);
        }
        foreach (var batch in new[] { 511, 512, 1023, 1025, Most })
        {
            var outputs = new float[batch * Outputs];
            network.Predict("Forward", [samples.AsSpan(0, batch * Inputs).ToArray()], outputs);
            Agreement.Same(expected.AsSpan(0, outputs.Length).ToArray(), outputs, $"{batch} samples on {threads} threads");
        }
    }
}
