using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Gives memory to values that have none where a kernel needs an address: constants and masks read by a loop that is not pointwise, and
/// outputs that no kernel of the program makes (an input that is returned as it is, a weight, a constant; a result that is another's). And
/// memory of NetGen's own to what a caller gives, where whole vectors are read beyond its end; and to random numbers of which one is for
/// several elements.
/// </summary>
internal static class Materialize
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var builder = new GraphBuilder();
        var values = new Value[graph.Nodes.Count];
        var copies = new Dictionary<int, Value>();
        foreach (var node in graph.Nodes.Until(cancellation))
        {
            var inputs = node.Inputs.Select(i => values[i]).ToArray();
            if (node.Operation is not Leaf)
            {
                var isPointwise = IsPointwise(graph, node);
                for (var i = 0; i < inputs.Length; i++)
                {
                    if (isPointwise ? IsDrawnElsewhere(graph, node, node.Inputs[i]) : NeedsAddress(graph, node, i))
                        inputs[i] = Copy(node.Inputs[i]);
                }
            }
            builder.Scope = node.Origin;
            values[node.Id] = builder.Apply(node.Operation, inputs);
        }
        var roles = graph.Outputs.ToLookup(o => graph.RootOf(o.Value), o => o.Role);
        var results = new HashSet<Value>();
        foreach (var output in graph.Outputs)
        {
            var root = graph[graph.RootOf(output.Value)];
            var needsCopy = root.Operation is Leaf || graph.IsRematerialized(root.Id) || roles[root.Id].Any(role => role != output.Role);
            builder.Scope = root.Origin;
            var value = needsCopy && root.Operation is not OptimizerStep ? Copy(output.Value) : values[output.Value];
            if (output.Role == "result")
                value = OfItsOwn(value);
            builder.Output(output, value);
        }
        return builder.Build();

        // A caller has memory for each result: one that is also another, or a view of it, is copied.
        Value OfItsOwn(Value value)
        {
            while (!results.Add(Root(value)))
                value = builder.Apply(new BroadcastTo(value.Type), value);
            return value;
        }

        Value Root(Value value)
        {
            while (builder.Nodes[value.Id].Operation.IsAlias)
                value = builder[builder.Nodes[value.Id].Inputs[0]];
            return value;
        }

        Value Copy(int value)
        {
            if (!copies.TryGetValue(value, out var copy))
                copies[value] = copy = builder.Apply(new BroadcastTo(graph[value].Type), values[value]);
            return copy;
        }
    }

    private static bool NeedsAddress(TensorGraph graph, Node node, int input)
    {
        var root = graph.RootOf(node.Inputs[input]);
        return graph.IsRematerialized(root) || (input == 1 && graph[root].Operation is Input && ReadsBeyondColumns(graph, node));
    }

    /// <summary>
    /// A random number goes by its element: it is drawn again where the reader has one for each element, and else read from where it was
    /// drawn.
    /// </summary>
    private static bool IsDrawnElsewhere(TensorGraph graph, Node node, int input) =>
        graph[graph.RootOf(input)] is { Operation: RandomOperation, Type: var drawn } && (drawn.Count != node.Type.Count || drawn.Batched != node.Type.Batched);

    /// <summary>Tiles read the right operand of a product in whole vectors.</summary>
    private static bool ReadsBeyondColumns(TensorGraph graph, Node node) =>
        LoweringContext.Lower(graph, node) is ContractionBody { Columns: var columns } && columns % 16 != 0;

    private static bool IsPointwise(TensorGraph graph, Node node) => node.Operation.IsAlias
        || LoweringContext.Lower(graph, node) is PointwiseBody or UpdateBody;
}
