using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// Losses from logits apply their own sigmoid or softmax, so logits must be free to become any number. Behind a function of bounded values they are not:
/// σ(σ(z)) lies between 0.5 and 0.73, and ten classes of softmax(softmax(z)) reach 0.23 at most, whatever is learned.
/// </summary>
internal static class BoundedLogits
{
    /// <summary>The values of functions from which no sigmoid recovers all probabilities.</summary>
    private static readonly Dictionary<string, string> Binary = new()
    {
        ["Sigmoid"] = "between 0 and 1",
        ["Softmax"] = "between 0 and 1",
        ["LogSoftmax"] = "at most 0",
        ["HardSigmoid"] = "between 0 and 1",
        ["LogSigmoid"] = "at most 0",
        ["Tanh"] = "between -1 and 1",
        ["Softsign"] = "between -1 and 1",
        ["Erf"] = "between -1 and 1",
        ["Relu"] = "at least 0",
        ["Softplus"] = "at least 0",
        ["Exp"] = "at least 0",
        ["Square"] = "at least 0",
        ["Abs"] = "at least 0",
        ["Sqrt"] = "at least 0",
    };

    /// <summary>Softmax sees differences only: one bound is none, and a log-softmax gives what its operand gives.</summary>
    private static readonly Dictionary<string, string> Categorical = new()
    {
        ["Sigmoid"] = "between 0 and 1",
        ["Softmax"] = "between 0 and 1",
        ["HardSigmoid"] = "between 0 and 1",
        ["Tanh"] = "between -1 and 1",
        ["Softsign"] = "between -1 and 1",
        ["Erf"] = "between -1 and 1",
    };

    public static void Check(GraphBuilder graph, string loss, Value logits)
    {
        var binary = loss == "BinaryCrossEntropy";
        if (Find(graph, logits.Id, binary ? Binary : Categorical) is not { } activation)
            return;
        var name = Name(graph.Nodes[activation].Operation);
        var own = binary ? "sigmoid" : "softmax";
        var inverse = name is "Sigmoid" or "HardSigmoid" or "Softmax"
            ? $"remove {name}, so that the network gives logits (apply {name} where you show probabilities); or keep it in Forward and take the loss of what stands before it"
            : $"remove {name} before the loss; or put a layer without an activation between them";
        graph.Hint(new GraphHint(
            "NG0506",
            $"{loss} takes logits and applies {own} itself, and what it gets went through {name}: it is {(binary ? Binary : Categorical)[name]}, so {Reach(binary, name, binary ? 1 : CrossEntropy.Classes(logits.Type))}. "
            + $"Either {inverse}.",
            activation));
    }

    /// <summary>The activation that a value comes from through other views of the same numbers; null: none of these.</summary>
    private static int? Find(GraphBuilder graph, int value, Dictionary<string, string> bounded)
    {
        var node = graph.Nodes[value];
        return node.Operation switch
        {
            Reshape => Find(graph, node.Inputs[0], bounded),
            Concat.Concat => node.Inputs.Select(input => Find(graph, input, bounded)).FirstOrDefault(found => found is not null),
            var operation => bounded.ContainsKey(Name(operation)) ? value : null,
        };
    }

    private static string Name(Operation operation) => operation is Elementwise.Elementwise elementwise ? elementwise.Function : operation.GetType().Name;

    /// <summary>How near the loss lets the probability of one class come to 1 or 0.</summary>
    private static string Reach(bool binary, string activation, int classes)
    {
        string Percent(double p) => (p * 100).ToString("0", System.Globalization.CultureInfo.InvariantCulture) + " %";
        double Sigma(double z) => 1 / (1 + Math.Exp(-z));
        if (!binary)
        {
            var spread = Binary[activation] == "between -1 and 1" ? 2 : 1;
            return $"no class can get a probability above {Percent(Math.Exp(spread) / (Math.Exp(spread) + classes - 1))}";
        }
        return Binary[activation] switch
        {
            "between 0 and 1" => $"every probability stays between 50 % and {Percent(Sigma(1))}",
            "between -1 and 1" => $"every probability stays between {Percent(Sigma(-1))} and {Percent(Sigma(1))}",
            "at most 0" => "no probability gets above 50 %",
            _ => "no probability gets below 50 %",
        };
    }
}
