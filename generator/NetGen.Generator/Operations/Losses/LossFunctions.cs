using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Softmax;

namespace NetGen.Generator.Operations.Losses;

/// <summary>The losses of NetGen.Ops: one number per sample. Those over several elements are their mean.</summary>
internal static class LossFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("CrossEntropy", (g, a) => a.Has("label") ? FromLabels(g, a.Tensor("logits"), a.Tensor("label")) : FromProbabilities(g, a)),
        new("BinaryCrossEntropy", BinaryCrossEntropy),
        new("MeanSquaredError", (g, a) => g.MeanAll(g.Map("Square", Difference(g, a, "MeanSquaredError")))),
        new("MeanAbsoluteError", (g, a) => g.MeanAll(g.Map("Abs", Difference(g, a, "MeanAbsoluteError")))),
        new("Huber", Huber),
        new("L1", (g, a) => Penalty(g, a, "L1", "Abs")),
        new("L2", (g, a) => Penalty(g, a, "L2", "Square")),
    ];

    private static Value FromLabels(GraphBuilder graph, Value logits, Value label)
    {
        CheckLabels(graph, logits, label);
        var loss = graph.MeanAll(graph.Apply(new CrossEntropy(), logits, label));
        CheckClasses(graph, logits);
        graph.Classifications.Add(new Classification(loss, logits, label, graph.MeanAll(graph.Apply(new CorrectPrediction(), logits, label))));
        return loss;
    }

    /// <summary>A label for each position of the logits; where it is an input, how its [Shape] says so.</summary>
    private static void CheckLabels(GraphBuilder graph, Value logits, Value label)
    {
        if (label.Type.Element != ElementType.Int32 || logits.Type.Element != ElementType.Float32 || logits.Type.Rank == 0)
            return;
        var positions = logits.Type.WithDims(CrossEntropy.Positions(logits.Type));
        if (label.Type.Dims == positions.Dims)
            return;
        string Each(TensorType type) => type.Rank == 0 ? "one per sample" : type.Shape;
        var input = graph.Nodes[label.Id].Operation as Input;
        var shape = positions.Rank == 0 ? "[Shape]" : $"[Shape({string.Join(", ", positions.Dims)})]";
        throw new LanguageException(
            "NG0402",
            $"CrossEntropy: logits {logits.Type.Shape} are of one class {(positions.Rank == 0 ? "per sample" : $"at each of {positions.Shape}")}; label is {Each(label.Type)}."
            + (input is null ? "" : $" Declare '{shape} {(input.AreIndices ? "Indices" : "Labels")} {input.Parameter}'."),
            "label")
        {
            Replacement = input is null ? null : shape,
        };
    }

    /// <summary>−Σ_j t_j · log softmax(x)_j, the mean of all positions.</summary>
    private static Value FromProbabilities(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = (arguments.Tensor("logits"), arguments.Tensor("target"));
        CheckSame(graph, "CrossEntropy", "logits", logits, "target", target);
        if (logits.Type.Rank == 0)
            throw new LanguageException("NG0401", $"CrossEntropy expects one logit per class and sample; got {logits.Type.Shape}.", "logits");
        CheckClasses(graph, logits);
        target = TargetCheck.Hold(graph, target, TargetRange.Shares);
        var likelihood = graph.SumOf(graph.Multiply(target, graph.Apply(new LogSoftmax(), logits)), [logits.Type.Rank - 1]);
        var loss = graph.Map("Negate", graph.MeanAll(likelihood));
        var correct = graph.Apply(new SameLikeliestClass(), graph.OfEachSample(logits), graph.OfEachSample(target));
        graph.Classifications.Add(new Classification(loss, logits, target, graph.MeanAll(correct)));
        return loss;
    }

    /// <summary>−t·log σ(x) − (1 − t)·log(1 − σ(x)) = softplus(x) − x·t, which cannot overflow.</summary>
    private static Value BinaryCrossEntropy(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = (arguments.Tensor("logits"), arguments.Tensor("target"));
        CheckSame(graph, "BinaryCrossEntropy", "logits", logits, "target", target);
        BoundedLogits.Check(graph, "BinaryCrossEntropy", logits);
        target = TargetCheck.Hold(graph, target, TargetRange.Probability);
        var loss = graph.MeanAll(graph.Map("Subtract", graph.Map("Softplus", logits), graph.Multiply(logits, target)));
        graph.Classifications.Add(new Classification(loss, logits, target, graph.MeanAll(graph.OfEachSample(graph.Map("Agrees", logits, target)))));
        return loss;
    }

    private static Value Huber(GraphBuilder graph, CallArguments arguments)
    {
        var delta = arguments.Has("delta") ? arguments.Float("delta") : 1f;
        if (!(delta > 0) || float.IsInfinity(delta))
            throw new LanguageException("NG0301", FormattableString.Invariant($"'delta' must be a number above 0; it is {delta}."), "delta");
        return graph.MeanAll(graph.Apply(new Elementwise.Elementwise("Huber", delta), Difference(graph, arguments, "Huber")));
    }

    private static Value Difference(GraphBuilder graph, CallArguments arguments, string function)
    {
        var (prediction, target) = (arguments.Tensor("prediction"), arguments.Tensor("target"));
        CheckSame(graph, function, "prediction", prediction, "target", target);
        return graph.Map("Subtract", prediction, target);
    }

    /// <summary>Broadcasting a target by accident is a famous bug ([B, 1] against [B]): losses ask for equal shapes.</summary>
    private static void CheckSame(GraphBuilder graph, string function, string leftName, Value left, string rightName, Value right)
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

    /// <summary>Softmax of one logit is 1 whatever the logit is.</summary>
    private static void CheckClasses(GraphBuilder graph, Value logits)
    {
        if (CrossEntropy.Classes(logits.Type) == 1)
        {
            graph.Hint(new GraphHint(
                "NG0507",
                "CrossEntropy over one class is 0 whatever the network computes, so nothing is learned. For yes or no use BinaryCrossEntropy with "
                + "'[Shape(1)] Tensor target' of 0 and 1, or give the last layer one output for each class (two for yes and no)."));
            return;
        }
        BoundedLogits.Check(graph, "CrossEntropy", logits);
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
