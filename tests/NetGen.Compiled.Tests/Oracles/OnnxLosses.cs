using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Losses against labels.</summary>
internal static class OnnxLosses
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["SoftmaxCrossEntropyLoss"] = c => LabelLoss(c, "CrossEntropy"),
        ["NegativeLogLikelihoodLoss"] = c => LabelLoss(c, "NegativeLogLikelihood"),
    };

    /// <summary>
    /// Losses of [N, C, d1, …] against labels [N, d1, …]: here every place is a sample. The second result is log softmax. Here the mean
    /// over the samples is what is divided by the weights, so without a mean it is multiplied back.
    /// </summary>
    private static OnnxNetwork LabelLoss(OnnxCall call, string function)
    {
        var (scores, labels) = (call.Inputs[0], call.Inputs[1]);
        int? ignored = call.Node.Attributes.ContainsKey("ignore_index") ? call.Node.Int("ignore_index", 0) : null;
        var weights = call.Optional(2)?.Values;
        // Classes last.
        int[] order = [.. Enumerable.Range(0, scores.Rank).Where(i => i != 1), 1];
        var rows = scores.Transpose(order);
        var flat = rows.Shaped(rows.Values.Length / scores.Dims[1], scores.Dims[1]);
        var options = (weights is null ? "" : $", weights: {Numbers(weights)}") + (ignored is null ? "" : $", ignoreIndex: {ignored}");
        var losses = Method(
            [OnnxArgument.Samples("x", flat), new OnnxArgument("label", "Labels", [], labels.Values)], flat.Dims[0],
            x => $"{function}({x[0]}, {x[1]}{options})");
        var count = labels.Values.Where(label => label != ignored).Sum(label => weights is null ? 1 : weights[(int)label]) / labels.Values.Length;
        return losses.Then(each => call.Node.Text("reduction", "mean") switch
        {
            "none" => new OnnxTensor("", labels.Dims, [.. each.Values.Select(v => v * count)]),
            "sum" => new OnnxTensor("", [], [each.Values.Sum() * count]),
            _ => new OnnxTensor("", [], [each.Values.Average()]),
        }).And(Samples(flat, x => $"LogSoftmax({x})")
            .Then(y => y.Shaped(rows.Dims).Transpose([.. order.Select((_, i) => Array.IndexOf(order, i))])));
    }
}
