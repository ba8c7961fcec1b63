using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// Losses of the distance between vectors. Where two are equal the slope of their distance is taken as 0: it has no direction there.
/// </summary>
internal static class PairLosses
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("CosineEmbedding", CosineEmbedding),
        new("Contrastive", Contrastive),
        new("Triplet", Triplet),
    ];

    /// <summary>1 − cos where the target is above 0, max(0, cos − margin) elsewhere.</summary>
    private static Value CosineEmbedding(GraphBuilder graph, CallArguments arguments)
    {
        var (a, b) = Vectors(graph, arguments, "CosineEmbedding", "a", "b");
        var cosine = LengthFunctions.CosineSimilarity(graph, a, b, a.Type.Rank - 1, 1e-8f);
        var target = Target(graph, arguments, "CosineEmbedding", cosine);
        var apart = graph.Map("Relu", graph.Map("Subtract", cosine, graph.Constant(arguments.FiniteOr("margin", 0f))));
        return graph.MeanAll(graph.Map("Where", IsPositive(graph, target), graph.Map("Subtract", graph.Constant(1), cosine), apart));
    }

    /// <summary>½·(t·d² + (1 − t)·max(0, margin − d)²) (Hadsell et al. 2006, with 1 for what is alike).</summary>
    private static Value Contrastive(GraphBuilder graph, CallArguments arguments)
    {
        var (a, b) = Vectors(graph, arguments, "Contrastive", "a", "b");
        var squares = Squares(graph, a, b);
        var target = TargetCheck.Hold(graph, Target(graph, arguments, "Contrastive", squares), TargetRange.Probability);
        var margin = graph.Constant(arguments.Above("margin", 0, 1f));
        var apart = graph.Map("Square", graph.Map("Relu", graph.Map("Subtract", margin, LengthFunctions.Root(graph, squares))));
        var sum = graph.Add(graph.Multiply(target, squares), graph.Multiply(graph.Map("Subtract", graph.Constant(1), target), apart));
        return graph.MeanAll(graph.Multiply(sum, graph.Constant(0.5f)));
    }

    /// <summary>max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin)</summary>
    private static Value Triplet(GraphBuilder graph, CallArguments arguments)
    {
        var (anchor, positive) = Vectors(graph, arguments, "Triplet", "anchor", "positive");
        var (_, negative) = Vectors(graph, arguments, "Triplet", "anchor", "negative");
        Value Distance(Value to) => LengthFunctions.Root(graph, Squares(graph, anchor, to));
        var difference = graph.Map("Subtract", Distance(positive), Distance(negative));
        return graph.MeanAll(graph.Map("Relu", graph.Add(difference, graph.Constant(arguments.Above("margin", 0, 1f)))));
    }

    private static Value Squares(GraphBuilder graph, Value a, Value b) =>
        graph.SumOf(graph.Map("Square", graph.Map("Subtract", a, b)), [a.Type.Rank - 1]);

    private static (Value, Value) Vectors(GraphBuilder graph, CallArguments arguments, string function, string left, string right)
    {
        var (a, b) = (arguments.Tensor(left), arguments.Tensor(right));
        LossFunctions.CheckSame(graph, function, left, a, right, b);
        return a.Type.Rank > 0 ? (a, b) : throw new LanguageException("NG0401", $"{function} expects vectors; '{left}' is one number.", left);
    }

    /// <summary>One number for each pair of vectors.</summary>
    private static Value Target(GraphBuilder graph, CallArguments arguments, string function, Value pairs)
    {
        var target = arguments.Tensor("target");
        LossFunctions.CheckSame(graph, function, "what is compared", pairs, "target", target);
        return target;
    }

    private static Value IsPositive(GraphBuilder graph, Value target) => graph.Map("Greater", target, graph.Constant(0));
}
