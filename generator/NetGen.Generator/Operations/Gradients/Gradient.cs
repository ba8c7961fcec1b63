using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Gradients;

/// <summary>Gradients as values of the language.</summary>
internal static class GradientFunctions
{
    public static readonly TensorFunction[] All = [new("Gradient", (graph, a) => Of(graph, a.Tensor("of"), a.Tensor("by")))];

    private static Value Of(GraphBuilder graph, Value of, Value by)
    {
        Numbers.Check("Gradient", "of", of.Type);
        Numbers.Check("Gradient", "by", by.Type);
        var between = Between(graph, of, by);
        if (between.Count == 0)
        {
            throw new LanguageException(
                "NG0411", "Gradient: 'of' does not depend on 'by'. State a tensor that 'of' is computed from.", "by");
        }

        if (between.Any(id => graph.Nodes[id].Operation is Gradient))
        {
            throw new LanguageException(
                "NG0412", "Gradient: 'of' depends on 'by' through another Gradient. NetGen takes no gradients of gradients.", "of");
        }
        return graph.Apply(new Gradient(), of, by);
    }

    /// <summary>What lies on the ways from a value to one that it is computed from, both included; nothing where there is no way.</summary>
    private static List<int> Between(GraphBuilder graph, Value of, Value by)
    {
        var depends = new bool[graph.Nodes.Count];
        for (var id = by.Id; id <= of.Id; id++)
            depends[id] = id == by.Id || Flows(graph.Nodes[id], depends);
        var between = new List<int>();
        if (!depends[of.Id])
            return between;
        var reached = new bool[graph.Nodes.Count];
        reached[of.Id] = true;
        for (var id = of.Id; id >= by.Id; id--)
        {
            if (!reached[id] || !depends[id])
                continue;
            between.Add(id);
            foreach (var input in graph.Nodes[id].Inputs)
                reached[input] = true;
        }
        return between;
    }

    /// <summary>Whether a loss depends on a weight through a gradient, which training would have to differentiate.</summary>
    public static bool AreDifferentiated(TensorGraph graph)
    {
        var ofWeights = new bool[graph.Nodes.Count];
        var ofGradients = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            ofWeights[node.Id] = node.Operation is Weight and not State || Flows(node, ofWeights);
            ofGradients[node.Id] = (node.Operation is Gradient && ofWeights[node.Id]) || Flows(node, ofGradients);
        }
        return ofGradients[graph.Output("loss")];
    }

    private static bool Flows(Node node, bool[] from) => !node.Operation.StopsGradients && node.Inputs.Any(i => from[i]);
}

/// <summary>
/// (of, by) to d(Σ of)/d by: by is a value that of is computed from, an input, a weight or anything between. What it is computed by is
/// known once it is known what of is, at inference or in training: a pass puts the backward rules of the operations on the way in its
/// place.
/// </summary>
internal sealed record Gradient : Operation
{
    /// <summary>Of what has a row for each step by what has one for each sample, or the other way.</summary>
    public override bool CrossesSteps => true;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[1];

    public override void Order(OrderContext context) => context.Same(context.Operands[1], context.Result);

    public override void Evaluate(ReferenceCall call) => throw NotComputed();

    public override KernelBody Lower(LoweringContext context) => throw NotComputed();

    private static InvalidOperationException NotComputed() => new("A gradient is computed as the backward rules of what it is of.");
}
