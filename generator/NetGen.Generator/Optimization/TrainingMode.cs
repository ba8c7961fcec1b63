using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Optimization;

/// <summary>The graph as a training step computes it, by the rules of its operations, with what the step makes of the network's state.</summary>
internal static class TrainingMode
{
    /// <param name="graph">What an objective means.</param>
    /// <param name="changes">Whether the step may change a leaf, by its name.</param>
    /// <param name="isFrozen">Whether no step may change a leaf, by its name.</param>
    /// <param name="cancellation">Of the compiler.</param>
    public static TensorGraph Apply(
        TensorGraph graph, Func<string, bool> changes, Func<string, bool> isFrozen, CancellationToken cancellation = default)
    {
        var builder = new GraphBuilder();
        var context = new TrainingContext(builder, changes, isFrozen);
        var values = new Value[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Until(cancellation))
        {
            builder.Scope = node.Origin;
            values[node.Id] = node.Operation.AtTraining(context, node.Inputs.Select(i => values[i]).ToArray());
        }
        foreach (var output in graph.Outputs)
            builder.Output(output, values[output.Value]);
        foreach (var state in context.Assigned)
        {
            builder.Scope = "next_" + Names.Identifier(state.Key);
            builder.Output("update", builder.Apply(new Assign(state.Key), state.Value));
        }
        return builder.Build();
    }
}
