using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Scans;

/// <summary>
/// The sums (or products) of the elements up to each place of an axis, without its own where IsExclusive; from the last place on where
/// IsReverse.
/// </summary>
internal sealed record Scan(int Axis, bool IsProduct, bool IsExclusive, bool IsReverse) : Operation
{
    public override string Title => $"Cumulative{(IsProduct ? "Product" : "Sum")}[{Axis.ToString(System.Globalization.CultureInfo.InvariantCulture)}"
        + $"{(IsExclusive ? "; exclusive" : "")}{(IsReverse ? "; reverse" : "")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    /// <summary>An element is in the sums from its place on: dx is the same scan of dy from the other side.</summary>
    public override Value?[] Backward(BackwardContext context) =>
        IsProduct ? base.Backward(context) : [context.Graph.Apply(this with { IsReverse = !IsReverse }, context.FullGradient)];

    public override void Order(OrderContext context) => context.Elementwise();

    public override void Evaluate(ReferenceCall call)
    {
        var (length, inner) = Runs(call.Type);
        for (var run = 0; run < call.Result.Length / length; run++)
        {
            var start = (run / inner * inner * length) + (run % inner);
            var folded = IsProduct ? 1.0 : 0.0;
            for (var i = 0; i < length; i++)
            {
                var at = start + ((IsReverse ? length - 1 - i : i) * inner);
                var next = IsProduct ? folded * call.Input(0)[at] : folded + call.Input(0)[at];
                call.Result[at] = IsExclusive ? folded : next;
                folded = next;
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (length, inner) = Runs(context.Result);
        return new RuntimeCallBody(
            IsProduct ? "ScanKernels.Product" : "ScanKernels.Sum",
            EquatableArray.Create(context.Result.Batched ? 1 : 0, (int)(context.Result.Count / length / inner), length, inner, IsExclusive ? 1 : 0, IsReverse ? 1 : 0))
        {
            // Each element is read before it is written, and never again.
            InPlace = EquatableArray.Create(new InPlacePair(0, 0)),
        };
    }

    /// <summary>Places of the axis, and how far apart they are.</summary>
    private (int Length, int Inner) Runs(TensorType type) => (type.Dims[Axis], type.Dims.Skip(Axis + 1).Aggregate(1, (product, dim) => product * dim));
}

internal static class ScanFunctions
{
    public static IEnumerable<TensorFunction> All { get; } = [new("CumSum", CumSum)];

    /// <summary>0, 1, …, count − 1.</summary>
    public static Value Counting(this GraphBuilder graph, int count) => graph.Apply(
        new Scan(0, IsProduct: false, IsExclusive: true, IsReverse: false), graph.Apply(new BroadcastTo(TensorType.Shared(count)), graph.Constant(1)));

    private static Value CumSum(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("CumSum", "x");
        bool Is(string name) => arguments.Has(name) && arguments.Bool(name);
        var axis = Shapes.Axis.Resolve(arguments.Has("axis") ? arguments.Int("axis") : -1, x.Type, "axis");
        return graph.Apply(new Scan(axis, IsProduct: false, Is("exclusive"), Is("reverse")), x);
    }
}
