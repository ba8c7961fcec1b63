using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Functions of one element of each operand.</summary>
internal static class OnnxElementwise
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["Relu"] = Function("Relu"),
        ["Sigmoid"] = Function("Sigmoid"),
        ["Tanh"] = Function("Tanh"),
        ["Softplus"] = Function("Softplus"),
        ["Softsign"] = Function("Softsign"),
        ["HardSwish"] = Function("HardSwish"),
        ["Exp"] = Function("Exp"),
        ["Log"] = Function("Log"),
        ["Sqrt"] = Function("Sqrt"),
        ["Abs"] = Function("Abs"),
        ["Erf"] = Function("Erf"),
        ["Sin"] = Function("Sin"),
        ["Cos"] = Function("Cos"),
        ["Tan"] = Function("Tan"),
        ["Sign"] = Function("Sign"),
        ["Floor"] = Function("Floor"),
        ["Ceil"] = Function("Ceiling"),
        ["Round"] = Function("Round"),
        ["Reciprocal"] = Function("Reciprocal"),
        ["Neg"] = c => c.Whole(x => $"-{x[0]}"),
        ["Identity"] = c => c.Whole(x => x[0]),
        ["LeakyRelu"] = c => c.Whole(x => $"LeakyRelu({x[0]}, {Number(c.Node.Float("alpha", 0.01))})"),
        ["Elu"] = c => c.Whole(x => $"Elu({x[0]}, {Number(c.Node.Float("alpha", 1))})"),
        ["Celu"] = c => c.Whole(x => $"Celu({x[0]}, {Number(c.Node.Float("alpha", 1))})"),
        ["Selu"] = Selu,
        ["PRelu"] = PRelu,
        ["HardSigmoid"] = c => c.Whole(x => $"HardSigmoid({x[0]}, {Number(c.Node.Float("alpha", 0.2))}, {Number(c.Node.Float("beta", 0.5))})"),
        ["ThresholdedRelu"] = c => c.Whole(x => $"ThresholdedRelu({x[0]}, {Number(c.Node.Float("alpha", 1))})"),
        ["Shrink"] = Shrink,
        ["Clip"] = Clip,
        ["Add"] = c => c.Whole(x => $"{x[0]} + {x[1]}"),
        ["Sub"] = c => c.Whole(x => $"{x[0]} - {x[1]}"),
        ["Mul"] = c => c.Whole(x => $"{x[0]} * {x[1]}"),
        ["Div"] = c => c.Whole(x => $"{x[0]} / {x[1]}"),
        ["Pow"] = c => c.Whole(x => $"Pow({x[0]}, {x[1]})"),
        ["Max"] = c => c.Whole(x => x.Aggregate((left, right) => $"Maximum({left}, {right})")),
        ["Min"] = c => c.Whole(x => x.Aggregate((left, right) => $"Minimum({left}, {right})")),
        ["Sum"] = c => c.Whole(x => string.Join(" + ", x)),
        ["Mean"] = c => c.Whole(x => $"({string.Join(" + ", x)}) / {x.Length}f"),
        ["Greater"] = c => c.Whole(x => $"{x[0]} > {x[1]}"),
        ["GreaterOrEqual"] = c => c.Whole(x => $"{x[0]} >= {x[1]}"),
        ["Less"] = c => c.Whole(x => $"{x[0]} < {x[1]}"),
        ["LessOrEqual"] = c => c.Whole(x => $"{x[0]} <= {x[1]}"),
        ["Equal"] = c => c.Whole(x => $"Equal({x[0]}, {x[1]})"),
        ["Where"] = c => c.Whole(x => $"Where({x[0]}, {x[1]}, {x[2]})"),
        // Truth is 1 here.
        ["And"] = c => c.Whole(x => $"{x[0]} * {x[1]}"),
        ["Or"] = c => c.Whole(x => $"Maximum({x[0]}, {x[1]})"),
        ["Xor"] = c => c.Whole(x => $"NotEqual({x[0]}, {x[1]})"),
        ["Not"] = c => c.Whole(x => $"1f - {x[0]}"),
        ["IsNaN"] = c => c.Whole(x => $"NotEqual({x[0]}, {x[0]})"),
        ["IsInf"] = IsInf,
        ["Dropout"] = Dropout,
    };

    private static Func<OnnxCall, OnnxCounterpart> Function(string name) => c => c.Whole(x => $"{name}({x[0]})");

    /// <summary>α and γ are no parameters here: γ·(x where it is positive, α·(eˣ − 1) elsewhere).</summary>
    private static OnnxNetwork Selu(OnnxCall call)
    {
        var (alpha, gamma) = (call.Node.Float("alpha", 1.6732632423543772), call.Node.Float("gamma", 1.0507009873554805));
        return call.Whole(x => call.Node.Attributes.Count == 0 ? $"Selu({x[0]})" : $"{Number(gamma)} * Elu({x[0]}, {Number(alpha)})");
    }

    /// <summary>One slope, or one for each channel, is a layer.</summary>
    private static OnnxNetwork PRelu(OnnxCall call)
    {
        var (x, slope) = (call.Inputs[0], call.Inputs[1]);
        if (slope.Values.Length == 1)
            return Layer(x, "PRelu()", ("weight", slope));
        // Before version 7 a vector is one slope for each channel, which come second.
        var isOfChannels = call.Opset < 7 || (slope.Rank == x.Rank - 1 && slope.Dims[1..].All(dim => dim == 1) && slope.Rank > 1);
        if (isOfChannels)
        {
            int[] last = [0, .. Enumerable.Range(2, x.Rank - 2), 1];
            return Layer(x.Transpose(last), "PRelu(perChannel: true)", ("weight", slope)).Then(y => y.Transpose(Back(last)));
        }
        return slope.Rank == 1
            ? Layer(x, "PRelu(perChannel: true)", ("weight", slope))
            : call.Whole(v => $"Where({v[0]} > 0f, {v[0]}, {v[0]} * {v[1]})");
    }

    private static int[] Back(int[] order) => [.. order.Select((_, i) => Array.IndexOf(order, i))];

    /// <summary>Soft where the bias is the threshold, hard where there is none.</summary>
    private static OnnxNetwork Shrink(OnnxCall call)
    {
        var (threshold, bias) = (call.Node.Float("lambd", 0.5), call.Node.Float("bias", 0));
        Require(bias == 0 || bias == threshold, "what is left is moved by the threshold or not at all");
        return call.Whole(x => $"{(bias == 0 ? "Hardshrink" : "Softshrink")}({x[0]}, {Number(threshold)})");
    }

    /// <summary>The bounds are attributes before version 11, then inputs of which any may be absent.</summary>
    private static OnnxNetwork Clip(OnnxCall call)
    {
        var (min, max) = (Bound(1, "min", double.NegativeInfinity), Bound(2, "max", double.PositiveInfinity));
        return Whole(call.Inputs[0], x => $"Clamp({x}, {Number(min)}, {Number(max)})");

        double Bound(int input, string attribute, double none) =>
            call.Opset < 11 ? call.Node.Float(attribute, none) : call.Optional(input) is { } bound ? bound.Values[0] : none;
    }

    private static OnnxNetwork IsInf(OnnxCall call) => (call.Node.Int("detect_negative", 1), call.Node.Int("detect_positive", 1)) switch
    {
        (1, 1) => call.Whole(x => $"Equal(Abs({x[0]}), float.PositiveInfinity)"),
        (1, _) => call.Whole(x => $"Equal({x[0]}, float.NegativeInfinity)"),
        _ => call.Whole(x => $"Equal({x[0]}, float.PositiveInfinity)"),
    };

    private static OnnxNetwork Dropout(OnnxCall call)
    {
        Require(call.Node.Outputs.Length == 1, "the mask does not leave a layer of dropout");
        var rate = call.Optional(1)?.Values[0] ?? call.Node.Float("ratio", 0.5);
        var isTraining = call.Optional(2)?.Values[0] == 1;
        Require(!isTraining || rate == 0, "NumPy's random numbers are its own");
        var layer = $"Dropout({Number(rate)})";
        return isTraining ? OnnxTraining.Layer(call.Inputs[0], layer) : Layer(call.Inputs[0], layer);
    }
}
