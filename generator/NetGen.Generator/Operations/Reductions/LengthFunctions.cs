using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Reductions;

/// <summary>Lengths of vectors and the angles between them.</summary>
internal static class LengthFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Norm", (g, a) => Root(g, g.Over(a.NumberTensor("Norm", "x"), a, x => g.Map("Square", x)))),
        new("CosineSimilarity", CosineSimilarity),
    ];

    /// <summary>
    /// √s of a sum of squares. Where it is 0 the slope is taken as 0, as PyTorch does: the root is taken of another number there, so that nothing infinite meets
    /// the gradient's 0.
    /// </summary>
    public static Value Root(GraphBuilder graph, Value squares)
    {
        var isLong = graph.Map("NotEqual", squares, graph.Constant(0));
        return graph.Map("Where", isLong, graph.Map("Sqrt", graph.Map("Where", isLong, squares, graph.Constant(1))), graph.Constant(0));
    }

    /// <summary>a·b / (max(‖a‖, ε) · max(‖b‖, ε)) along an axis.</summary>
    private static Value CosineSimilarity(GraphBuilder graph, CallArguments arguments)
    {
        var (a, b) = (arguments.NumberTensor("CosineSimilarity", "a"), arguments.NumberTensor("CosineSimilarity", "b"));
        var epsilon = arguments.Above("epsilon", 0, 1e-8f);
        if (a.Type.Dims != b.Type.Dims)
            throw new LanguageException("NG0402", $"CosineSimilarity: {a.Type.Shape} and {b.Type.Shape} must have the same shape.");
        return CosineSimilarity(graph, a, b, Axis.Resolve(arguments.Int("axis"), a.Type, "axis"), epsilon);
    }

    public static Value CosineSimilarity(GraphBuilder graph, Value a, Value b, int axis, float epsilon)
    {
        var least = graph.Constant(epsilon);
        Value Along(Value x) => graph.SumOf(x, [axis]);
        Value Length(Value x) => graph.Map("Maximum", Root(graph, Along(graph.Map("Square", x))), least);
        return graph.Map("Divide", Along(graph.Multiply(a, b)), graph.Multiply(Length(a), Length(b)));
    }
}
