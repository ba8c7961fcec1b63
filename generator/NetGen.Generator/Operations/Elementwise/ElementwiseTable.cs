using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// Every function applied element by element, its derivative beside it. The derivative says what it needs kept: a rule that reads only y
/// (relu, sigmoid, tanh) lets the memory of x go.
/// </summary>
internal static partial class ElementwiseTable
{
    private static readonly ElementwiseFunction[] Rows =
    [
        // The four rules of arithmetic. Gradients of broadcast operands are summed back by Elementwise.Backward.
        new("Add", 2, (v, _) => v[0] + v[1], "{0} + {1}", "{0} + {1}", d => [d.Dy, d.Dy]),
        new("Subtract", 2, (v, _) => v[0] - v[1], "{0} - {1}", "{0} - {1}", d => [d.Dy, d.Map("Negate", d.Dy)]),
        new("Multiply", 2, (v, _) => v[0] * v[1], "{0} * {1}", "{0} · {1}",
            d => [d.Map("Multiply", d.Dy, d.Right), d.Map("Multiply", d.Dy, d.X)]),
        new("Divide", 2, (v, _) => v[0] / v[1], "{0} / {1}", "{0} / {1}",
            d => [d.Map("Divide", d.Dy, d.Right), d.Map("Negate", d.Map("Divide", d.Map("Multiply", d.Dy, d.Y), d.Right))]),
        new("Negate", 1, (v, _) => -v[0], "-{0}", "−{0}", d => [d.Map("Negate", d.Dy)]),

        .. Activations,

        // Functions.
        new("Exp", 1, (v, _) => Math.Exp(v[0]), "VectorMath.Exp({0})", "exp({0})", d => [d.Map("Multiply", d.Dy, d.Y)]),
        new("Log", 1, (v, _) => Math.Log(v[0]), "VectorMath.Log({0})", "log({0})", d => [d.Map("Divide", d.Dy, d.X)]),
        // The angle of (x, y), y being the first; its slopes are x/(x² + y²) and −y/(x² + y²).
        new("Atan2", 2, (v, _) => Math.Atan2(v[0], v[1]), "VectorMath.Atan2({0}, {1})", "atan2({0}, {1})",
            d => [d.Map("Multiply", d.Dy, d.Map("Atan2Derivative", d.Right, d.X)), d.Map("Multiply", d.Dy, d.Map("Negate", d.Map("Atan2Derivative", d.X, d.Right)))]),
        new("Atan2Derivative", 2, (v, _) => v[0] / ((v[0] * v[0]) + (v[1] * v[1])), "VectorMath.Atan2Derivative({0}, {1})", "{0} / ({0}² + {1}²)", Once),
        new("Sqrt", 1, (v, _) => Math.Sqrt(v[0]), "V.Sqrt({0})", "√{0}", d => [d.Map("SqrtGradient", d.Dy, d.Y)]),
        new("SqrtGradient", 2, (v, _) => 0.5 * v[0] / v[1], "V.Broadcast(0.5f) * {0} / {1}", "{0} / (2·{1})", Once),
        new("Square", 1, (v, _) => v[0] * v[0], "{0} * {0}", "{0}²", d => [d.Map("SquareGradient", d.Dy, d.X)]),
        // x^b; where b is 0 nothing flows to x, where x is 0 nothing to b, as in PyTorch.
        new("Pow", 2, (v, _) => Math.Pow(v[0], v[1]), "VectorMath.Pow({0}, {1})", "{0}^{1}",
            d => [d.Map("Multiply", d.Dy, d.Map("PowDerivative", d.X, d.Right, d.Y)), d.Map("Multiply", d.Dy, d.Map("PowLog", d.X, d.Y))]),
        // b·x^(b − 1) = b·y/x of y = x^b
        new("PowDerivative", 3, (v, _) => v[1] == 0 ? 0 : v[0] != 0 ? v[1] * v[2] / v[0] : v[1] > 1 ? 0 : v[1] == 1 ? 1 : v[1] * double.PositiveInfinity,
            "V.Select(V.Equal({1}, V.Zero), V.Zero, V.Select(V.Equal({0}, V.Zero), V.Select(V.Greater({1}, V.Broadcast(1f)), V.Zero, "
            + "V.Select(V.Equal({1}, V.Broadcast(1f)), V.Broadcast(1f), {1} * V.Broadcast(float.PositiveInfinity))), {1} * {2} / {0}))",
            "{1}·{2}/{0}", Once),
        new("PowLog", 2, (v, _) => v[0] == 0 && Math.Abs(v[1]) < double.PositiveInfinity ? 0 : v[1] * Math.Log(v[0]),
            "V.Select(V.And(V.Equal({0}, V.Zero), V.Greater(V.Broadcast(float.PositiveInfinity), V.Abs({1}))), V.Zero, {1} * VectorMath.Log({0}))",
            "{1}·log({0})", Once),
        new("SquareGradient", 2, (v, _) => 2 * v[0] * v[1], "V.Broadcast(2f) * {0} * {1}", "2·{0}·{1}", Once),
        new("Abs", 1, (v, _) => Math.Abs(v[0]), "V.Abs({0})", "|{0}|", d => [d.Map("AbsGradient", d.Dy, d.X)]),
        // The subgradient at 0 is 0, as PyTorch's.
        new("AbsGradient", 2, (v, _) => v[1] > 0 ? v[0] : v[1] < 0 ? -v[0] : 0,
            "V.Select(V.Greater({1}, V.Zero), {0}, V.Select(V.Greater(V.Zero, {1}), -{0}, V.Zero))", "{0}·sign({1})", Once),
        new("Expm1", 1, (v, _) => Expm1(v[0]), "VectorMath.Expm1({0})", "exp({0}) − 1", d => [d.Map("Expm1Gradient", d.Dy, d.Y)]),
        new("Expm1Gradient", 2, (v, _) => v[0] * (1 + v[1]), "{0} * (V.Broadcast(1f) + {1})", "{0}·(1 + {1})", Once),
        new("Log1P", 1, (v, _) => Log1P(v[0]), "VectorMath.Log1P({0})", "log(1 + {0})", d => [d.Map("Log1PGradient", d.Dy, d.X)]),
        new("Log1PGradient", 2, (v, _) => v[0] / (1 + v[1]), "{0} / (V.Broadcast(1f) + {1})", "{0} / (1 + {1})", Once),
        new("Sin", 1, (v, _) => Math.Sin(v[0]), "VectorMath.Sin({0})", "sin({0})", d => [d.Map("Multiply", d.Dy, d.Map("Cos", d.X))]),
        new("Cos", 1, (v, _) => Math.Cos(v[0]), "VectorMath.Cos({0})", "cos({0})", d => [d.Map("Negate", d.Map("Multiply", d.Dy, d.Map("Sin", d.X)))]),
        new("Erf", 1, (v, _) => Erf(v[0]), "VectorMath.Erf({0})", "erf({0})", d => [d.Map("Multiply", d.Dy, d.Map("ErfDerivative", d.X))]),
        new("ErfDerivative", 1, (v, _) => 2 / Math.Sqrt(Math.PI) * Math.Exp(-v[0] * v[0]),
            "V.Broadcast(1.1283792f) * VectorMath.Exp(-({0} * {0}))", "2/√π·exp(−{0}²)", Once),
        // Constant between their steps, so nothing flows through them.
        new("Sign", 1, (v, _) => v[0] > 0 ? 1 : v[0] < 0 ? -1 : v[0],
            "V.Select(V.Greater({0}, V.Zero), V.Broadcast(1f), V.Select(V.Greater(V.Zero, {0}), V.Broadcast(-1f), {0}))", "sign({0})", _ => [null]),
        new("Floor", 1, (v, _) => Math.Floor(v[0]), "V.Floor({0})", "⌊{0}⌋", _ => [null]),
        new("Ceiling", 1, (v, _) => Math.Ceiling(v[0]), "-V.Floor(-{0})", "⌈{0}⌉", _ => [null]),
        new("Round", 1, (v, _) => Math.Round(v[0]), "V.Round({0})", "round({0})", _ => [null]),
        new("Maximum", 2, (v, _) => Math.Max(v[0], v[1]), "V.Max({0}, {1})", "max({0}, {1})",
            d => [d.Map("Multiply", d.Dy, d.Map("ShareOfLarger", d.X, d.Right)), d.Map("Multiply", d.Dy, d.Map("ShareOfLarger", d.Right, d.X))]),
        new("Minimum", 2, (v, _) => Math.Min(v[0], v[1]), "V.Min({0}, {1})", "min({0}, {1})",
            d => [d.Map("Multiply", d.Dy, d.Map("ShareOfLarger", d.Right, d.X)), d.Map("Multiply", d.Dy, d.Map("ShareOfLarger", d.X, d.Right))]),
        // Equal operands share the gradient, as PyTorch's do.
        new("ShareOfLarger", 2, (v, _) => v[0] > v[1] ? 1 : v[0] == v[1] ? 0.5 : 0,
            "V.Select(V.Greater({0}, {1}), V.Broadcast(1f), V.Select(V.Equal({0}, {1}), V.Broadcast(0.5f), V.Zero))",
            "{0} > {1} ? 1 : {0} = {1} ? ½ : 0", Once),
        new("StopGradient", 1, (v, _) => v[0], "{0}", "{0}", _ => [null]),
        // Masks: 1 where it holds, 0 elsewhere and where an operand is NaN, except that NaN differs from everything. Nothing flows through
        // a comparison.
        new("Greater", 2, (v, _) => v[0] > v[1] ? 1 : 0, "V.Select(V.Greater({0}, {1}), V.Broadcast(1f), V.Zero)", "{0} > {1}", _ => [null, null]),
        new("GreaterOrEqual", 2, (v, _) => v[0] >= v[1] ? 1 : 0,
            "V.Select(V.GreaterOrEqual({0}, {1}), V.Broadcast(1f), V.Zero)", "{0} ≥ {1}", _ => [null, null]),
        new("Equal", 2, (v, _) => v[0] == v[1] ? 1 : 0, "V.Select(V.Equal({0}, {1}), V.Broadcast(1f), V.Zero)", "{0} = {1}", _ => [null, null]),
        new("NotEqual", 2, (v, _) => v[0] != v[1] ? 1 : 0, "V.Select(V.Equal({0}, {1}), V.Zero, V.Broadcast(1f))", "{0} ≠ {1}", _ => [null, null]),
        // What is not chosen is not computed with: it may be NaN or infinite, and its gradient is 0.
        new("Where", 3, (v, _) => v[0] != 0 ? v[1] : v[2], "V.Select(V.Equal({0}, V.Zero), {2}, {1})", "{0} ≠ 0 ? {1} : {2}",
            d => [null, d.Map("Where", d.X, d.Dy, d.Graph.Constant(0)), d.Map("Where", d.X, d.Graph.Constant(0), d.Dy)]),
        // What Huber's derivative is made of; of the language's the derivative is 1 at the bounds too, as PyTorch's.
        new("Clamp", 1, (v, a, b) => Math.Max(a, Math.Min(b, v[0])), "V.Max(V.Min({0}, V.Broadcast({b})), V.Broadcast({a}))",
            "clamp({0}, {a}, {b})", d => [d.Map("ClampGradient", d.Dy, d.X)]),
        new("ClampGradient", 2, (v, a, b) => v[1] >= a && v[1] <= b ? v[0] : 0,
            "V.Select(V.And(V.GreaterOrEqual({1}, V.Broadcast({a})), V.GreaterOrEqual(V.Broadcast({b}), {1})), {0}, V.Zero)",
            "{a} ≤ {1} ≤ {b} ? {0} : 0", Once),
        new("Huber", 1, (v, a) => Math.Abs(v[0]) <= a ? 0.5 * v[0] * v[0] : a * (Math.Abs(v[0]) - (0.5 * a)),
            "V.Select(V.GreaterOrEqual(V.Broadcast({a}), V.Abs({0})), V.Broadcast(0.5f) * {0} * {0}, V.Broadcast({a}) * (V.Abs({0}) - V.Broadcast(0.5f * {a})))",
            "|{0}| ≤ {a} ? {0}²/2 : {a}·(|{0}| − {a}/2)", d => [d.Map("Multiply", d.Dy, d.Map("Clamp", -d.Alpha, d.Alpha, d.X))]),

        new("LogCosh", 1, (v, _) => Math.Abs(v[0]) + Log1P(Math.Exp(-2 * Math.Abs(v[0]))) - Math.Log(2), "VectorMath.LogCosh({0})", "log(cosh({0}))",
            d => [d.Map("Multiply", d.Dy, d.Map("Tanh", d.X))]),
        // (1 − p)^a · l of a loss l = −log p, which rounding may have made a little negative.
        new("Focal", 1, (v, a) => Math.Pow(Math.Max(-Expm1(-v[0]), 0), a) * v[0],
            "VectorMath.Pow(V.Max(-VectorMath.Expm1(-{0}), V.Zero), V.Broadcast({a})) * {0}", "(1 − exp(−{0}))^{a}·{0}",
            d => [d.Map("Multiply", d.Dy, d.Map("FocalDerivative", d.Alpha, 0, d.X))]),
        // u^a·(1 + a·exp(−l)·l/u) with u = 1 − exp(−l), and l/u = 1 at 0
        new("FocalDerivative", 1, (v, a) => FocalDerivative(v[0], a), "VectorMath.FocalDerivative({0}, V.Broadcast({a}))",
            "d/d{0} (1 − exp(−{0}))^{a}·{0}", Once),

        // 1 where a logit and a 0/1 target are on the same side: what the accuracy of a binary classifier counts. NaN is on neither.
        new("Agrees", 2, (v, _) => v[0] > 0 ? v[1] > 0.5 ? 1 : 0 : v[0] <= 0 && v[1] <= 0.5 ? 1 : 0,
            "V.Select(V.Or(V.And(V.Greater({0}, V.Zero), V.Greater({1}, V.Broadcast(0.5f))), "
            + "V.And(V.GreaterOrEqual(V.Zero, {0}), V.GreaterOrEqual(V.Broadcast(0.5f), {1}))), V.Broadcast(1f), V.Zero)",
            "({0} > 0) = ({1} > ½)", Once),
        // A computed target of a loss that takes shares from 0 to a: others have no least loss. What is beside them by rounding is taken.
        new("Target", 1, (v, a) => v[0] >= -1e-5 && v[0] <= a + 1e-5 ? v[0] : double.NaN,
            "V.Select(V.And(V.GreaterOrEqual({0}, V.Broadcast(-1e-5f)), V.GreaterOrEqual(V.Broadcast({a} + 1e-5f), {0})), {0}, V.Broadcast(float.NaN))",
            "0 ≤ {0} ≤ {a} ? {0} : NaN", d => [d.Dy]),
    ];

