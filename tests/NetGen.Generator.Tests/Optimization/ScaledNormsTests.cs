using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Which norms are written with their weight and bias.</summary>
public sealed class ScaledNormsTests
{
    [Theory]
    [InlineData("LayerNorm()", "norm(x)", true)]
    [InlineData("LayerNorm(axes: 2)", "norm(x)", true)]
    [InlineData("RmsNorm()", "norm(x) + x", true)]
    [InlineData("LayerNorm(affine: false)", "norm(x)", false)]
    [InlineData("LayerNorm(affine: false)", "norm(x) * Mean(x) + x", false)] // not by a weight
    public void A_norm_is_written_with_its_weight(string layer, string result, bool expected)
    {
        var model = Compiled.Model($$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer first = Dense(8), norm = {{layer}};

                private Tensor Norm(Tensor x) => {{result}};

                public Tensor Forward([Shape(3, 8)] Tensor x) => Norm(first(x));

                [Objective]
                public Tensor Loss(Tensor x) => Mean(Square(Forward(x)));
            }
            """);
        var programs = Compiler.Programs(model);
        bool IsScaled(string name) => programs.Single(p => p.Name == name).Program.Graph.Nodes.Any(n => n.Operation is ScaledStandardize);
        Assert.Equal(expected, IsScaled("Forward"));
        // The weight's gradient reads the normalized numbers.
        Assert.False(IsScaled("Step"));
        Assert.DoesNotContain(Compiler.CudaPrograms(model).SelectMany(p => p.Program.Graph.Nodes), n => n.Operation is ScaledStandardize);
    }

    /// <summary>Rows with a weight for all of them or each, groups of channels, single channels; with and without the mean.</summary>
    [Theory]
    [InlineData(1, 3, 8, 8, true)]
    [InlineData(1, 1, 24, 24, true)]
    [InlineData(4, 3, 2, 6, true)]
    [InlineData(4, 6, 1, 6, true)]
    [InlineData(1, 3, 8, 8, false)]
    public void It_means_the_same(int positions, int groups, int width, int weights, bool isCentered)
    {
        var test = new TestGraph(batch: 2);
        var graph = test.Builder;
        var (x, weight, bias) = (test.X(positions * groups * width / weights, weights), test.W(weights), test.W(weights));
        var norm = graph.Apply(new Standardize(new NormGroups(positions, groups, width), 0.1f, isCentered), x);
        var scaled = graph.Apply(new Elementwise("Multiply"), norm, weight);
        var separate = test.Forward(isCentered ? graph.Apply(new Elementwise("Add"), scaled, bias) : scaled);
        var together = ScaledNorms.Run(separate);
        Assert.Contains(together.Nodes, n => n.Operation is ScaledStandardize);
        Assert.Equal(
            ReferenceInterpreter.Run(separate, test.Environment)[separate.Outputs[0].Value],
            ReferenceInterpreter.Run(together, test.Environment)[together.Outputs[0].Value]);
    }
}
