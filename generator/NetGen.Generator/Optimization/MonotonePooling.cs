using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Max pooling commutes with functions that never decrease: max(relu(x + b)) = relu(max(x) + b), to the bit (rounding is monotone too). Pooling
/// first leaves bias and activation a quarter of the elements, lets the window be taken while the convolution's results are in
/// registers, and backward needs only the pooled value.
/// </summary>
internal static class MonotonePooling
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        var values = new Value[graph.Nodes.Count];
        return graph.Rewrite((builder, node, inputs) => values[node.Id] = node.Operation is MaxPool2D pool
            ? Pooled(builder, pool, graph[node.Inputs[0]])
            : builder.Apply(node.Operation, inputs), cancellation);

        Value Pooled(GraphBuilder builder, MaxPool2D pool, Node x)
        {
            var scope = builder.Scope;
            var once = users[x.Id].Count == 1 && !graph.Outputs.Any(o => o.Value == x.Id);
            if (once && x.Operation is Elementwise { Function: "Relu" } relu)
            {
                var inner = Pooled(builder, pool, graph[x.Inputs[0]]);
                builder.Scope = x.Origin;
                return builder.Apply(relu, inner);
            }
            if (once && x.Operation is Elementwise { Function: "Add" } add && IsChannelBias(graph[x.Inputs[1]].Type, x.Type)
                && graph[x.Inputs[0]].Type == x.Type)
            {
                var inner = Pooled(builder, pool, graph[x.Inputs[0]]);
                builder.Scope = x.Origin;
                return builder.Apply(add, inner, values[x.Inputs[1]]);
            }
            builder.Scope = scope;
            return builder.Apply(pool, values[x.Id]);
        }
    }

    /// <summary>The same number at every pixel, so that it does not change which pixel is largest.</summary>
    private static bool IsChannelBias(TensorType bias, TensorType x) =>
        !bias.Batched && bias.Count == x.Dims[x.Rank - 1] && bias.Rank > 0 && bias.Dims[bias.Rank - 1] == bias.Count;
}
