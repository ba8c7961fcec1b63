using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>The elementwise functions of NetGen.Ops and the operators of Tensor.</summary>
internal static class ElementwiseFunctions
{
    private static readonly string[] Unary =
        ["Relu", "Sigmoid", "Tanh", "Softplus", "Gelu", "Silu", "Exp", "Log", "Sqrt", "Square", "Abs", "Negate"];

    private static readonly string[] Operators = ["Add", "Subtract", "Multiply", "Divide"];

    public static IEnumerable<TensorFunction> All { get; } =
    [
        .. Unary.Select(name => new TensorFunction(name, (g, a) => g.Map(name, a.Tensor("x")))),
        .. Operators.Select(name => new TensorFunction(name, (g, a) => g.Map(name, a.Tensor("left"), a.Tensor("right")))),
        new("LeakyRelu", (g, a) => g.Apply(new Elementwise("LeakyRelu", a.Has("slope") ? a.Float("slope") : 0.01f), a.Tensor("x"))),
        new("Elu", (g, a) => g.Apply(new Elementwise("Elu", a.Has("alpha") ? a.Float("alpha") : 1f), a.Tensor("x"))),
    ];

    public static Value Map(this GraphBuilder graph, string function, params Value[] operands) =>
        graph.Apply(new Elementwise(function), operands);

    public static Value Add(this GraphBuilder graph, Value left, Value right) => graph.Map("Add", left, right);

    public static Value Multiply(this GraphBuilder graph, Value left, Value right) => graph.Map("Multiply", left, right);
}
