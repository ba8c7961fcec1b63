using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// Cells over the steps of sequences: around the widths of vectors, forward and back, with one state and several, of what stands outside.
/// </summary>
internal static class ScanCases
{
    public static IEnumerable<(string Name, int Batch, Func<TestGraph, Value> Build)> All()
    {
        yield return ("Scan of [4, 3]", 2, t => Plain(t, t.X(4, 3), Scaled(t, t.X(3)), false));
        yield return ("Scan of [1, 19], back", 3, t => Plain(t, t.X(1, 19), Scaled(t, t.W(19)), true));
        yield return ("Scan of sequences", 3, t => Plain(t, t.S(t.Sequences(6, 2, 1, 5), 3), Scaled(t, t.X(3)), false));
        yield return ("Scan of sequences, back", 4, t => Plain(t, t.S(t.Sequences(6, 2, 1, 5, 3), 3), t.Call("Zeros", ("dims", new[] { 3 })), true));
        yield return ("Scan of a gated cell of [3, 4]", 2, t => Gated(t, t.X(3, 4), false));
        yield return ("Scan of a gated cell of sequences", 3, t => Gated(t, t.S(t.Sequences(6, 2, 4, 3), 4), false));
        yield return ("Scan of a gated cell of sequences, back", 2, t => Gated(t, t.S(t.Sequences(4, 4, 3), 4), true));
        yield return ("Scan of norms and softmax", 2, t => Normed(t, t.X(3, 4)));
        yield return ("Scan of norms and softmax of sequences", 2, t => Normed(t, t.S(t.Sequences(4, 1, 4), 4)));
    }

    /// <summary>Cells that leave something out: the state, x, both products; a step that is a number.</summary>
    public static IEnumerable<(string Name, int Batch, Func<TestGraph, Value> Build)> Corners()
    {
        yield return ("Scan of the state alone", 2, t => Cell(t, t.X(3, 2), (s, _) => t.Builder.Multiply(s, t.Builder.Constant(0.9f))));
        yield return ("Scan of the state as it is, of sequences", 2, t => Cell(t, t.S(t.Sequences(4, 1, 3), 2), (s, _) => s));
        yield return ("Scan of x alone", 2, t => Cell(t, t.X(3, 2), (_, x) => t.Call("Tanh", ("x", x))));
        yield return ("Scan of x as it is, of sequences", 2, t => Cell(t, t.S(t.Sequences(4, 1, 3), 2), (_, x) => x));
        yield return ("Scan of a product of x alone, of sequences", 2, t =>
        {
            var weight = t.W(2, 2);
            return Cell(t, t.S(t.Sequences(4, 1, 3), 2), (_, x) => t.Builder.Apply(new MatMul(), x, weight));
        }
        );
        yield return ("Scan of sequences of numbers", 3, t => Cell(t, t.S(t.Sequences(6, 2, 1, 4)), (s, x) => t.Call("Sigmoid", ("x", t.Builder.Add(s, x)))));
        yield return ("Scan of the largest and of reshaped states", 2, t => Cell(t, t.X(3, 2), (s, x) =>
            t.Builder.Multiply(t.Call("Max", ("x", s)), t.Call("Reshape", ("x", t.Call("Permute", ("x", t.Call("Reshape", ("x", x), ("dims", new[] { 1, 2 }))), ("axes", new[] { 1, 0 }))), ("dims", new[] { 2 })))));
    }

    private static Value Cell(TestGraph t, Value x, Func<Value, Value, Value> cell) =>
        ScanFunction.Apply(t.Builder, "Scan", [Scaled(t, t.X(2))], x, false, (s, step) => [cell(s[0], step)])[0];

