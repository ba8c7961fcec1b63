using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Steps;

/// <summary>
/// Convolution and pooling over the steps of sequences of any length: each step sees those around it, and there are as many steps behind it
/// as before, so
/// a stride, or padding that makes them fewer, is an error.
/// </summary>
/// <param name="Layer">Who asks, for messages.</param>
/// <param name="Size">Steps of a window.</param>
/// <param name="Before">Steps that are seen before the own.</param>
/// <param name="Apart">How far apart the steps of a window are.</param>
internal sealed record WindowsOfSteps(string Layer, int Size, int Before, int Apart)
{
    /// <exception cref="LanguageException">x has no channels at each step, or the windows would change the number of steps.</exception>
    public static WindowsOfSteps Of(
        string layer, Value x, int size, int stride, PaddingModel padding, PaddingMode mode = PaddingMode.Zeros, int apart = 1)
    {
        Numbers.Check(layer, "x", x.Type);
        if (x.Type.Rank != 1)
            throw new LanguageException("NG0401", $"{layer} expects [channels] at each step; got a single number. Put Reshape(1) before it.");
        if (stride != 1)
        {
            throw new LanguageException(
                "NG0301", Text.Invariant($"{layer}: sequences of any length keep their steps, so 'stride' is 1; it is {stride}."), "stride");
        }
        if (mode != PaddingMode.Zeros)
            throw new LanguageException("NG0301", $"{layer}: around sequences of any length stand zeros; 'paddingMode' is {mode}.", "paddingMode");
        var others = checked((size - 1) * apart);
        return new WindowsOfSteps(layer, size, padding.Kind switch
        {
            "Causal" => others,
            "Same" => others / 2,
            "Explicit" when 2L * padding.Amount == others => padding.Amount,
            "Valid" when others == 0 => 0,
            _ => throw new LanguageException(
                "NG0301",
                $"{layer}: sequences of any length keep their steps, so 'padding' is Padding.Same or Padding.Causal{(others % 2 == 0 ? Text.Invariant($", or {others / 2}") : "")}.",
                "padding"),
        }, apart);
    }

    /// <summary>[Size, channels] at each step.</summary>
    public Value Over(GraphBuilder graph, Value x) => graph.Apply(new StepWindow(Size, Before, Apart), x, graph.Spans(x.Type.Rows));

    /// <summary>The product of each step's window with a weight [Size, channels / groups, filters].</summary>
    public Value Convolve(GraphBuilder graph, Value x, Value weight, int groups)
    {
        var (channels, filters) = (x.Type.Dims[0], weight.Type.Dims[2]);
        var window = Over(graph, x);
        if (groups == channels && filters == channels)
            return graph.SumOf(graph.Multiply(window, graph.Reshape(weight, [Size, channels])), [0]);
        var (inputs, outputs) = (channels / groups, filters / groups);
        var parts = Enumerable.Range(0, groups).Select(group => graph.Apply(
            new MatMul(),
            graph.Reshape(graph.Slice(window, 1, group * inputs, inputs), [Size * inputs]),
            graph.Reshape(graph.Slice(weight, 2, group * outputs, outputs), [Size * inputs, outputs]))).ToArray();
        return Concat.ConcatFunctions.Joined(graph, 0, parts);
    }

    /// <summary>The largest number of each window and channel; what stands around is the own step again, which is in each window.</summary>
    public Value Largest(GraphBuilder graph, Value x) => graph.Apply(
        new Largest(EquatableArray.Create(0), KeepDims: false),
        graph.Map("Where", There(graph, x), Over(graph, x), graph.Unsqueeze(x, 0)));

    /// <summary>The mean of each window and channel: of the steps that there are, or with the zeros around.</summary>
    public Value Mean(GraphBuilder graph, Value x, bool countsPadding)
    {
        var sum = graph.SumOf(Over(graph, x), [0]);
        return countsPadding
            ? graph.Multiply(sum, graph.Constant(1f / Size))
            : graph.Map("Divide", sum, graph.SumOf(There(graph, x), [0]));
    }

    /// <summary>1 for the steps of a window that there are, [Size, 1].</summary>
    private Value There(GraphBuilder graph, Value x) =>
        Over(graph, graph.Apply(new BroadcastTo(x.Type.WithDims([1])), graph.Constant(1)));
}
