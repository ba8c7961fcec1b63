using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Products with transposed weights that read the weight itself: which do, and that they mean the same.</summary>
public sealed class TransposedProductsTests
{
    [Theory]
    [InlineData(32, 48, true)]
    [InlineData(16, 16, true)]
    [InlineData(32, 10, false)] // no whole squares
    [InlineData(20, 32, false)]
    public void Whole_squares_are_read_where_they_are(int inputs, int units, bool expected)
    {
        var (test, graph) = Step(inputs, units);
        var read = TransposedProducts.InSquares(graph);
        Assert.Equal(expected, read.Nodes.Any(n => n.Operation is MatMulTransposed));
        Assert.Equal(!expected, read.Nodes.Any(n => n.Operation is Transpose));
        var (before, after) = (ReferenceInterpreter.Run(graph, test.Environment), ReferenceInterpreter.Run(read, test.Environment));
        foreach (var (left, right) in graph.Outputs.Zip(read.Outputs))
            Assert.Equal(before[left.Value], after[right.Value]);
    }

    [Theory]
    [InlineData(32, 10)]
    [InlineData(20, 33)]
    public void A_GPU_reads_all_of_them_where_they_are(int inputs, int units)
    {
        var (test, graph) = Step(inputs, units);
        var read = TransposedProducts.All(graph);
        Assert.DoesNotContain(read.Nodes, n => n.Operation is Transpose);
        var (before, after) = (ReferenceInterpreter.Run(graph, test.Environment), ReferenceInterpreter.Run(read, test.Environment));
        foreach (var (left, right) in graph.Outputs.Zip(read.Outputs))
            Assert.Equal(before[left.Value], after[right.Value]);
    }

    [Fact]
    public void A_worker_transposes_the_columns_of_a_tile()
    {
        var kernel = Assert.Single(Fusion.Run(TransposedProducts.InSquares(Step(32, 48).Graph)).Groups, g => WeightPanels.Transposes(g.Body));
        var body = (ContractionBody)kernel.Body!;
        Assert.Equal((32, 48), (body.Columns, body.ColumnStride));
        Assert.Equal((48, 1), (body.Reduce[0].Extent, body.Reduce[0].StrideB));
        Assert.True(WeightPanels.Pack(body));
    }

    private static (TestGraph Test, TensorGraph Graph) Step(int inputs, int units)
    {
        var test = new TestGraph(batch: 3);
        return (test, TestGraph.Differentiate(test.Forward(test.Layer("Dense", test.X(inputs), ("units", units)))));
    }
}
