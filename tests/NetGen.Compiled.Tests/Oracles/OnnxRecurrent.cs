using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Recurrent layers, in one direction: Y are all steps, Y_h the last.</summary>
internal static class OnnxRecurrent
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["RNN"] = c => Recurrent(c, "Rnn", [0]),
        // ONNX has the gates i, o, f, c; here they are PyTorch's, i, f, g, o.
        ["LSTM"] = c => Recurrent(c, "Lstm", [0, 2, 3, 1]),
        // z, r, h; here r, z, n.
        ["GRU"] = c => Recurrent(c, "Gru", [1, 0, 2]),
    };

    private static OnnxNetwork Recurrent(OnnxCall call, string layer, int[] gates)
    {
        Require(call.Node.Text("direction", "forward") == "forward", "one direction is tried");
        Require(
            call.Optional(4)?.Values.All(length => length == call.Inputs[0].Dims[call.Is("layout") ? 1 : 0]) != false
            && Enumerable.Range(5, 2).All(input => call.Optional(input)?.Values.All(state => state == 0) != false),
            "sequences begin at zero and have one length");
        Require(call.Node.Outputs.Length < 3, "the cell does not leave an Lstm");
        var (x, w, r, b) = (call.Inputs[0], call.Inputs[1], call.Inputs[2], call.Optional(3));
        var units = r.Dims[^1];
        var isBatchFirst = call.Is("layout");
        OnnxTensor Gates(OnnxTensor weight) =>
            InOrder(weight.Values, gates, units * weight.Dims[^1]).Shaped(gates.Length * units, weight.Dims[^1]).Transpose(1, 0);
        // Those of the input and of the state, one behind the other.
        OnnxTensor? Bias(int half) => b is null ? null : InOrder(b.Values[(half * gates.Length * units)..], gates, units);
        // i, o, f; here i, f, o.
        var peepholes = call.Optional(7) is { } p ? InOrder(p.Values, [0, 2, 1], units) : null;
        var options = (peepholes is null ? "" : ", peepholes: true") + (layer == "Gru" && !call.Is("linear_before_reset") ? ", resetAfter: false" : "");
        var steps = isBatchFirst ? x : x.Transpose(1, 0, 2);
        var (batch, length) = (steps.Dims[0], steps.Dims[1]);
        var all = Layer(
            steps, $"{layer}({units}, bias: {Truth(b is not null)}{options})",
            ("weight_ih_l0", Gates(w)), ("weight_hh_l0", Gates(r)), ("bias_ih_l0", Bias(0)), ("bias_hh_l0", Bias(1)),
            ("weight_ch_l0", peepholes));
        var last = Samples(steps, name => $"layer({name})[^1]");
        return all.Then(y => isBatchFirst ? y.Shaped(batch, length, 1, units) : y.Transpose(1, 0, 2).Shaped(length, 1, batch, units))
            .And(last.Then(y => isBatchFirst ? y.Shaped(batch, 1, units) : y.Shaped(1, batch, units)));
    }

    private static OnnxTensor InOrder(double[] values, int[] gates, int size) =>
        new("", [gates.Length * size], [.. gates.SelectMany(gate => values[(gate * size)..((gate + 1) * size)])]);
}
