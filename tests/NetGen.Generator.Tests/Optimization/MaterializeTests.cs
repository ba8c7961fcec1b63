using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Optimization;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Which values get memory of their own.</summary>
public sealed class MaterializeTests
{
    [Theory]
    [InlineData(10, true)]
    [InlineData(20, true)]
    [InlineData(16, false)]
    [InlineData(64, false)]
    public void A_callers_right_operand_is_copied_where_whole_vectors_read_beyond_its_columns(int columns, bool expected)
    {
        var builder = new GraphBuilder();
        var x = builder.Apply(new Input(0, "x", TensorType.PerSample(4)));
        var y = builder.Apply(new Input(1, "y", TensorType.Shared(4, columns)));
        builder.Output("result", builder.Apply(new MatMul(), x, y));

        var graph = Materialize.Run(builder.Build());

        var product = graph.Nodes.Single(n => n.Operation is MatMul);
        Assert.Equal(expected, graph[product.Inputs[1]].Operation is not Input);
        Assert.IsType<Input>(graph[product.Inputs[0]].Operation);
    }
}
