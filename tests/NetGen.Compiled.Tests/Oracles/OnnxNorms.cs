using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Normalization.</summary>
internal static class OnnxNorms
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["LayerNormalization"] = LayerNormalization,
        ["InstanceNormalization"] = c => Layer(
            c.Inputs[0].ToNhwc(), $"InstanceNorm({Epsilon(c)}, affine: true)", ("weight", c.Inputs[1]), ("bias", c.Inputs[2])).Then(y => y.ToNchw()),
        ["BatchNormalization"] = BatchNormalization,
        ["MeanVarianceNormalization"] = MeanVarianceNormalization,
        ["LRN"] = LocalResponseNormalization,
    };

    private static string Epsilon(OnnxCall call) => $"epsilon: {Number(call.Node.Float("epsilon", 1e-5))}";

    /// <summary>The second and third result are the mean and 1 / √(variance + epsilon), which the language says with reductions.</summary>
    private static OnnxNetwork LayerNormalization(OnnxCall call)
    {
        var (x, bias) = (call.Inputs[0], call.Optional(2));
        var axis = call.Axis(-1, x.Rank);
        var over = $"{Numbers(Enumerable.Range(axis, x.Rank - axis))}, keepDims: true";
        return Whole(x, name => $"layer({name})")
            .With($"LayerNorm({x.Rank - axis}, {Epsilon(call)})", ("weight", call.Inputs[1]), ("bias", bias))
            .And(Whole(x, name => $"Mean({name}, {over})"))
            .And(Whole(x, name => $"Rsqrt(Variance({name}, {over}) + {Number(call.Node.Float("epsilon", 1e-5))})"));
    }

    /// <summary>
    /// In training ONNX has the running statistics as further results: its momentum is 1 − ours, and its running variance is moved by the one
    /// that divides by n, where PyTorch's, and ours, divides by n − 1.
    /// </summary>
    private static OnnxNetwork BatchNormalization(OnnxCall call)
    {
        var (x, momentum) = (call.Inputs[0].ToNhwc(), 1 - call.Node.Float("momentum", 0.9));
        var layer = $"BatchNorm({Epsilon(call)}, momentum: {Number(momentum)})";
        (string, OnnxTensor?)[] weights =
            [("weight", call.Inputs[1]), ("bias", call.Inputs[2]), ("running_mean", call.Inputs[3]), ("running_var", call.Inputs[4])];
        if (!call.Is("training_mode"))
            return Layer(x, layer, weights).Then(y => y.ToNchw());
        var (before, n) = (call.Inputs[4], x.Values.Length / (double)x.Dims[^1]);
        var made = OnnxTraining.Layer(x, layer, weights);
        var y = made.Methods[0].Results[0];
        return (made with { Methods = [made.Methods[0] with { Results = [y with { Form = values => y.Form(values).ToNchw() }] }] }).With(
            new OnnxWeight("layer.running_mean", values => before with { Values = values }),
            new OnnxWeight("layer.running_var", values => before with { Values = [.. values.Select(ByN)] }));

        double ByN(double variance, int channel)
        {
            var kept = (1 - momentum) * before.Values[channel];
            return kept + ((variance - kept) * (n - 1) / n);
        }
    }

    private static OnnxNetwork MeanVarianceNormalization(OnnxCall call)
    {
        var over = $"{Numbers(call.Node.Ints("axes") ?? [0, 2, 3])}, keepDims: true";
        return call.Whole(x => $"({x[0]} - Mean({x[0]}, {over})) / StandardDeviation({x[0]}, {over})");
    }

    /// <summary>x / (bias + alpha / size · Σ x² of the channels around)^beta: sums of shifted copies.</summary>
    private static OnnxNetwork LocalResponseNormalization(OnnxCall call)
    {
        var (x, size) = (call.Inputs[0].ToNhwc(), call.Node.Int("size", 1));
        var (alpha, beta, bias) = (call.Node.Float("alpha", 1e-4), call.Node.Float("beta", 0.75), call.Node.Float("bias", 1));
        var channels = x.Dims[^1];
        return Samples(x, name =>
        {
            var squares = $"Pad(Square({name}), 2, {(size - 1) / 2}, {size / 2})";
            var sum = string.Join(" + ", Enumerable.Range(0, size).Select(i => $"{squares}[.., .., {i}..{i + channels}]"));
            return $"{name} / Pow({Number(bias)} + {Number(alpha / size)} * ({sum}), {Number(beta)})";
        }).Then(y => y.ToNchw());
    }
}
