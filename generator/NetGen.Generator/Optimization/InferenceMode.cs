using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Optimization;

/// <summary>
/// The graph as it is computed outside of training, by the rules of its operations. What depends on weights alone (the factors of a normalization
/// with running statistics) comes first, so that it is at hand in the kernels that multiply with it.
/// </summary>
internal static class InferenceMode
{
    public static TensorGraph Apply(TensorGraph graph, CancellationToken cancellation = default)
    {
        var changed = false;
        var result = graph.Rewrite((builder, node, inputs) =>
        {
            var value = node.Operation.AtInference(builder, inputs);
            changed |= builder.Nodes[value.Id].Operation != node.Operation;
            return value;
        }, cancellation);
        return changed ? WeightsFirst(result, cancellation) : graph;
    }

    private static TensorGraph WeightsFirst(TensorGraph graph, CancellationToken cancellation)
    {
        var ofWeights = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
            ofWeights[node.Id] = !node.Type.Batched && node.Operation is not Input && node.Inputs.All(i => ofWeights[i]);
        return graph.InOrder(graph.Nodes.OrderBy(node => ofWeights[node.Id] ? 0 : 1), cancellation);
    }
}