    /// <summary>What recurrent layers compute by cells.</summary>
    public static IEnumerable<(string Name, int Batch, Func<TestGraph, Value> Build)> Layers()
    {
        (string, (string, object?)[])[] options =
        [
            ("Lstm", [("peepholes", true)]), ("Lstm", [("projection", 2), ("bidirectional", true)]), ("Lstm", [("projection", 2), ("peepholes", true), ("bias", false), ("last", true)]),
            ("Gru", [("resetAfter", false)]), ("Gru", [("recurrentDropout", 0.3f), ("inputDropout", 0.4f)]), ("Lstm", [("recurrentDropout", 0.3f)]),
            ("Rnn", [("recurrentDropout", 0.2f), ("bidirectional", true)]), ("Gru", [("inputDropout", 0.4f)]), ("Rnn", [("relu", true), ("recurrentDropout", 0.2f)]),
        ];
        foreach (var (layer, arguments) in options)
        {
            var text = string.Join(", ", arguments.Select(a => $"{a.Item1} {a.Item2}"));
            yield return ($"{layer} of [3, 2], {text}", 2, t => t.Layer(layer, Scaled(t, t.X(3, 2)), [("units", 3), .. arguments]));
            yield return ($"{layer} of sequences, {text}", 3, t => t.Layer(layer, Scaled(t, t.S(t.Sequences(6, 2, 1, 4), 2)), [("units", 3), .. arguments]));
        }
        foreach (var layer in new[] { "LstmWithState", "GruWithState", "RnnWithState" })
        {
            var count = layer == "LstmWithState" ? 2 : 1;
            for (var result = 0; result <= count; result++)
            {
                var chosen = result;
                yield return ($"{layer} of [3, 2], result {result}", 2, t => t.StatefulLayer(layer, Scaled(t, t.X(3, 2)), [.. Enumerable.Range(0, count).Select(_ => Scaled(t, t.X(4)))], ("units", 4))[chosen]);
                yield return ($"{layer} of sequences without initial, result {result}", 3, t => t.StatefulLayer(layer, Scaled(t, t.S(t.Sequences(6, 3, 1, 4), 2)), null, ("units", 2))[chosen]);
                yield return ($"{layer} of sequences, two layers both ways, result {result}", 3, t => t.StatefulLayer(
                    layer, Scaled(t, t.S(t.Sequences(6, 3, 1, 4), 2)), [.. Enumerable.Range(0, count).Select(i => i == 0 ? Scaled(t, t.X(4, 2)) : Scaled(t, t.W(4, 2)))],
                    ("units", 2), ("layers", 2), ("bidirectional", true))[chosen]);
            }
        }
    }

    private static Value Scaled(TestGraph t, Value x) => t.Builder.Multiply(x, t.Builder.Constant(0.3f));

    /// <summary>h = tanh(h·W + x)</summary>
    private static Value Plain(TestGraph t, Value x, Value initial, bool isReverse)
    {
        var width = initial.Type.Dims[0];
        var weight = Scaled(t, t.W(width, width));
        return ScanFunction.Apply(t.Builder, "Scan", [initial], x, isReverse, (s, step) =>
            [t.Call("Tanh", ("x", t.Builder.Add(t.Builder.Apply(new MatMul(), s[0], weight), step)))])[0];
    }

    /// <summary>
    /// Two states of different widths, products of x alone and of both, biases, a row of the sample, one weight in two products.
    /// </summary>
    private static Value Gated(TestGraph t, Value x, bool isReverse)
    {
        var (g, inputs) = (t.Builder, x.Type.Dims[x.Type.Rank - 1]);
        var (ofX, bias, ofH, ofBoth, own, scale) = (Scaled(t, t.W(inputs, 5)), t.W(5), Scaled(t, t.W(5, 5)), Scaled(t, t.W(7, 2)), t.X(5), t.W());
        var states = ScanFunction.Apply(g, "Scan", [Scaled(t, t.X(5)), Scaled(t, t.W(2))], x, isReverse, (s, step) =>
        {
            var projected = g.Add(g.Apply(new MatMul(), step, ofX), bias);
            var gate = t.Call("Sigmoid", ("x", g.Add(g.Apply(new MatMul(), s[0], ofH), projected)));
            var h = g.Add(g.Multiply(gate, s[0]), g.Multiply(g.Multiply(own, scale), t.Call("Tanh", ("x", g.Apply(new MatMul(), g.Multiply(s[0], gate), ofH)))));
            var both = t.Call("Concat", ("tensors", new[] { s[1], h }));
            return [h, t.Call("Tanh", ("x", g.Add(g.Apply(new MatMul(), both, ofBoth), g.Multiply(g.Slice(step, 0, 1, 2), scale))))];
        });
        return t.Call("Concat", ("tensors", states));
    }

    private static Value Normed(TestGraph t, Value x)
    {
        var g = t.Builder;
        var weight = Scaled(t, t.W(4, 4));
        return ScanFunction.Apply(g, "Scan", [Scaled(t, t.X(4))], x, false, (s, step) =>
        {
            var normed = t.Layer("LayerNorm", g.Add(g.Apply(new MatMul(), s[0], weight), step));
            return [g.Multiply(t.Call("Softmax", ("x", normed)), g.Add(s[0], t.Call("Sum", ("x", step))))];
        })[0];
    }
}
