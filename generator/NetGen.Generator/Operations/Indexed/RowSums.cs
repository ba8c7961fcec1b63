using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>
/// The indices [p..] of all samples in their order, as pairs [n, 2] of a position in the batch and the index there; equal ones by their
/// positions. So whoever takes a part of a table finds what belongs to it, and adds it up in the one order that there is. What names the
/// padding comes last, as the largest number.
/// </summary>
internal sealed record IndexOrder(int Padding) : Operation
{
    /// <summary>The index in the pairs of what has no gradient.</summary>
    public const int None = int.MaxValue;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([(int)inputs[0].Count, 2]);

    public override void Evaluate(ReferenceCall call)
    {
        var pairs = call.Input(0).Select((index, position) => (Row: index == Padding ? None : index, Position: position)).OrderBy(pair => pair);
        call.SetResult([.. pairs.SelectMany(pair => new[] { pair.Position, pair.Row })]);
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.Order", EquatableArray.Create((int)context.Inputs[0].Count, Padding));
}

/// <summary>
/// (dy [n, c..], order of the indices) to the gradient [rows, c..] of the table: each row is the sum of those that name it, in the order of
/// their positions.
/// </summary>
internal sealed record RowSums(EquatableArray<int> Dims) : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared([.. Dims]);

    public override void Evaluate(ReferenceCall call) => Evaluate(call, Dims);

    public static void Evaluate(ReferenceCall call, EquatableArray<int> dims)
    {
        var (order, width) = (call.Input(1), call.Result.Length / dims[0]);
        for (var pair = 0; pair < order.Length; pair += 2)
        {
            for (var i = 0; i < width && order[pair + 1] < dims[0]; i++)
                call.Result[((int)order[pair + 1] * width) + i] += call.Input(0)[((int)order[pair] * width) + i];
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("IndexKernels.RowSums", Constants(context.Inputs[1], Dims));

    /// <summary>Rows, numbers of a row, and indices of a sample.</summary>
    public static EquatableArray<int> Constants(TensorType order, EquatableArray<int> dims) =>
        EquatableArray.Create(dims[0], dims.Skip(1).Aggregate(1, (product, dim) => product * dim), order.Dims[0]);
}

/// <summary>
/// The optimizer's rule applied to a table and its <see cref="RowSums"/>, of (dy, order), which are added up where they are needed: where
/// the rule leaves a weight without a gradient as it is, rows that no index names are not touched.
/// </summary>
internal sealed record RowUpdate(string Parameter, EquatableArray<int> Dims) : OptimizerStep(Parameter)
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared([.. Dims]);

    public override void Evaluate(ReferenceCall call) => RowSums.Evaluate(call, Dims);

    public override KernelBody Lower(LoweringContext context) => new RowUpdateBody(Parameter, RowSums.Constants(context.Inputs[1], Dims));
}
