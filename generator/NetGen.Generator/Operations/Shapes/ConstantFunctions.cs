using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Scans;

namespace NetGen.Generator.Operations.Shapes;

/// <summary>Tensors of constants, the same for every sample, and the outer product.</summary>
internal static class ConstantFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Zeros", (g, a) => Constant(g, 0, a)),
        new("Ones", (g, a) => Constant(g, 1, a)),
        new("Constant", (g, a) => Constant(g, a.FiniteOr("value", 0), a)),
        new("Range", Range),
        new("Outer", Outer),
        new("IsTraining", (g, _) => g.Apply(new IsTraining())),
    ];

    private static Value Constant(GraphBuilder graph, float value, CallArguments arguments)
    {
        var dims = arguments.Ints("dims").ToArray();
        foreach (var dim in dims)
        {
            if (dim < 1)
                throw new LanguageException("NG0301", $"Each dimension must be at least 1; one is {dim}.", "dims");
        }
        _ = dims.Aggregate(1, (product, dim) => checked(product * dim));
        var constant = graph.Constant(value);
        return dims.Length == 0 ? constant : graph.Apply(new BroadcastTo(TensorType.Shared(dims)), constant);
    }

    /// <summary>start + i · step; of whole numbers exact up to 2²⁴.</summary>
    private static Value Range(GraphBuilder graph, CallArguments arguments)
    {
        var counting = graph.Counting(arguments.IntAtLeast("count", 1));
        var (start, step) = (arguments.FiniteOr("start", 0), arguments.FiniteOr("step", 1));
        if (step != 1)
            counting = graph.Multiply(counting, graph.Constant(step));
        return start == 0 ? counting : graph.Add(counting, graph.Constant(start));
    }

    /// <summary>[.., m] and [.., n] to [.., m, n].</summary>
    private static Value Outer(GraphBuilder graph, CallArguments arguments)
    {
        var (a, b) = (arguments.NumberTensor("Outer", "a"), arguments.NumberTensor("Outer", "b"));
        foreach (var (name, type) in new[] { ("a", a.Type), ("b", b.Type) })
        {
            if (type.Rank == 0)
                throw new LanguageException("NG0401", $"Outer multiplies vectors; '{name}' is a single number per sample.", name);
        }
        return graph.Multiply(graph.Unsqueeze(a, -1), graph.Unsqueeze(b, -2));
    }
}
