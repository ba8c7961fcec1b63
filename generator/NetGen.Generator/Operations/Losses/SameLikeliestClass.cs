using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// (logits [.., classes], target [.., classes]) to [..]: 1 where the largest of both, the first of them, is of the same class, else 0: what
/// is right where a label is a distribution. With a NaN on either side nothing is.
/// </summary>
internal sealed record SameLikeliestClass : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(CrossEntropy.Positions(inputs[0]));

    public override void Evaluate(ReferenceCall call)
    {
        var classes = CrossEntropy.Classes(call.InputType(0));
        for (var r = 0; r < call.Result.Length; r++)
        {
            var likeliest = Likeliest(call.Input(0), r * classes, classes);
            call.Result[r] = likeliest >= 0 && likeliest == Likeliest(call.Input(1), r * classes, classes) ? 1 : 0;
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("SoftmaxKernels.SameLikeliestClass", CrossEntropy.Rows(context.Inputs[0]));

    private static int Likeliest(IReadOnlyList<double> values, int start, int count)
    {
        var row = values.Skip(start).Take(count).ToList();
        return row.Any(double.IsNaN) ? -1 : row.IndexOf(row.Max());
    }
}

internal static class SampleValues
{
    /// <summary>
    /// The value with one array for each row that the other has, or each sample; what is the same for all of them is repeated.
    /// </summary>
    public static Value OfEachRow(this GraphBuilder graph, Value value, Value like) => value.Type.Batched
        ? value
        : graph.Apply(new BroadcastTo(value.Type with { Rows = like.Type.Batched ? like.Type.Rows : RowSpace.Samples }), value);
}
