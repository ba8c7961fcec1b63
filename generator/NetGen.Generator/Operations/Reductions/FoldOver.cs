using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Scans;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Reductions;

/// <summary>The largest element, or the product, over axes of a sample. The reduced dimensions go (KeepDims: stay as 1).</summary>
internal abstract record FoldOver(EquatableArray<int> Axes, bool KeepDims) : Operation
{
    protected abstract Fold Fold { get; }

    protected abstract double Neutral { get; }

    public override string Title => $"{GetType().Name}[{string.Join(",", Axes.Select(a => a.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => new Reduce(Axes, KeepDims, OverBatch: false).Infer(inputs);

    public override void Order(OrderContext context) => new Reduce(Axes, KeepDims, OverBatch: false).Order(context);

    public override void Evaluate(ReferenceCall call)
    {
        var source = call.InputType(0);
        var kept = source.WithDims(Kept(source));
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = Neutral;
        for (var i = 0; i < call.Input(0).Length; i++)
        {
            var at = Indexing.BroadcastIndex(i, source, kept);
            call.Result[at] = Of(call.Result[at], call.Input(0)[i]);
        }
    }

    public override KernelBody Lower(LoweringContext context) => new ReductionBody(Axes, false, 1f) { Fold = Fold };

    protected abstract double Of(double left, double right);

    protected int[] Kept(TensorType x) => [.. x.Dims.Select((d, i) => Axes.Contains(i) ? 1 : d)];

    /// <summary>What has the result's dimensions, so that it repeats along the axes of x; a single number does as it is.</summary>
    protected Value AlongAxes(GraphBuilder graph, Value y, TensorType x) => y.Type.Rank == 0 ? y : graph.Reshape(y, Kept(x));
}

/// <summary>The largest element; NaN where one is NaN.</summary>
internal sealed record Largest(EquatableArray<int> Axes, bool KeepDims) : FoldOver(Axes, KeepDims)
{
    protected override Fold Fold => Fold.Max;

    protected override double Neutral => double.NegativeInfinity;

    protected override double Of(double left, double right) => Math.Max(left, right);

    /// <summary>The first of the largest elements has the gradient: that with the largest negative place.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x) = (context.Graph, context.Input);
        var count = Axes.Aggregate(1, (product, axis) => product * x.Type.Dims[axis]);
        var places = graph.Reshape(graph.Map("Negate", graph.Counting(count)), [.. x.Type.Dims.Select((d, i) => Axes.Contains(i) ? d : 1)]);
        var isLargest = graph.Map("Equal", x, AlongAxes(graph, context.Result, x.Type));
        var first = graph.Apply(new Largest(Axes, KeepDims: true), graph.Map("Where", isLargest, places, graph.Constant(float.NegativeInfinity)));
        return [graph.Map("Where", graph.Map("Equal", places, first), AlongAxes(graph, context.Gradient, x.Type), graph.Constant(0))];
    }
}

/// <summary>The product along one axis.</summary>
internal sealed record Product(EquatableArray<int> Axes, bool KeepDims) : FoldOver(Axes, KeepDims)
{
    protected override Fold Fold => Fold.Product;

    protected override double Neutral => 1;

    protected override double Of(double left, double right) => left * right;

    /// <summary>dx = dy · the product of the others: of those before and of those behind, so that zeros are none to divide by.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x) = (context.Graph, context.Input);
        var others = graph.Multiply(
            graph.Apply(new Scan(Axes[0], IsProduct: true, IsExclusive: true, IsReverse: false), x),
            graph.Apply(new Scan(Axes[0], IsProduct: true, IsExclusive: true, IsReverse: true), x));
        return [graph.Multiply(others, AlongAxes(graph, context.Gradient, x.Type))];
    }
}
