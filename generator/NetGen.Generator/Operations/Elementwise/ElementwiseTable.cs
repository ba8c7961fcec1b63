using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// Every function applied element by element, its derivative beside it. The derivative says what it needs kept: a rule that reads only y
/// (relu, sigmoid, tanh) lets the memory of x go.
/// </summary>
internal static class ElementwiseTable
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

        // Activations.
        new("Relu", 1, (v, _) => v[0] > 0 || double.IsNaN(v[0]) ? v[0] : 0, "V.Max({0}, V.Zero)", "max({0}, 0)",
            d => [d.Map("ReluGradient", d.Dy, d.Y)]),
        new("ReluGradient", 2, (v, _) => v[1] > 0 ? v[0] : 0, "V.Select(V.Greater({1}, V.Zero), {0}, V.Zero)", "{1} > 0 ? {0} : 0",
            d => [d.Map("ReluGradient", d.Dy, d.Right), null]),
        new("DroppedReluGradient", 2, (v, a) => v[1] > 0 ? a * v[0] : 0,
            "V.Select(V.Greater({1}, V.Zero), {0} * V.Broadcast({a}), V.Zero)", "{1} > 0 ? {a}·{0} : 0", Once),
        new("LeakyRelu", 1, (v, a) => v[0] > 0 ? v[0] : a * v[0],
            "V.Select(V.Greater({0}, V.Zero), {0}, {0} * V.Broadcast({a}))", "{0} > 0 ? {0} : {a}·{0}",
            d => [d.Map("LeakyReluGradient", d.Dy, d.X)]),
        new("LeakyReluGradient", 2, (v, a) => v[1] > 0 ? v[0] : a * v[0],
            "V.Select(V.Greater({1}, V.Zero), {0}, {0} * V.Broadcast({a}))", "{1} > 0 ? {0} : {a}·{0}",
            d => [d.Map("LeakyReluGradient", d.Dy, d.Right), null]),
        new("Elu", 1, (v, a) => v[0] > 0 ? v[0] : a * (Math.Exp(v[0]) - 1),
            "V.Select(V.Greater({0}, V.Zero), {0}, V.Broadcast({a}) * VectorMath.Expm1({0}))", "{0} > 0 ? {0} : {a}·(exp({0}) − 1)",
            d => [d.Map("EluGradient", d.Dy, d.X)]),
        new("EluGradient", 2, (v, a) => v[1] > 0 ? v[0] : a * Math.Exp(v[1]) * v[0],
            "V.Select(V.Greater({1}, V.Zero), {0}, {0} * V.Broadcast({a}) * VectorMath.Exp(V.Min({1}, V.Zero)))",
            "{1} > 0 ? {0} : {a}·exp({1})·{0}", Once),
        new("Sigmoid", 1, (v, _) => 1 / (1 + Math.Exp(-v[0])), "VectorMath.Sigmoid({0})", "σ({0})",
            d => [d.Map("SigmoidGradient", d.Dy, d.Y)]),
        new("SigmoidGradient", 2, (v, _) => v[0] * v[1] * (1 - v[1]), "{0} * {1} * (V.Broadcast(1f) - {1})", "{0}·{1}·(1 − {1})", Once),
        new("Tanh", 1, (v, _) => Math.Tanh(v[0]), "VectorMath.Tanh({0})", "tanh({0})", d => [d.Map("TanhGradient", d.Dy, d.Y)]),
        new("TanhGradient", 2, (v, _) => v[0] * (1 - (v[1] * v[1])), "{0} * (V.Broadcast(1f) - {1} * {1})", "{0}·(1 − {1}²)", Once),
        new("Softplus", 1, (v, _) => Math.Max(v[0], 0) + Log1P(Math.Exp(-Math.Abs(v[0]))), "VectorMath.Softplus({0})", "log(1 + exp({0}))",
            d => [d.Map("Multiply", d.Dy, d.Map("Sigmoid", d.X))]),
        new("Gelu", 1, (v, _) => v[0] * NormalCdf(v[0]),
            "{0} * V.Broadcast(0.5f) * (V.Broadcast(1f) + VectorMath.Erf({0} * V.Broadcast(0.70710678f)))", "{0}·Φ({0})",
            d => [d.Map("Multiply", d.Dy, d.Map("GeluDerivative", d.X))]),
        // d/dx x·Φ(x) = Φ(x) + x·φ(x)
        new("GeluDerivative", 1, (v, _) => NormalCdf(v[0]) + (v[0] * Math.Exp(-0.5 * v[0] * v[0]) / Math.Sqrt(2 * Math.PI)),
            "V.Broadcast(0.5f) * (V.Broadcast(1f) + VectorMath.Erf({0} * V.Broadcast(0.70710678f))) + {0} * V.Broadcast(0.39894228f) * VectorMath.Exp({0} * {0} * V.Broadcast(-0.5f))",
            "Φ({0}) + {0}·φ({0})", Once),
        new("Silu", 1, (v, _) => v[0] / (1 + Math.Exp(-v[0])), "{0} * VectorMath.Sigmoid({0})", "{0}·σ({0})",
            d => [d.Map("Multiply", d.Dy, d.Map("SiluDerivative", d.X))]),
        // d/dx x·σ(x) = σ(x)·(1 + x·(1 − σ(x)))
        new("SiluDerivative", 1, (v, _) => (1 + (v[0] * (1 - (1 / (1 + Math.Exp(-v[0])))))) / (1 + Math.Exp(-v[0])),
            "VectorMath.Sigmoid({0}) * (V.Broadcast(1f) + {0} * (V.Broadcast(1f) - VectorMath.Sigmoid({0})))",
            "σ({0})·(1 + {0}·(1 − σ({0})))", Once),

        // Functions.
        new("Exp", 1, (v, _) => Math.Exp(v[0]), "VectorMath.Exp({0})", "exp({0})", d => [d.Map("Multiply", d.Dy, d.Y)]),
        new("Log", 1, (v, _) => Math.Log(v[0]), "VectorMath.Log({0})", "log({0})", d => [d.Map("Divide", d.Dy, d.X)]),
        new("Sqrt", 1, (v, _) => Math.Sqrt(v[0]), "V.Sqrt({0})", "√{0}", d => [d.Map("SqrtGradient", d.Dy, d.Y)]),
        new("SqrtGradient", 2, (v, _) => 0.5 * v[0] / v[1], "V.Broadcast(0.5f) * {0} / {1}", "{0} / (2·{1})", Once),
        new("Square", 1, (v, _) => v[0] * v[0], "{0} * {0}", "{0}²", d => [d.Map("SquareGradient", d.Dy, d.X)]),
        new("SquareGradient", 2, (v, _) => 2 * v[0] * v[1], "V.Broadcast(2f) * {0} * {1}", "2·{0}·{1}", Once),
        new("Abs", 1, (v, _) => Math.Abs(v[0]), "V.Abs({0})", "|{0}|", d => [d.Map("AbsGradient", d.Dy, d.X)]),
        // The subgradient at 0 is 0, as PyTorch's.
        new("AbsGradient", 2, (v, _) => v[1] > 0 ? v[0] : v[1] < 0 ? -v[0] : 0,
            "V.Select(V.Greater({1}, V.Zero), {0}, V.Select(V.Greater(V.Zero, {1}), -{0}, V.Zero))", "{0}·sign({1})", Once),
        new("Huber", 1, (v, a) => Math.Abs(v[0]) <= a ? 0.5 * v[0] * v[0] : a * (Math.Abs(v[0]) - (0.5 * a)),
            "V.Select(V.GreaterOrEqual(V.Broadcast({a}), V.Abs({0})), V.Broadcast(0.5f) * {0} * {0}, V.Broadcast({a}) * (V.Abs({0}) - V.Broadcast(0.5f * {a})))",
            "|{0}| ≤ {a} ? {0}²/2 : {a}·(|{0}| − {a}/2)", d => [d.Map("Multiply", d.Dy, d.Map("Clamp", d.X))]),
        new("Clamp", 1, (v, a) => Math.Max(-a, Math.Min(a, v[0])), "V.Max(V.Broadcast(-{a}), V.Min(V.Broadcast({a}), {0}))",
            "clamp({0}, ±{a})", Once),

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

    /// <summary>Second derivatives are not taken: gradients of gradients are outside the language, and one that is asked for is not 0.</summary>
    private static Value?[] Once(ElementwiseBackward d) => throw Operation.NoGradientOf(d.Graph.Nodes[d.Y.Id]);

    private static double Log1P(double x) => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x);

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
