using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>
/// x to integers: where the largest (or smallest) element of an axis is, the first of equal ones; NaN is the largest and the smallest of
/// all, as in PyTorch.
/// </summary>
internal sealed record Extreme(int Axis, bool IsSmallest) : Operation
{
    public override string Title => Text.Invariant($"{(IsSmallest ? "ArgMin" : "ArgMax")}[{Axis}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Where((_, axis) => axis != Axis)) with { Element = ElementType.Int32 };

    public override int? IndexCount(IReadOnlyList<TensorType> inputs) => inputs[0].Dims[Axis];

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call)
    {
        var (length, inner) = Runs(call.InputType(0));
        for (var i = 0; i < call.Result.Length; i++)
        {
            var start = (i / inner * inner * length) + (i % inner);
            call.Result[i] = Best.First(length, k => call.Input(0)[start + (k * inner)] * (IsSmallest ? -1 : 1));
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (length, inner) = Runs(context.Inputs[0]);
        return new RuntimeCallBody("IndexKernels.Extreme", EquatableArray.Create((int)context.Result.Count / inner, length, inner, IsSmallest ? 1 : 0));
    }

    private (int Length, int Inner) Runs(TensorType x) => (x.Dims[Axis], x.Dims.Skip(Axis + 1).Aggregate(1, (product, dim) => product * dim));
}

/// <summary>
/// x [.., n] to integers [.., Count]: where the largest (or smallest) of each row are, in their order; equal ones by place, NaN the
/// largest.
/// </summary>
internal sealed record Ranking(int Count, bool IsAscending) : Operation
{
    public override string Title => Text.Invariant($"Places[{Count} {(IsAscending ? "smallest" : "largest")}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([.. inputs[0].Dims.Take(inputs[0].Rank - 1), Count]) with { Element = ElementType.Int32 };

    public override int? IndexCount(IReadOnlyList<TensorType> inputs) => inputs[0].Dims[inputs[0].Rank - 1];

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call)
    {
        var length = call.InputType(0).Dims[call.InputType(0).Rank - 1];
        for (var row = 0; row < call.Input(0).Length / length; row++)
        {
            var places = Enumerable.Range(0, length).OrderBy(i => i, Comparer<int>.Create((i, j) =>
                Best.Compare(call.Input(0)[(row * length) + i], call.Input(0)[(row * length) + j]) * (IsAscending ? 1 : -1))).ToArray();
            for (var i = 0; i < Count; i++)
                call.Result[(row * Count) + i] = places[i];
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var x = context.Inputs[0];
        var length = x.Dims[x.Rank - 1];
        return new RuntimeCallBody("IndexKernels.Ranking", EquatableArray.Create((int)x.Count / length, length, Count, IsAscending ? 1 : 0));
    }
}

/// <summary>Comparisons in which NaN is above everything.</summary>
internal static class Best
{
    public static int Compare(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? (double.IsNaN(a) ? 1 : 0) - (double.IsNaN(b) ? 1 : 0) : a.CompareTo(b);

    public static int First(int length, Func<int, double> number) => Enumerable.Range(0, length).Aggregate((best, i) => Compare(number(i), number(best)) > 0 ? i : best);
}
