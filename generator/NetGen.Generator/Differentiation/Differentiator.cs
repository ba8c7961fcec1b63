using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Differentiation;

/// <summary>
/// Reverse-mode differentiation: walks the graph from the loss back and asks each operation on the way from a trained weight to the
/// loss for its vector-Jacobian product. The result computes the loss and one update per trained weight.
/// </summary>
internal static class Differentiator
{
    /// <param name="graph">A graph with the output "loss" (and perhaps some "correct").</param>
    /// <param name="trained">Which weights are updated.</param>
    /// <param name="cancellation">Of the compiler.</param>
    /// <exception cref="InvalidOperationException">The graph has been differentiated already, or reaches a weight through an operation without a backward rule.</exception>
    public static TensorGraph Differentiate(TensorGraph graph, Func<string, bool> trained, CancellationToken cancellation = default)
    {
        if (graph.Nodes.FirstOrDefault(n => n.Operation is Update) is { } update)
            throw new InvalidOperationException($"The graph has gradients already, as %{update.Id} {update.Name} = {update.Operation.Title}; gradients of gradients are not taken.\n{graph}");
        var builder = new GraphBuilder();
        var values = new Value[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Until(cancellation))
        {
            builder.Scope = node.Origin;
            values[node.Id] = builder.Apply(node.Operation, node.Inputs.Select(i => values[i]).ToArray());
        }

        var active = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
            active[node.Id] = node.Operation is Weight weight ? weight is not State && trained(weight.Parameter) : node.Inputs.Any(i => active[i]);

        var gradients = new Value?[graph.Nodes.Count];
        var loss = graph.Output("loss");
        builder.Scope = new Origin("loss", IsGradient: true);
        // The objective is the mean over the batch of one number per sample; a loss without a sample in it counts once.
        gradients[loss] = graph[loss].Type.Batched ? builder.Apply(new BatchReciprocal()) : builder.Constant(1f);
        foreach (var node in graph.Nodes.Reverse().Until(cancellation))
        {
            if (!active[node.Id] || gradients[node.Id] is not { } gradient || node.Operation is Leaf)
                continue;
            builder.Scope = node.Origin with { IsGradient = true };
            var inputs = node.Inputs.Select(i => values[i]).ToArray();
            var contributions = node.Operation.Backward(new BackwardContext(builder, inputs, values[node.Id], gradient));
            for (var i = 0; i < contributions.Length; i++)
            {
                var input = node.Inputs[i];
                if (!active[input] || contributions[i] is not { } contribution)
                    continue;
                gradients[input] = gradients[input] is { } sum ? builder.Add(sum, contribution) : contribution;
            }
        }

        foreach (var output in graph.Outputs)
            builder.Output(output, values[output.Value]);
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is not Weight { Parameter: var parameter } || gradients[node.Id] is not { } gradient)
                continue;
            builder.Scope = new Origin(Names.Identifier(parameter), IsGradient: true);
            // A scalar loss can reach a weight through broadcasting only; the weight's own shape is what the update needs.
            var full = gradient.Type == node.Type ? gradient : builder.Apply(new BroadcastTo(node.Type), gradient);
            builder.Output("update", builder.Apply(new Update(parameter), full));
        }
        return builder.Build();
    }
}
