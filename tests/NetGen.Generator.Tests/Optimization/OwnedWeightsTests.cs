using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Products cut into parts of their sum: which are, that they mean the same, and that one kernel makes all parts.</summary>
public sealed class OwnedWeightsTests
{
    [Theory]
    [InlineData(784, 128, 4)]
    [InlineData(384, 128, 3)]
    [InlineData(256, 128, 2)]
    [InlineData(256, 127, 1)]
    [InlineData(128, 1024, 1)]
    [InlineData(521, 128, 1)]
    [InlineData(1042, 64, 2)]
    public void Large_trained_weights_are_cut_into_equal_parts(int inputs, int units, int parts)
    {
        var (_, graph) = Step(inputs, units);
        var cut = OwnedWeights.Run(graph);
        Assert.Equal(parts == 1 ? 0 : parts, cut.Nodes.Count(n => n.Operation is MatMulPart));
        var forward = cut.Nodes.Count(n => n.Operation is MatMul && cut[n.Inputs[1]].Operation is Weight);
        Assert.Equal(parts == 1 ? 1 : 0, forward);
    }

    [Fact]
    public void The_parts_add_up_to_the_product()
    {
        var (test, graph) = Step(384, 100);
        var expected = ReferenceInterpreter.Run(graph, test.Environment);
        var cut = OwnedWeights.Run(graph);
        var actual = ReferenceInterpreter.Run(cut, test.Environment);
        Assert.Equal(expected[graph.Output("loss")].Length, actual[cut.Output("loss")].Length);
        foreach (var (whole, sum) in expected[graph.Output("loss")].Zip(actual[cut.Output("loss")]))
            Assert.Equal(whole, sum, 1e-9 * Math.Abs(whole));
    }

    [Fact]
    public void All_parts_are_one_kernel_whose_first_loop_walks_over_them()
    {
        var cut = OwnedWeights.Run(Step(384, 100).Graph);
        var kernel = Assert.Single(Fusion.Run(cut).Groups, g => g.Body is ContractionBody { HasResultPerPart: true });
        Assert.Equal([0, 1, 2], kernel.Results.Select(r => ((MatMulPart)cut[r].Operation).Part));
        var body = (ContractionBody)kernel.Body!;
        foreach (var (part, result) in kernel.Results.Select((r, i) => (i, cut[r])))
        {
            var alone = (ContractionBody)result.Operation.Lower(
                new LoweringContext(result.Inputs.Select(i => cut[i].Type).ToArray(), result.Type));
            Assert.Equal(alone.StartA, part * body.Outer[0].StrideA);
            Assert.Equal(alone.StartB, part * body.Outer[0].StrideB);
            Assert.Equal((alone.Rows, alone.Reduce, alone.Columns), (body.Rows, body.Reduce, body.Columns));
        }
    }

    [Fact]
    public void A_weight_that_does_not_change_stays_whole()
    {
        var (_, graph) = Step(784, 128);
        var frozen = graph with { Outputs = new(graph.Outputs.Where(o => graph[o.Value].Operation is not Update)) };
        Assert.DoesNotContain(OwnedWeights.Run(frozen.Rewrite((builder, node, inputs) => builder.Apply(node.Operation, inputs))).Nodes, n => n.Operation is MatMulPart);
    }

    private static (TestGraph Test, TensorGraph Graph) Step(int inputs, int units)
    {
        var test = new TestGraph(batch: 2);
        var graph = test.Forward(test.Layer("Dense", test.X(inputs), ("units", units)));
        return (test, TestGraph.Differentiate(graph));
    }
}
