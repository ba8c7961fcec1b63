using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Optimization;

/// <summary>The graph as it is computed outside of training: without what only training does (x · dropout mask becomes x).</summary>
internal static class InferenceMode
{
    public static TensorGraph Apply(TensorGraph graph)
    {
        if (graph.Nodes.All(n => n.Operation is not DropoutMask))
            return graph;
        var builder = new GraphBuilder();
        var values = new Value[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            builder.Scope = node.Name;
            values[node.Id] = node.Operation is Elementwise { Function: "Multiply" } && graph[node.Inputs[1]].Operation is DropoutMask
                ? values[node.Inputs[0]]
                : builder.Apply(node.Operation, node.Inputs.Select(i => values[i]).ToArray());
        }
        foreach (var output in graph.Outputs)
            builder.Output(output.Role, values[output.Value]);
        return builder.Build();
    }
}
