using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>What is left of a batch normalization outside of training, and of frozen layers in it.</summary>
public sealed class RunningStatisticsTests
{
    private static IReadOnlyList<CompiledProgram> Programs(string features, string head) => Compiler.Programs(Compiled.Model(
        $$"""
        [Network]
        public partial class Net
        {
            {{features}}
            {{head}}

            public Tensor Forward([Shape(12, 12, 3)] Tensor x) => head(features(x));

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """));

    /// <summary>The layer before applies it to what it has in registers: one kernel, and another that is run once a call for all normalizations' factors.</summary>
    [Theory]
    [InlineData("Conv2D(16, 3)")]
    [InlineData("Conv2D(16, 3, bias: false, stride: 2)")]
    public void At_inference_it_is_in_the_kernel_of_the_convolution_before(string convolution)
    {
        var forward = Programs(
            $"private readonly Layer features = Sequential({convolution}, BatchNorm(), Relu, Conv2D(8, 1), BatchNorm(), Relu);",
            "private readonly Layer head = Sequential(Flatten, Dense(10));").First();
        Assert.NotNull(forward.Blocks);
        Assert.All(forward.Once, group => Assert.False(group.Space.Batched));
        Assert.Equal(2, forward.Once.Count());
        Assert.Equal(3, forward.OfSamples.Count());
        Assert.All(forward.OfSamples, group => Assert.NotNull(group.Body));
    }

    [Fact]
    public void Of_frozen_layers_a_step_has_neither_gradients_nor_statistics_of_the_batch()
    {
        var frozen = Programs(
            "[Frozen] private readonly Layer features = Sequential(Conv2D(16, 3), BatchNorm(), Relu);",
            "private readonly Layer head = Sequential(GlobalAveragePool, Dense(10));").Single(p => p.Kind == ProgramKind.Step);
        Assert.DoesNotContain(frozen.Program.Graph.Nodes, n => n.Operation is BatchOperation);
        Assert.Equal(["head.1.bias", "head.1.weight"], Changed(frozen.Program.Graph));
        // Nothing is differentiated before what is trained.
        Assert.DoesNotContain(frozen.Program.Graph.Nodes, n => n.Origin.IsGradient && n.Type.Rank == 3);
    }

    /// <summary>What flows through frozen layers to those before them is computed as always.</summary>
    [Fact]
    public void Gradients_flow_through_frozen_layers()
    {
        var step = Programs(
            "private readonly Layer features = Sequential(Conv2D(4, 3), BatchNorm(), Relu);",
            "[Frozen] private readonly Layer head = Sequential(Conv2D(5, 3), BatchNorm(), GlobalAveragePool, Dense(10));").Single(p => p.Kind == ProgramKind.Step);
        Assert.Equal(
            [
                "features.0.bias", "features.0.weight", "features.1.bias", "features.1.num_batches_tracked", "features.1.running_mean", "features.1.running_var",
                "features.1.weight",
            ],
            Changed(step.Program.Graph));
    }

    /// <summary>Beside the convolution a step has few passes over its results: moments, what follows of them, sums of the gradient, the gradient.</summary>
    [Fact]
    public void In_a_step_four_kernels_read_the_batch()
    {
        var step = Programs(
            "private readonly Layer features = Sequential(Conv2D(16, 3, bias: false), BatchNorm(), Relu);",
            "private readonly Layer head = Sequential(Flatten, Dense(10));").Single(p => p.Kind == ProgramKind.Step);
        var (graph, groups) = (step.Program.Graph, step.Program.Groups);
        var convolution = groups.First(g => g.Name == "features_0").Stores.Single();
        Assert.Equal(4, groups.Count(g => g.Reads(graph).Contains(convolution)));
    }

    private static IEnumerable<string> Changed(TensorGraph graph) =>
        graph.Nodes.Select(n => n.Operation).OfType<Effect>().Select(e => e.Parameter).Order(StringComparer.Ordinal);
}
