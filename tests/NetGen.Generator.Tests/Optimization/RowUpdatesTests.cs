using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>The gradient of a table is added up where it is used, if nothing else needs it.</summary>
public sealed class RowUpdatesTests
{
    private readonly TestGraph test = new(batch: 4);

    [Fact]
    public void A_table_that_is_read_once_has_no_gradient_in_memory()
    {
        var before = TestGraph.Differentiate(test.Forward(Embedding(test.Labels(5, 3))));
        var after = RowUpdates.Run(before, default);

        Assert.DoesNotContain(after.Nodes, n => n.Operation is RowSums);
        Assert.Equal(Update(before), Update(after));
    }

    [Fact]
    public void One_that_is_read_twice_has()
    {
        var table = test.W(5, 3);
        Value Rows() => test.Call("Gather", ("x", table), ("indices", test.Labels(5)), ("axis", 0));
        var graph = RowUpdates.Run(TestGraph.Differentiate(test.Forward(test.Builder.Multiply(Rows(), Rows()))), default);

        Assert.DoesNotContain(graph.Nodes, n => n.Operation is RowUpdate);
        Assert.Equal(2, graph.Nodes.Count(n => n.Operation is RowSums));
    }

    [Fact]
    public void Indices_of_two_tables_are_put_in_order_once()
    {
        var indices = test.Labels(5);
        var graph = TestGraph.Differentiate(test.Forward(test.Builder.Multiply(Embedding(indices), Embedding(indices))));

        Assert.Single(graph.Nodes, n => n.Operation is IndexOrder);
    }

    private Value Embedding(Value indices) => test.Layer("Embedding", indices, ("count", 5), ("width", 3));

    private double[] Update(TensorGraph graph)
    {
        var table = graph.Nodes.First(n => n.Operation is Gather).Inputs[0];
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        return values[graph.Nodes.Single(n => n.Operation is OptimizerStep step && step.Parameter == ((Weight)graph[table].Operation).Parameter).Id];
    }
}
