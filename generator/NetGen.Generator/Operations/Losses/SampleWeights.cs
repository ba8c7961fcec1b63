using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// Means over what counts. Training minimizes the mean over the batch, Σ l / B; a weighted one is Σ w·l / Σ w, which is the mean of w·l /
/// w̄ with w̄ = Σ w / B.
/// </summary>
internal static class SampleWeights
{
    public static IEnumerable<TensorFunction> All { get; } = [new("Weighted", (g, a) => Apply(g, a, a.NumberTensor("Weighted", "loss")))];

    /// <summary>The loss, by the argument 'weight' if the call has it.</summary>
    public static Value Apply(GraphBuilder graph, CallArguments arguments, Value loss)
    {
        if (!arguments.Has("weight"))
            return loss;
        var weight = arguments.Tensor("weight");
        Numbers.Check("The weight of a sample", "weight", weight.Type);
        if (weight.Type.Count != 1)
        {
            throw new LanguageException(
                "NG0402", $"A sample has one weight ('[Shape] Tensor weight'); 'weight' is {weight.Type.Shape}.", "weight");
        }
        if (loss.Type.Count != 1)
            throw new LanguageException("NG0402", $"A weighted loss is one number per sample; 'loss' is {loss.Type.Shape}.", "loss");
        // A negative weight is NaN, and so the loss.
        weight = graph.Apply(new Elementwise.Elementwise("Target", float.PositiveInfinity), graph.OfEachRow(graph.Reshape(weight, []), loss));
        loss = graph.OfEachRow(graph.Reshape(loss, []), weight);
        // What does not count is not computed with, whatever it is.
        var weighted = graph.Map("Where", weight, graph.Multiply(weight, loss), graph.Constant(0));
        return Normalize(graph, weighted, weight);
    }

    /// <summary>l / w̄; l where all weights of the batch are 0, since l then is.</summary>
    public static Value Normalize(GraphBuilder graph, Value loss, Value weight)
    {
        var sum = graph.Apply(new Reduce(default, KeepDims: false, OverBatch: true), weight);
        var mean = graph.Multiply(sum, graph.Apply(new RowsReciprocal(weight.Type.Rows, 1, 0)));
        return graph.Map("Divide", loss, graph.Map("Where", mean, mean, graph.Constant(1)));
    }
}
