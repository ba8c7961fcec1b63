using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Optimization;

/// <summary>
/// A table's gradient that nothing but its update reads is never written: its rows are added up where the optimizer needs them, and where
/// the optimizer leaves weights without a gradient as they are, a step costs what the batch names and not what the table has.
/// </summary>
internal static class RowUpdates
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation)
    {
        var users = graph.Users();
        return graph.Rewrite(
            (builder, node, inputs) => node.Operation is Update update && graph[node.Inputs[0]] is { Operation: RowSums sums } gradient && users[gradient.Id].Count == 1
                ? builder.Apply(new RowUpdate(update.Parameter, sums.Dims), [.. builder.Nodes[inputs[0].Id].Inputs.Select(i => builder[i])])
                : builder.Apply(node.Operation, inputs),
            cancellation);
    }
}
