using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Views;

/// <summary>
/// Elements Start to Start + Length of each axis. An axis that is Dropped has Length 1 and is none of the result's.
/// </summary>
internal sealed record Slice(EquatableArray<int> Starts, EquatableArray<int> Lengths, EquatableArray<int> Dropped = default) : View
{
    /// <summary>Part of one axis; all of the others.</summary>
    public static Slice Of(TensorType source, int axis, int start, int length) => new(
        source.Dims.Select((_, i) => i == axis ? start : 0).ToEquatableArray(), source.Dims.Select((d, i) => i == axis ? length : d).ToEquatableArray());

    public override string Title => $"Slice[{string.Join(", ", Starts.Select((start, axis) =>
        Dropped.Contains(axis) ? Text.Invariant($"{start}") : Text.Invariant($"{start}..{start + Lengths[axis]}")))}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(Lengths.Where((_, axis) => !Dropped.Contains(axis)));

    public override ViewBody Places(TensorType source)
    {
        var strides = DenseStrides(source.Dims);
        return new ViewBody(
            strides.Zip(Starts, (stride, start) => stride * start).Sum(), strides.Where((_, axis) => !Dropped.Contains(axis)).ToEquatableArray());
    }

    /// <summary>What was not taken has gradient 0. The last axes first, so that what is copied again is small.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, source) = (context.Graph, context.Input.Type);
        var gradient = graph.Reshape(context.FullGradient, [.. Lengths]);
        for (var axis = source.Rank - 1; axis >= 0; axis--)
        {
            var after = source.Dims[axis] - Starts[axis] - Lengths[axis];
            if (Starts[axis] > 0 || after > 0)
                gradient = graph.Apply(new PadAxis(axis, Starts[axis], after), gradient);
        }
        return [gradient];
    }

    public override RowUse RowUse => RowUse.Keeps;

    /// <summary>Of a vector a part; of positions and channels those that stay.</summary>
    public override void Order(OrderContext context)
    {
        if (context[context.Operand] is not { } order)
            return;
        context.Claim(context.Result, !order.IsKnown
            ? order
            : context.Operand.Dims.Count == 1
                ? order.Slice(Starts[0], Lengths[0])
                : FeatureOrder.Split(context.Result.Dims, order.Axes - Dropped.Count(axis => axis < order.Axes)));
    }
}
