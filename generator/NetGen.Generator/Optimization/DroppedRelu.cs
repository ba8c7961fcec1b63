using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Dropout after a ReLU: y = r · m with r = max(x, 0) and a mask m of 0 and 1 / (1 − p). Its gradient dy · m where r > 0, else 0, is dy / (1 − p) where y > 0,
/// else 0. So backward draws no random numbers, and r need not be kept beside y.
/// </summary>
internal static class DroppedRelu
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var values = new Value[graph.Nodes.Count];
        var dropped = new Dictionary<(int Relu, int Mask), int>();
        return graph.Rewrite((builder, node, inputs) => values[node.Id] = Rewrite(builder, node, inputs), cancellation);

        Value Rewrite(GraphBuilder builder, Node node, Value[] inputs)
        {
            if (Mask(node) is not null && graph[node.Inputs[0]].Operation is Elementwise { Function: "Relu" })
                dropped[(node.Inputs[0], node.Inputs[1])] = node.Id;
            if (node.Operation is Elementwise { Function: "ReluGradient" } && graph[node.Inputs[0]] is var product && Mask(product) is { } mask
                && dropped.TryGetValue((node.Inputs[1], product.Inputs[1]), out var y))
            {
                return builder.Apply(new Elementwise("DroppedReluGradient", 1f / (1f - mask.P)), values[product.Inputs[0]], values[y]);
            }
            return builder.Apply(node.Operation, inputs);
        }

        DropoutMask? Mask(Node node) =>
            node.Operation is Elementwise { Function: "Multiply" } ? graph[node.Inputs[1]].Operation as DropoutMask : null;
    }
}
