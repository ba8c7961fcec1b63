using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations;

/// <summary>Layers that stand behind each other in a way that means what it says, and could say it better.</summary>
internal static class Suggestions
{
    /// <summary>
    /// Two linear functions are one: whatever the first learns, the second could. Of one list of layers: a critic's first layer stands
    /// behind a generator's last, and a head behind an attention's.
    /// </summary>
    public static void BeforeDense(GraphBuilder graph, Value x, Value weight)
    {
        var node = graph.Nodes[x.Id];
        while (node.Operation is Reshape || DroppedOf(graph, node) is not null)
            node = graph.Nodes[DroppedOf(graph, node) ?? node.Inputs[0]];
        if (BiasedOf(graph, node) is { } product)
            node = graph.Nodes[product];
        if (node.Operation is not MatMul || graph.Nodes[node.Inputs[1]].Operation is not Weight before || List(before) is not { } list
            || graph.Nodes[weight.Id].Operation is not Weight own || list != List(own))
        {
            return;
        }
        graph.Hint(new GraphHint(
            "NG0811",
            "Dense stands behind Dense with no activation between them, and two linear layers are one. "
            + "Put an activation between them, such as Relu; if a product of a smaller rank is meant, all is well."));
    }

    /// <summary>What a normalization over the batch takes away, or cannot know.</summary>
    public static void BeforeBatchNorm(GraphBuilder graph, Value x)
    {
        var node = graph.Nodes[x.Id];
        if (BiasedOf(graph, node) is not null)
        {
            graph.Hint(new GraphHint(
                "NG0812",
                "BatchNorm subtracts each channel's mean, and with it the bias of the layer before it: "
                + "'bias: false' there leaves out what has no effect."));
        }
        if (DroppedOf(graph, node) is not null)
        {
            graph.Hint(new GraphHint(
                "NG0813",
                "BatchNorm stands behind Dropout: in training it sees values that vary more than those of a prediction, "
                + "so its running variance fits none (Li et al. 2019). Put Dropout behind it."));
        }
    }

    /// <summary>The list of layers that a weight's layer is in, <c>layers</c> of <c>layers.3.weight</c>; null: none.</summary>
    private static string? List(Weight weight)
    {
        var names = weight.Parameter.Split('.');
        return names.Length > 2 && names[names.Length - 2].All(char.IsDigit) ? string.Join(".", names.Take(names.Length - 2)) : null;
    }

    /// <summary>What a dropout is of; null: this is none.</summary>
    private static int? DroppedOf(GraphBuilder graph, Node node) =>
        node.Operation is Elementwise.Elementwise { Function: "Multiply" } && graph.Nodes[node.Inputs[1]].Operation is DropoutMask
            ? node.Inputs[0]
            : null;

    /// <summary>The product or convolution that a bias is added to; null: this is no such sum.</summary>
    private static int? BiasedOf(GraphBuilder graph, Node node) =>
        node.Operation is Elementwise.Elementwise { Function: "Add" } && graph.Nodes[node.Inputs[1]].Operation is Weight
        && graph.Nodes[node.Inputs[0]].Operation is MatMul or Convolution.Convolution
            ? node.Inputs[0]
            : null;
}
