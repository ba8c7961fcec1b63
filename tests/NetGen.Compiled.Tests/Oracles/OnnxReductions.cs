using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Sums and other folds over axes, and functions of whole rows.</summary>
internal static class OnnxReductions
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["ReduceMean"] = c => Reduce(c, "Mean"),
        ["ReduceSum"] = c => Reduce(c, "Sum"),
        ["ReduceMax"] = c => Reduce(c, "Max"),
        ["ReduceMin"] = c => Reduce(c, "Min"),
        ["ReduceProd"] = c => Reduce(c, "Prod"),
        ["ReduceLogSumExp"] = c => Reduce(c, "LogSumExp"),
        ["ReduceL1"] = c => IsOfAll(c) ? Penalty(c, "L1") : Reduce(c, "Sum", before: "Abs"),
        ["ReduceL2"] = c => Reduce(c, "Norm"),
        ["ReduceSumSquare"] = c => IsOfAll(c) ? Penalty(c, "L2") : Reduce(c, "Sum", before: "Square"),
        ["ReduceLogSum"] = c => Reduce(c, "Sum", after: "Log"),
        ["CumSum"] = CumSum,
        ["Softmax"] = c => Rows(c, "Softmax"),
        ["LogSoftmax"] = c => Rows(c, "LogSoftmax"),
        ["Hardmax"] = Hardmax,
    };

    /// <summary>Axes are an attribute, or an input in later versions; counted from the front. null: none are named.</summary>
    public static int[]? Axes(OnnxCall call, int rank)
    {
        var axes = call.Node.Ints("axes") ?? call.Optional(1)?.Values.Select(v => (int)v);
        return axes?.Select(axis => Positive(axis, rank)).ToArray();
    }

    /// <summary>A function, a reduction over some or all axes, another function.</summary>
    private static OnnxNetwork Reduce(OnnxCall call, string function, string? before = null, string? after = null)
    {
        var x = call.Inputs[0];
        var axes = Axes(call, x.Rank) ?? [];
        if (axes.Length == 0 && call.Is("noop_with_empty_axes"))
            return Whole(x, name => name);
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, x.Rank)];
        return Whole(x, name =>
        {
            var body = before is null ? name : $"{before}({name})";
            body = $"{function}({body}, {Numbers(axes)}, keepDims: {Truth(call.Node.Int("keepdims", 1) == 1)})";
            return after is null ? body : $"{after}({body})";
        });
    }

    private static bool IsOfAll(OnnxCall call) => call.Node.Ints("axes") is null && call.Inputs.Length == 1;

    /// <summary>Σ f(x) over everything.</summary>
    private static OnnxNetwork Penalty(OnnxCall call, string function)
    {
        var x = call.Inputs[0];
        return Whole(x, name => $"{function}({name})").Then(sum => call.Node.Int("keepdims", 1) == 1 ? sum.Shaped([.. x.Dims.Select(_ => 1)]) : sum);
    }

    private static OnnxNetwork CumSum(OnnxCall call) => Whole(call.Inputs[0], x =>
        $"CumSum({x}, {(int)call.Inputs[1].Values[0]}, exclusive: {Truth(call.Is("exclusive"))}, reverse: {Truth(call.Is("reverse"))})");

    /// <summary>Over the last axis; others are brought there.</summary>
    private static OnnxNetwork Rows(OnnxCall call, string function)
    {
        var x = call.Inputs[0];
        // Before version 13 the default was 1 and everything from the axis on was one row: the same where the axis is the last one.
        var axis = call.Axis(call.Opset < 13 ? 1 : -1, x.Rank);
        Require(axis == x.Rank - 1 || call.Opset >= 13, "rows are one axis");
        return axis == x.Rank - 1
            ? Samples(x, name => $"{function}({name})")
            : Whole(x, name => $"Transpose({function}(Transpose({name}, {axis}, -1)), {axis}, -1)");
    }

    /// <summary>1 at the first of the largest elements.</summary>
    private static OnnxNetwork Hardmax(OnnxCall call)
    {
        var x = call.Inputs[0];
        var axis = call.Axis(-1, x.Rank);
        int[] order = [.. Enumerable.Range(0, axis), x.Rank - 1, .. Enumerable.Range(axis, x.Rank - 1 - axis)];
        return Whole(x, name => $"Permute(OneHot(ArgMax({name}, {axis}), {x.Dims[axis]}), {string.Join(", ", order)})");
    }
}
