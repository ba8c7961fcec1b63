using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Norms;

namespace NetGen.Generator.Optimization;

/// <summary>
/// A layer's norm, times its weight, plus its bias, in one: a row that is normalized is not written and read again before it is scaled.
/// Where something else reads the normalized numbers, as the weight's gradient does, they are kept. The same operations, so the same bits.
/// </summary>
internal static class ScaledNorms
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        var outputs = new HashSet<int>(graph.Outputs.Select(o => o.Value));
        var values = new Value[graph.Nodes.Count];
        return graph.Rewrite((builder, node, inputs) => values[node.Id] = Scaled(builder, node) ?? builder.Apply(node.Operation, inputs), cancellation);

        Value? Scaled(GraphBuilder builder, Node node)
        {
            if (Is(node, "Multiply"))
                return Product(node) is { IsCentered: false } norm ? Apply(norm, node) : null;
            return Is(node, "Add") && graph[node.Inputs[0]] is var product && IsReadOnce(product) && Product(product) is { IsCentered: true } centered
                && graph[node.Inputs[1]].Type.Equals(graph[product.Inputs[1]].Type)
                    ? Apply(centered, product, node.Inputs[1])
                    : null;

            Value Apply(Standardize norm, Node scaled, params int[] bias) => builder.Apply(
                new ScaledStandardize(norm.Groups, norm.Epsilon, norm.IsCentered),
                [values[graph[scaled.Inputs[0]].Inputs[0]], values[scaled.Inputs[1]], .. bias.Select(value => values[value])]);
        }

        // The norm that nothing reads but this product with a weight.
        Standardize? Product(Node node) =>
            Is(node, "Multiply") && graph[node.Inputs[0]] is { Operation: Standardize norm } normalized && IsReadOnce(normalized)
            && IsScale(norm, normalized.Type, graph[node.Inputs[1]].Type)
                ? norm
                : null;

        bool IsReadOnce(Node value) => users[value.Id].Count == 1 && !outputs.Contains(value.Id);

        static bool IsScale(Standardize norm, TensorType normalized, TensorType weight)
        {
            var before = normalized.Dims.Count - weight.Dims.Count;
            return !weight.Batched && before >= 0 && normalized.Dims.Skip(before).SequenceEqual(weight.Dims)
                && (weight.Count == (long)norm.Groups.Groups * norm.Groups.Width || (norm.Groups.Positions == 1 && weight.Count == norm.Groups.Width));
        }
    }

    private static bool Is(Node node, string function) => node.Operation is Elementwise elementwise && elementwise.Function == function;
}