    public static IReadOnlyDictionary<string, ElementwiseFunction> Functions { get; } = Rows.ToDictionary(r => r.Name);

    /// <summary>
    /// Second derivatives are not taken: gradients of gradients are outside the language, and one that is asked for is not 0.
    /// </summary>
    private static Value?[] Once(ElementwiseBackward d) => throw Operation.NoGradientOf(d.Graph.Nodes[d.Y.Id]);

    private static double FocalDerivative(double loss, double gamma)
    {
        var u = Math.Max(-Expm1(-loss), 0);
        return Math.Pow(u, gamma) * (1 + (gamma * Math.Exp(-Math.Max(loss, 0)) * (u > 0 ? Math.Min(loss, 100) / u : 1)));
    }

    private static double Log1P(double x) => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x);

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;

    /// <summary>Φ by the complementary error function's continued series; accurate to about 1e-15 over the range of floats.</summary>
    private static double NormalCdf(double x)
    {
        var z = x / Math.Sqrt(2);
        return 0.5 * (1 + Erf(z));
    }

    private static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (double.IsNaN(x))
            return x;
        if (a > 6)
            return Math.Sign(x);
        if (a < 3)
        {
            // erf(x) = 2/√π · e^(−x²) · Σ 2^n x^(2n+1) / (2n+1)!! (all terms positive, so nothing cancels)
            double term = a, sum = a;
            for (var n = 1; n < 200 && term > sum * 1e-17; n++)
            {
                term *= 2 * a * a / ((2 * n) + 1);
                sum += term;
            }
            return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * Math.Exp(-a * a) * sum;
        }
        // erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …))))
        double fraction = a;
        for (var k = 80; k >= 1; k--)
            fraction = a + (k / 2.0 / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-a * a) / Math.Sqrt(Math.PI) / fraction));
    }
}
