using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>
/// What a layer gives inside of a step, which no method returns: the gradient of Σ p·y by p is y. Each sample has a part of p, which a mask of the
/// sample names; the mean over the batch is multiplied back.
/// </summary>
internal static class OnnxTraining
{
    public static OnnxNetwork Layer(OnnxTensor x, string layer, params (string Name, OnnxTensor? Values)[] weights)
    {
        var (batch, size) = (x.Dims[0], Product(x.Dims[1..]));
        var names = new OnnxTensor("", [batch, batch], [.. Enumerable.Range(0, batch * batch).Select(i => i / batch == i % batch ? 1.0 : 0)]);
        var made = Method(
            [OnnxArgument.Samples("x", x), OnnxArgument.Samples("sample", names)], batch,
            _ => $"{batch}f * Sum(probe * Outer(sample, Flatten(layer(x))))").With(layer, weights);
        return made with
        {
            Fields = $"""
                {made.Fields}
                    private readonly Parameter probe = Parameter({batch}, {size});
                    public Tensor Forward({made.Methods[0].Arguments[0].Text}) => layer(x);
                """,
            Methods = [made.Methods[0] with { Name = "Loss", Results = [new("probe", values => x with { Values = values })] }],
        };
    }

    /// <summary>With states of the layer behind it, in ONNX's form.</summary>
    public static OnnxNetwork With(this OnnxNetwork network, params OnnxWeight[] states) =>
        network with { Methods = [network.Methods[0] with { Results = [.. network.Methods[0].Results, .. states] }] };
}
