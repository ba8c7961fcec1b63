using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Products of matrices.</summary>
internal static class OnnxProducts
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["Gemm"] = Gemm,
        ["MatMul"] = c => c.Whole(x => $"MatMul({x[0]}, {x[1]})"),
        ["Einsum"] = Einsum,
    };

    /// <summary>alpha·A·B + beta·C as a dense layer, whose bias C is where it has a number for each column; what else it is, is added.</summary>
    private static OnnxNetwork Gemm(OnnxCall call)
    {
        var (alpha, beta) = (call.Node.Float("alpha", 1), call.Node.Float("beta", 1));
        var a = call.Is("transA") ? call.Inputs[0].Transpose(1, 0) : call.Inputs[0];
        var b = (call.Is("transB") ? call.Inputs[1].Transpose(1, 0) : call.Inputs[1]).Map(v => alpha * v);
        var c = call.Optional(2)?.Map(v => beta * v);
        if (c is { Values.Length: 1 })
            c = new OnnxTensor(c.Name, [b.Dims[1]], [.. Enumerable.Repeat(c.Values[0], b.Dims[1])]);
        if (c is null || c.Values.Length == b.Dims[1])
            return Layer(a, $"Dense({b.Dims[1]}, bias: {Truth(c is not null)})", ("weight", b), ("bias", c));
        return Whole([a, c], x => $"layer({x[0]}) + {x[1]}").With($"Dense({b.Dims[1]}, bias: false)", ("weight", b));
    }

    private static OnnxNetwork Einsum(OnnxCall call)
    {
        var pattern = call.Node.Text("equation", "");
        Require(!pattern.Contains('.', StringComparison.Ordinal), "each axis has a letter, once");
        return call.Whole(x => $"Einsum(\"{pattern}\", {string.Join(", ", x)})");
    }
}
