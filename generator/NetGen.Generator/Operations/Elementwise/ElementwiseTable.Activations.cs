namespace NetGen.Generator.Operations.Elementwise;

/// <summary>The activations of the table.</summary>
internal static partial class ElementwiseTable
{
    private static ElementwiseFunction[] Activations =>
    [
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
        new("Selu", 1, (v, a, b) => b * (v[0] > 0 ? v[0] : a * Expm1(v[0])),
            "V.Broadcast({b}) * V.Select(V.Greater({0}, V.Zero), {0}, V.Broadcast({a}) * VectorMath.Expm1({0}))",
            "{b}·({0} > 0 ? {0} : {a}·(exp({0}) − 1))", d => [d.Map("SeluGradient", d.Dy, d.Y)]),
        // Below 0: b·a·exp(x) = y + b·a
        new("SeluGradient", 2, (v, a, b) => v[0] * (v[1] > 0 ? b : v[1] + (b * a)),
            "{0} * V.Select(V.Greater({1}, V.Zero), V.Broadcast({b}), {1} + V.Broadcast({b} * {a}))", "{0}·({1} > 0 ? {b} : {1} + {b}·{a})", Once),
        new("Celu", 1, (v, a) => v[0] > 0 ? v[0] : a * Expm1(v[0] / a),
            "V.Select(V.Greater({0}, V.Zero), {0}, V.Broadcast({a}) * VectorMath.Expm1({0} / V.Broadcast({a})))",
            "{0} > 0 ? {0} : {a}·(exp({0}/{a}) − 1)", d => [d.Map("CeluGradient", d.Dy, d.Y)]),
        // Below 0: exp(x/a) = 1 + y/a
        new("CeluGradient", 2, (v, a) => v[1] > 0 ? v[0] : v[0] * (1 + (v[1] / a)),
            "V.Select(V.Greater({1}, V.Zero), {0}, {0} * (V.Broadcast(1f) + {1} / V.Broadcast({a})))", "{1} > 0 ? {0} : {0}·(1 + {1}/{a})", Once),
        new("PRelu", 2, (v, _) => v[0] > 0 ? v[0] : v[1] * v[0], "V.Select(V.Greater({0}, V.Zero), {0}, {0} * {1})", "{0} > 0 ? {0} : {1}·{0}",
            d => [d.Map("Multiply", d.Dy, d.Map("PReluSlope", d.X, d.Right)), d.Map("Multiply", d.Dy, d.Map("NegativePart", d.X))]),
        new("PReluSlope", 2, (v, _) => v[0] > 0 ? 1 : v[1], "V.Select(V.Greater({0}, V.Zero), V.Broadcast(1f), {1})", "{0} > 0 ? 1 : {1}", Once),
        new("NegativePart", 1, (v, _) => Math.Min(v[0], 0), "V.Min({0}, V.Zero)", "min({0}, 0)", Once),
        new("ThresholdedRelu", 1, (v, a) => v[0] <= a ? 0 : v[0], "V.Select(V.GreaterOrEqual(V.Broadcast({a}), {0}), V.Zero, {0})", "{0} ≤ {a} ? 0 : {0}",
            d => [d.Map("ThresholdedReluGradient", d.Dy, d.X)]),
        new("ThresholdedReluGradient", 2, (v, a) => v[1] > a ? v[0] : 0, "V.Select(V.Greater({1}, V.Broadcast({a})), {0}, V.Zero)",
            "{1} > {a} ? {0} : 0", Once),
        // Towards 0 by b, and 0 where |x| ≤ a: soft where a = b, hard where b = 0.
        new("Shrink", 1, (v, a, b) => Math.Abs(v[0]) <= a ? 0 : v[0] > 0 ? v[0] - b : v[0] + b,
            "V.Select(V.GreaterOrEqual(V.Broadcast({a}), V.Abs({0})), V.Zero, "
            + "V.Select(V.Greater({0}, V.Zero), {0} - V.Broadcast({b}), {0} + V.Broadcast({b})))",
            "|{0}| ≤ {a} ? 0 : {0} − {b}·sign({0})", d => [d.Map("ShrinkGradient", d.Dy, d.X)]),
        new("ShrinkGradient", 2, (v, a) => Math.Abs(v[1]) > a ? v[0] : 0, "V.Select(V.Greater(V.Abs({1}), V.Broadcast({a})), {0}, V.Zero)",
            "|{1}| > {a} ? {0} : 0", Once),
        // Clamp, but with the derivative 0 at the bounds, as PyTorch has it for this name; so the result tells where it is.
        new("HardTanh", 1, (v, a, b) => Math.Max(a, Math.Min(b, v[0])), "V.Max(V.Min({0}, V.Broadcast({b})), V.Broadcast({a}))",
            "clamp({0}, {a}, {b})", d => [d.Map("HardTanhGradient", d.Dy, d.Y)]),
        new("HardTanhGradient", 2, (v, a, b) => v[1] > a && v[1] < b ? v[0] : 0,
            "V.Select(V.And(V.Greater({1}, V.Broadcast({a})), V.Greater(V.Broadcast({b}), {1})), {0}, V.Zero)", "{a} < {1} < {b} ? {0} : 0", Once),
        new("HardSigmoid", 1, (v, a, b) => Math.Max(0, Math.Min(1, (a * v[0]) + b)),
            "V.Max(V.Min({0} * V.Broadcast({a}) + V.Broadcast({b}), V.Broadcast(1f)), V.Zero)", "clamp({a}·{0} + {b}, 0, 1)",
            d => [d.Map("HardSigmoidGradient", d.Dy, d.Y)]),
        new("HardSigmoidGradient", 2, (v, a) => v[1] > 0 && v[1] < 1 ? a * v[0] : 0,
            "V.Select(V.And(V.Greater({1}, V.Zero), V.Greater(V.Broadcast(1f), {1})), {0} * V.Broadcast({a}), V.Zero)", "0 < {1} < 1 ? {a}·{0} : 0", Once),
        new("HardSwish", 1, (v, _) => v[0] * Math.Max(0, Math.Min(1, (v[0] / 6) + 0.5)),
            "{0} * V.Max(V.Min({0} * V.Broadcast(1f / 6f) + V.Broadcast(0.5f), V.Broadcast(1f)), V.Zero)", "{0}·clamp({0}/6 + ½, 0, 1)",
            d => [d.Map("Multiply", d.Dy, d.Map("HardSwishDerivative", d.X))]),
        new("HardSwishDerivative", 1, (v, _) => v[0] <= -3 ? 0 : v[0] >= 3 ? 1 : (v[0] / 3) + 0.5,
            "V.Select(V.GreaterOrEqual(V.Broadcast(-3f), {0}), V.Zero, "
            + "V.Select(V.GreaterOrEqual({0}, V.Broadcast(3f)), V.Broadcast(1f), {0} * V.Broadcast(1f / 3f) + V.Broadcast(0.5f)))",
            "{0} ≤ −3 ? 0 : {0} ≥ 3 ? 1 : {0}/3 + ½", Once),
        new("Softsign", 1, (v, _) => v[0] / (1 + Math.Abs(v[0])), "{0} / (V.Broadcast(1f) + V.Abs({0}))", "{0} / (1 + |{0}|)",
            d => [d.Map("SoftsignGradient", d.Dy, d.X)]),
        new("SoftsignGradient", 2, (v, _) => v[0] / ((1 + Math.Abs(v[1])) * (1 + Math.Abs(v[1]))),
            "{0} / ((V.Broadcast(1f) + V.Abs({1})) * (V.Broadcast(1f) + V.Abs({1})))", "{0} / (1 + |{1}|)²", Once),
        new("LogSigmoid", 1, (v, _) => Math.Min(v[0], 0) - Log1P(Math.Exp(-Math.Abs(v[0]))), "-VectorMath.Softplus(-{0})", "log(σ({0}))",
            d => [d.Map("Multiply", d.Dy, d.Map("Sigmoid", d.Map("Negate", d.X)))]),
        new("Tanhshrink", 1, (v, _) => v[0] - Math.Tanh(v[0]), "{0} - VectorMath.Tanh({0})", "{0} − tanh({0})",
            d => [d.Map("Multiply", d.Dy, d.Map("Square", d.Map("Tanh", d.X)))]),
        // x·σ(2u) = x/2·(1 + tanh u) with u = √(2/π)·(x + 0.044715·x³)
        new("GeluTanh", 1, (v, _) => v[0] / (1 + Math.Exp(-GeluTanhPower(v[0]))),
            "{0} * VectorMath.Sigmoid({0} * (V.Broadcast(1.5957691f) + V.Broadcast(0.071354816f) * {0} * {0}))", "{0}·σ(1.5958·({0} + 0.044715·{0}³))",
            d => [d.Map("Multiply", d.Dy, d.Map("GeluTanhDerivative", d.X))]),
        // σ(z)·(1 + x·z′·(1 − σ(z))); where |x| > 100 σ(z) is 0 or 1 for all that floats know, and x² need not overflow.
        new("GeluTanhDerivative", 1, (v, _) => GeluTanhDerivative(v[0]),
            "VectorMath.Sigmoid({0} * (V.Broadcast(1.5957691f) + V.Broadcast(0.071354816f) * V.Min({0} * {0}, V.Broadcast(1e4f)))) * (V.Broadcast(1f) + "
            + "{0} * (V.Broadcast(1.5957691f) + V.Broadcast(0.21406445f) * V.Min({0} * {0}, V.Broadcast(1e4f))) * "
            + "VectorMath.Sigmoid(-{0} * (V.Broadcast(1.5957691f) + V.Broadcast(0.071354816f) * V.Min({0} * {0}, V.Broadcast(1e4f)))))",
            "d/d{0} {0}·σ(1.5958·({0} + 0.044715·{0}³))", Once),
        new("Mish", 1, (v, _) => v[0] * Math.Tanh(Math.Max(v[0], 0) + Log1P(Math.Exp(-Math.Abs(v[0])))), "VectorMath.Mish({0})",
            "{0}·tanh(log(1 + exp({0})))", d => [d.Map("Multiply", d.Dy, d.Map("MishDerivative", d.X))]),
        new("MishDerivative", 1, (v, _) => MishDerivative(v[0]), "VectorMath.MishDerivative({0})", "d/d{0} {0}·tanh(log(1 + exp({0})))", Once),
    ];

    private static double GeluTanhPower(double x) => 2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double GeluTanhDerivative(double x)
    {
        var (sigma, rest) = (1 / (1 + Math.Exp(-GeluTanhPower(x))), 1 / (1 + Math.Exp(GeluTanhPower(x))));
        return sigma * (1 + (x * 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)) * rest));
    }

    /// <summary>t + x·(1 − t²)·σ(x) with t = tanh(log(1 + eˣ))</summary>
    private static double MishDerivative(double x)
    {
        var t = Math.Tanh(Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))));
        return t + (x * (1 - (t * t)) / (1 + Math.Exp(-x)));
    }
}
