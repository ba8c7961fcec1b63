using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>The elementwise functions of NetGen.Ops and the operators of Tensor.</summary>
internal static class ElementwiseFunctions
{
    private static readonly string[] Unary =
    [
        "Relu", "Sigmoid", "Tanh", "Silu", "Mish", "HardSwish", "Softsign", "LogSigmoid", "Tanhshrink",
        "Exp", "Expm1", "Log", "Log1P", "Erf", "Sin", "Cos", "Sqrt", "Square", "Abs", "Sign", "Floor", "Ceiling", "Round", "Negate", "StopGradient",
    ];

    private static readonly string[] Binary = ["Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum", "Greater", "GreaterOrEqual", "Equal", "NotEqual"];

    public static IEnumerable<TensorFunction> All { get; } =
    [
        .. Unary.Select(name => new TensorFunction(name, (g, a) => g.Map(name, a.Tensor("x")))),
        .. Binary.Select(name => new TensorFunction(name, (g, a) => g.Map(name, a.Tensor("left"), a.Tensor("right")))),
        new("Pow", Pow),
        new("Less", (g, a) => g.Map("Greater", a.Tensor("right"), a.Tensor("left"))),
        new("LessOrEqual", (g, a) => g.Map("GreaterOrEqual", a.Tensor("right"), a.Tensor("left"))),
        new("Where", (g, a) => g.Map("Where", a.Tensor("mask"), a.Tensor("ifTrue"), a.Tensor("ifFalse"))),
        new("Tan", (g, a) => g.Map("Divide", g.Map("Sin", a.Tensor("x")), g.Map("Cos", a.Tensor("x")))),
        new("Atan2", (g, a) => g.Map("Atan2", a.NumberTensor("Atan2", "y"), a.NumberTensor("Atan2", "x"))),
        new("Atan", (g, a) => g.Map("Atan2", a.Tensor("x"), g.Constant(1))),
        new("Reciprocal", (g, a) => g.Map("Divide", g.Constant(1), a.Tensor("x"))),
        new("Rsqrt", (g, a) => g.Map("Divide", g.Constant(1), g.Map("Sqrt", a.Tensor("x")))),
        new("Glu", Glu),
        new("LeakyRelu", (g, a) => g.Map("LeakyRelu", a.FiniteOr("slope", 0.01f), 0, a)),
        new("Elu", (g, a) => g.Map("Elu", a.FiniteOr("alpha", 1f), 0, a)),
        // The two constants for which activations keep mean 0 and variance 1 (Klambauer et al. 2017).
        new("Selu", (g, a) => g.Map("Selu", a.FiniteOr("alpha", 1.6732632f), a.FiniteOr("scale", 1.050701f), a)),
        new("Celu", (g, a) => g.Map("Celu", a.Above("alpha", 0, 1f), 0, a)),
        new("Gelu", (g, a) => g.Map(a.Has("approximate") && a.Bool("approximate") ? "GeluTanh" : "Gelu", 0, 0, a)),
        new("Softplus", Softplus),
        new("Relu6", (g, a) => g.Map("HardTanh", 0, 6, a)),
        new("HardTanh", (g, a) => Between(g, a, "HardTanh", -1, 1)),
        new("Clamp", (g, a) => Between(g, a, "Clamp", float.NegativeInfinity, float.PositiveInfinity)),
        new("HardSigmoid", (g, a) => g.Map("HardSigmoid", a.FiniteOr("slope", 1f / 6f), a.FiniteOr("offset", 0.5f), a)),
        new("ThresholdedRelu", (g, a) => g.Map("ThresholdedRelu", a.FiniteOr("theta", 1f), 0, a)),
        new("Softshrink", (g, a) => g.Map("Shrink", a.AtLeast("lambda", 0, 0.5f), a.AtLeast("lambda", 0, 0.5f), a)),
        new("Hardshrink", (g, a) => g.Map("Shrink", a.AtLeast("lambda", 0, 0.5f), 0, a)),
    ];

    /// <summary>a·σ(b) of the halves a and b of an axis.</summary>
    private static Value Glu(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Glu", "x");
        var axis = Axis.Resolve(arguments.Has("axis") ? arguments.Int("axis") : -1, x.Type, "axis");
        var half = x.Type.Dims[axis] / 2;
        return 2 * half == x.Type.Dims[axis]
            ? graph.Multiply(graph.Slice(x, axis, 0, half), graph.Map("Sigmoid", graph.Slice(x, axis, half, half)))
            : throw new LanguageException("NG0402", Text.Invariant($"Glu halves an axis; axis {axis} of {x.Type.Shape} has {x.Type.Dims[axis]} places."), "x");
    }

    /// <summary>1/β·log(1 + exp(β·x))</summary>
    private static Value Softplus(GraphBuilder graph, CallArguments arguments)
    {
        var beta = arguments.Above("beta", 0, 1f);
        var x = arguments.Tensor("x");
        return beta == 1f
            ? graph.Map("Softplus", x)
            : graph.Map("Divide", graph.Map("Softplus", graph.Multiply(x, graph.Constant(beta))), graph.Constant(beta));
    }

    /// <summary>Of some constant exponents there is a shorter way.</summary>
    private static Value Pow(GraphBuilder graph, CallArguments arguments)
    {
        var (x, exponent) = (arguments.Tensor("left"), arguments.Tensor("right"));
        return (graph.Nodes[exponent.Id].Operation as Leaves.Constant)?.Number switch
        {
            0.5f => graph.Map("Sqrt", x),
            1 => x,
            2 => graph.Map("Square", x),
            3 => graph.Multiply(graph.Map("Square", x), x),
            _ => graph.Map("Pow", x, exponent),
        };
    }

    private static Value Between(GraphBuilder graph, CallArguments arguments, string function, float min, float max)
    {
        (min, max) = (arguments.FloatOr("min", min), arguments.FloatOr("max", max));
        // Also where one of them is NaN.
        return min <= max
            ? graph.Map(function, min, max, arguments)
            : throw new LanguageException("NG0301", Text.Invariant($"'min' must not be above 'max'; they are {min} and {max}."), "min");
    }

    private static Value Map(this GraphBuilder graph, string function, float alpha, float beta, CallArguments arguments) =>
        graph.Apply(new Elementwise(function, alpha, beta), arguments.Tensor("x"));

    public static Value Map(this GraphBuilder graph, string function, params Value[] operands) =>
        graph.Apply(new Elementwise(function), operands);

    public static Value Add(this GraphBuilder graph, Value left, Value right) => graph.Map("Add", left, right);

    public static Value Multiply(this GraphBuilder graph, Value left, Value right) => graph.Map("Multiply", left, right);
}
