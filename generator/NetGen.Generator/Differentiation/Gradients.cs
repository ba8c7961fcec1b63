using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Gradients;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Differentiation;

/// <summary>Reverse-mode differentiation: from values back to others, by the backward rules of the operations between them.</summary>
internal static class Gradients
{
    /// <summary>Adds the gradients by the wanted values to a graph under construction.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="of">The value whose gradients they are.</param>
    /// <param name="seed">Its own gradient: of all its elements, or one for all.</param>
    /// <param name="isWanted">The values by which.</param>
    /// <param name="cancellation">Of the compiler.</param>
    /// <returns>
    /// For each value up to <paramref name="of"/> what flows to it, of its own type or one for several elements; null where nothing does,
    /// or where it is neither wanted nor on the way.
    /// </returns>
    /// <exception cref="InvalidOperationException">An operation on the way has no backward rule.</exception>
    public static Value?[] Of(GraphBuilder builder, Value of, Value seed, Func<Node, bool> isWanted, CancellationToken cancellation = default)
    {
        var nodes = builder.Nodes.Take(of.Id + 1).ToArray();
        // Whether a wanted value is before it.
        var isBehind = new bool[nodes.Length];
        var isActive = new bool[nodes.Length];
        foreach (var node in nodes)
        {
            isBehind[node.Id] = node.Inputs.Any(i => isActive[i]);
            isActive[node.Id] = isBehind[node.Id] || isWanted(node);
        }
        var gradients = new Value?[nodes.Length];
        gradients[of.Id] = seed;
        foreach (var node in Enumerable.Reverse(nodes).Until(cancellation))
        {
            if (!isBehind[node.Id] || gradients[node.Id] is not { } gradient)
                continue;
            builder.Scope = node.Origin with { IsGradient = true };
            var inputs = node.Inputs.Select(i => builder[i]).ToArray();
            var contributions = node.Operation.Backward(new BackwardContext(builder, inputs, builder[node.Id], gradient)
            {
                Differentiate = (inner, value, own, wanted) => Of(inner, value, own, wanted, cancellation),
            });
            for (var i = 0; i < contributions.Length; i++)
            {
                var input = node.Inputs[i];
                if (!isActive[input] || contributions[i] is not { } contribution)
                    continue;
                gradients[input] = gradients[input] is { } sum ? builder.Add(sum, contribution) : contribution;
            }
        }
        return gradients;
    }

    /// <summary>The graph with the backward rules in the place of each <see cref="Gradient"/>.</summary>
    public static TensorGraph Expand(TensorGraph graph, CancellationToken cancellation = default) => graph.Nodes.Until(cancellation).All(n => n.Operation is not Gradient)
        ? graph
        : graph.Rewrite((builder, node, inputs) => node.Operation is Gradient ? Expand(builder, inputs[0], inputs[1], cancellation) : builder.Apply(node.Operation, inputs), cancellation);

    private static Value Expand(GraphBuilder builder, Value of, Value by, CancellationToken cancellation)
    {
        var one = Full(builder, builder.Constant(1f), of.Type);
        // Nothing flows through steps and comparisons: their slope is 0.
        return Full(builder, Of(builder, of, one, node => node.Id == by.Id, cancellation)[by.Id] ?? builder.Constant(0f), by.Type);
    }

    /// <summary>What is one number for several elements, for each of them.</summary>
    public static Value Full(GraphBuilder builder, Value gradient, TensorType type) =>
        gradient.Type == type ? gradient : builder.Apply(new BroadcastTo(type), gradient);
}
