using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Differentiation;

/// <summary>
/// A training step: the gradients of the loss by the trained weights (<see cref="Gradients"/>). The result computes the loss and one update
/// per trained weight.
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

        var loss = values[graph.Output("loss")];
        builder.Scope = new Origin("loss", IsGradient: true);
        // The objective is the mean over the batch of one number per sample; a loss without a sample in it counts once.
        var seed = loss.Type.Batched ? builder.Apply(new BatchReciprocal(loss.Type.Rows)) : builder.Constant(1f);
        var gradients = Gradients.Of(
            builder, loss, seed, node => node.Operation is Weight weight and not State && trained(weight.Parameter), cancellation);

        foreach (var output in graph.Outputs)
            builder.Output(output, values[output.Value]);
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is not Weight { Parameter: var parameter } || values[node.Id].Id > loss.Id || gradients[values[node.Id].Id] is not { } gradient)
                continue;
            builder.Scope = new Origin(Names.Identifier(parameter), IsGradient: true);
            // A scalar loss can reach a weight through broadcasting only; the weight's own shape is what the update needs.
            builder.Output("update", builder.Apply(new Update(parameter), Gradients.Full(builder, gradient, node.Type)));
        }
        return builder.Build();
    }
}
