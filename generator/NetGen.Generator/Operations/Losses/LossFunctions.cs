using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Losses;

/// <summary>The losses of NetGen.Ops: one number per sample. Those over several elements are their mean.</summary>
internal static class LossFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        .. ClassLosses.All,
        .. RegressionLosses.All,
        .. PairLosses.All,
        .. SampleWeights.All,
        new("BinaryCrossEntropy", BinaryCrossEntropy),
        new("BinaryFocal", BinaryFocal),
        new("L1", (g, a) => Penalty(g, a, "L1", "Abs")),
        new("L2", (g, a) => Penalty(g, a, "L2", "Square")),
    ];

    /// <summary>
    /// −p·t·log σ(x) − (1 − t)·log(1 − σ(x)) = (1 + (p − 1)·t)·softplus(x) − p·t·x, which cannot overflow; p is what a positive target
    /// weighs.
    /// </summary>
    private static Value BinaryCrossEntropy(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = Logits(graph, arguments, "BinaryCrossEntropy");
        var positive = arguments.Above("positiveWeight", 0, 1f);
        var (softplus, product) = (graph.Map("Softplus", logits), graph.Multiply(logits, target));
        if (positive != 1)
        {
            softplus = graph.Multiply(softplus, graph.Add(graph.Multiply(target, graph.Constant(positive - 1)), graph.Constant(1)));
            product = graph.Multiply(product, graph.Constant(positive));
        }
        return Binary(graph, arguments, logits, target, graph.Map("Subtract", softplus, product));
    }

    /// <summary>
    /// α·(1 − p)^γ · (−log p), p being the probability of the target and α that of a positive one, 1 − α of others (Lin et al. 2017).
    /// </summary>
    private static Value BinaryFocal(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = Logits(graph, arguments, "BinaryFocal");
        var own = graph.Map("Subtract", graph.Map("Softplus", logits), graph.Multiply(logits, target));
        var loss = graph.Apply(new Elementwise.Elementwise("Focal", arguments.AtLeast("gamma", 0, 2f)), own);
        if (arguments.Has("alpha"))
        {
            var alpha = arguments.AtLeast("alpha", 0, 0.25f);
            if (alpha > 1)
                throw new LanguageException("NG0301", FormattableString.Invariant($"'alpha' must be from 0 to 1; it is {alpha}."), "alpha");
            loss = graph.Multiply(loss, graph.Add(graph.Multiply(target, graph.Constant((2 * alpha) - 1)), graph.Constant(1 - alpha)));
        }
        return Binary(graph, arguments, logits, target, loss);
    }

    private static (Value Logits, Value Target) Logits(GraphBuilder graph, CallArguments arguments, string function)
    {
        var (logits, target) = (arguments.Tensor("logits"), arguments.Tensor("target"));
        CheckSame(graph, function, "logits", logits, "target", target);
        BoundedLogits.Check(graph, "BinaryCrossEntropy", logits);
        return (logits, TargetCheck.Hold(graph, target, TargetRange.Probability));
    }

    private static Value Binary(GraphBuilder graph, CallArguments arguments, Value logits, Value target, Value losses)
    {
        var loss = SampleWeights.Apply(graph, arguments, graph.MeanAll(losses));
        graph.Classifications.Add(new Classification(loss, logits, target, graph.MeanAll(graph.OfEachRow(graph.Map("Agrees", logits, target), loss))));
        return loss;
    }

    /// <summary>Broadcasting a target by accident is a famous bug ([B, 1] against [B]): losses ask for equal shapes.</summary>
    public static void CheckSame(GraphBuilder graph, string function, string leftName, Value left, string rightName, Value right)
    {
        Numbers.Check(function, leftName, left.Type);
        Numbers.Check(function, rightName, right.Type);
        if (left.Type.Dims != right.Type.Dims)
        {
            var (advice, shape) = Mended(graph, left, right, rightName);
            throw new LanguageException(
                "NG0402", $"{function}: {leftName} {left.Type.Shape} and {rightName} {right.Type.Shape} must have the same shape.{advice}", rightName)
            {
                Replacement = shape,
            };
        }
    }

    /// <summary>The same numbers in two shapes: how the target gets the other one's, and where it is an input its [Shape].</summary>
    private static (string Advice, string? Shape) Mended(GraphBuilder graph, Value left, Value right, string rightName)
    {
        if (left.Type.Count != right.Type.Count)
            return ("", null);
        var dims = string.Join(", ", left.Type.Dims);
        var none = dims.Length == 0;
        if (graph.Nodes[right.Id].Operation is not Input input)
            return (none ? "" : $" Reshape({rightName}, {dims}) has it.", null);
        var shape = none ? "[Shape]" : $"[Shape({dims})]";
        return ($" Declare '{shape} Tensor {input.Parameter}'{(none ? ": no dimensions are one number per sample" : "")}.", shape);
    }

    /// <summary>Σ f(w) over all elements of all the weights.</summary>
    private static Value Penalty(GraphBuilder graph, CallArguments arguments, string name, string function)
    {
        // A layer's weights, or the one tensor x.
        var (weights, argument) = arguments.Has("x") ? ([arguments.Tensor("x")], "x") : (arguments.Tensors("weights"), "weights");
        if (weights.Count == 0)
            throw new LanguageException("NG0301", $"{name}: there are no weights to penalize.", argument);
        foreach (var weight in weights)
            Numbers.Check(name, argument, weight.Type);
        return weights.Select(w => graph.SumAll(graph.Map(function, w))).Aggregate(graph.Add);
    }
}
