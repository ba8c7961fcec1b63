using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Optimization;

/// <summary>The graph as it is computed outside of training: without what only training does (x · dropout mask becomes x).</summary>
internal static class InferenceMode
{
    public static TensorGraph Apply(TensorGraph graph, CancellationToken cancellation = default) => graph.Nodes.All(n => n.Operation is not DropoutMask)
        ? graph
        : graph.Rewrite((builder, node, inputs) =>
            node.Operation is Elementwise { Function: "Multiply" } && graph[node.Inputs[1]].Operation is DropoutMask
                ? inputs[0]
                : builder.Apply(node.Operation, inputs), cancellation);
}
