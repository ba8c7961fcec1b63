using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Reductions;

/// <summary>
/// Σ over axes of a sample, and over the batch where OverBatch, times Scale. The reduced dimensions go (KeepDims: stay as 1).
/// </summary>
internal sealed record Reduce(EquatableArray<int> Axes, bool KeepDims, bool OverBatch, float Scale = 1f) : Operation
{
    public override string Title =>
        $"Sum[{string.Join(",", (OverBatch ? new[] { "B" } : []).Concat(Axes.Select(a => a.ToString(System.Globalization.CultureInfo.InvariantCulture))))}"
        + (Scale == 1f ? "]" : $"; ×{Text.Literal(Scale)}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var dims = KeepDims
            ? inputs[0].Dims.Select((d, i) => Axes.Contains(i) ? 1 : d)
            : inputs[0].Dims.Where((_, i) => !Axes.Contains(i));
        return new TensorType(ElementType.Float32, OverBatch ? RowSpace.None : inputs[0].Rows, dims.ToEquatableArray());
    }

    /// <summary>Every summand has the gradient of its sum: dx = broadcast(dy) · scale.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x) = (context.Graph, context.Input);
        var kept = x.Type.Dims.Select((d, i) => Axes.Contains(i) ? 1 : d).ToArray();
        var dy = context.Gradient;
        if (Scale != 1f)
            dy = graph.Multiply(dy, graph.Constant(Scale));
        // A single number is broadcast as it is: 1/B has no memory that a view could be of.
        return [graph.Apply(new BroadcastTo(x.Type), dy.Type.Rank == 0 ? dy : graph.Reshape(dy, kept))];
    }

    /// <summary>Of the positions and of the channels those stay that are not summed over. The sum over the first two of three dimensions is that of an image's pixels.</summary>
    public override void Order(OrderContext context)
    {
        if (Axes.SequenceEqual([0, 1]) && context.Operand.Dims.Count == 3)
            context.Claim(context.Operand, FeatureOrder.Image(context.Operand.Dims));
        if (context[context.Operand] is not { } order)
            return;
        context.Claim(context.Result, !order.IsKnown
            ? order
            : context.Result.Count == context.Operand.Count
                ? order.Reshape(context.Result.Dims)
                : FeatureOrder.Split(context.Result.Dims, KeepDims ? order.Axes : order.Axes - Axes.Count(a => a < order.Axes)));
    }

    public override void Evaluate(ReferenceCall call)
    {
        var source = call.InputType(0);
        var kept = source.WithDims(source.Dims.Select((d, i) => Axes.Contains(i) ? 1 : d)) with { Rows = OverBatch ? RowSpace.None : source.Rows };
        for (var i = 0; i < call.Input(0).Length; i++)
            call.Result[Indexing.BroadcastIndex(i, source, kept)] += call.Input(0)[i] * Scale;
    }

    public override KernelBody Lower(LoweringContext context) => new ReductionBody(Axes, OverBatch, Scale);
}

/// <summary>x repeated to a larger type. Fusion makes it a load with stride 0; it is a kernel of its own only at the end of a program.</summary>
internal sealed record BroadcastTo(TensorType Type) : Operation
{
    public static readonly ElementwiseFunction Identity = new("BroadcastTo", 1, (v, _) => v[0], "{0}", "{0}", d => [d.Dy]);

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Type;

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.SumTo(context.Gradient, context.Input.Type)];

    public override void Order(OrderContext context) => context.Elementwise();

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = call.Input(0)[Indexing.BroadcastIndex(i, Type, call.InputType(0))];
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Identity);
}

internal static class ReductionFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Sum", (g, a) => Apply(g, a, mean: false)),
        new("Mean", (g, a) => Apply(g, a, mean: true)),
        new("Max", (g, a) => Max(g, a.NumberTensor("Max", "x"), a)),
        new("Min", (g, a) => g.Map("Negate", Max(g, g.Map("Negate", a.NumberTensor("Min", "x")), a))),
        new("Prod", Prod),
        new("LogSumExp", LogSumExp),
        new("Variance", Variance),
        new("StandardDeviation", (g, a) => g.Map("Sqrt", Variance(g, a))),
    ];

    /// <summary>Σ over all dimensions of a sample.</summary>
    public static Value SumAll(this GraphBuilder graph, Value x) =>
        x.Type.Rank == 0 ? x : graph.Apply(new Reduce(Enumerable.Range(0, x.Type.Rank).ToEquatableArray(), false, false), x);

    public static Value MeanAll(this GraphBuilder graph, Value x) =>
        x.Type.Rank == 0 ? x : graph.Apply(
            new Reduce(Enumerable.Range(0, x.Type.Rank).ToEquatableArray(), false, false, 1f / x.Type.Count), x);

    /// <summary>Σ over some axes, which go.</summary>
    public static Value SumOf(this GraphBuilder graph, Value x, int[] axes) => Over(graph, x, axes, keep: false, mean: false);

    /// <summary>Σ of a function of x over the axes that a call names.</summary>
    public static Value Over(this GraphBuilder graph, Value x, CallArguments arguments, Func<Value, Value> function) =>
        Over(graph, function(x), Axes(arguments, x.Type), Keeps(arguments), mean: false);

    /// <summary>The adjoint of broadcasting: sums a gradient back to the type of the operand that was broadcast.</summary>
    public static Value SumTo(this GraphBuilder graph, Value gradient, TensorType type)
    {
        if (gradient.Type == type)
            return gradient;
        // A gradient can also be smaller than its operand: that of a broadcast operand of a broadcast operand. Then it is repeated.
        if (gradient.Type.Rank < type.Rank || (type.Batched && !gradient.Type.Batched))
            return graph.SumTo(graph.Apply(new BroadcastTo(new Elementwise.Elementwise("Add").Infer([gradient.Type, type])), gradient), type);
        var shift = gradient.Type.Rank - type.Rank;
        var axes = Enumerable.Range(0, gradient.Type.Rank)
            .Where(i => i < shift || (type.Dims[i - shift] == 1 && gradient.Type.Dims[i] != 1));
        var summed = graph.Apply(new Reduce(axes.ToEquatableArray(), true, gradient.Type.Batched && !type.Batched), gradient);
        return graph.Reshape(summed, type.Dims.ToArray());
    }

    private static Value Apply(GraphBuilder graph, CallArguments arguments, bool mean)
    {
        var x = arguments.NumberTensor(mean ? "Mean" : "Sum", "x");
        return Over(graph, x, Axes(arguments, x.Type), Keeps(arguments), mean);
    }

    /// <summary>Σ (x − μ)² / (n − correction): the mean is taken out first, so nothing cancels.</summary>
    private static Value Variance(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Variance", "x");
        var axes = Axes(arguments, x.Type);
        var count = axes.Aggregate(1L, (product, axis) => product * x.Type.Dims[axis]);
        var correction = arguments.Has("correction") ? arguments.Int("correction") : 0;
        if (correction < 0 || correction >= count)
            throw new LanguageException(
                "NG0301", Text.Invariant($"'correction' must be from 0 to below the {count} numbers; it is {correction}."), "correction");
        var distance = graph.Map("Subtract", x, Over(graph, x, axes, keep: true, mean: true));
        var mean = Over(graph, graph.Map("Square", distance), axes, Keeps(arguments), mean: true);
        return correction == 0 ? mean : graph.Multiply(mean, graph.Constant((float)((double)count / (count - correction))));
    }

    private static Value Max(GraphBuilder graph, Value x, CallArguments arguments) => Max(graph, x, Axes(arguments, x.Type), Keeps(arguments));

    private static Value Max(GraphBuilder graph, Value x, int[] axes, bool keep) =>
        axes.Length == 0 ? x : graph.Apply(new Largest(axes.ToEquatableArray(), keep), x);

    /// <summary>Along one axis, behind all others, that holds what the call folds.</summary>
    private static Value Prod(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Prod", "x");
        var axes = Axes(arguments, x.Type);
        if (axes.Length == 0)
            return x;
        var others = Enumerable.Range(0, x.Type.Rank).Except(axes).ToArray();
        var dims = others.Select(axis => x.Type.Dims[axis]).ToArray();
        var rows = graph.Reshape(graph.Permute(x, [.. others, .. axes]), [.. dims, axes.Aggregate(1, (product, axis) => product * x.Type.Dims[axis])]);
        var product = graph.Apply(new Product(EquatableArray.Create(others.Length), KeepDims: false), rows);
        return Keeps(arguments) ? graph.Reshape(product, [.. x.Type.Dims.Select((d, i) => axes.Contains(i) ? 1 : d)]) : product;
    }

    /// <summary>
    /// m + log Σ exp(x − m) with the largest element m, so that nothing overflows; where that is infinite there is nothing to take out. m
    /// is no way for the gradient.
    /// </summary>
    private static Value LogSumExp(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("LogSumExp", "x");
        var axes = Axes(arguments, x.Type);
        if (axes.Length == 0)
            return x;
        var largest = graph.Map("StopGradient", Max(graph, x, axes, keep: true));
        var shift = graph.Map("Where", graph.Map("Equal", graph.Map("Abs", largest), graph.Constant(float.PositiveInfinity)), graph.Constant(0), largest);
        var sum = Over(graph, graph.Map("Exp", graph.Map("Subtract", x, shift)), axes, keep: true, mean: false);
        var result = graph.Add(graph.Map("Log", sum), shift);
        return Keeps(arguments) ? result : graph.Reshape(result, [.. x.Type.Dims.Where((_, i) => !axes.Contains(i))]);
    }

    private static bool Keeps(CallArguments arguments) => arguments.Has("keepDims") && arguments.Bool("keepDims");

    private static Value Over(GraphBuilder graph, Value x, int[] axes, bool keep, bool mean)
    {
        var count = axes.Aggregate(1L, (product, axis) => product * x.Type.Dims[axis]);
        return axes.Length == 0 ? x : graph.Apply(new Reduce(axes.ToEquatableArray(), keep, false, mean ? 1f / count : 1f), x);
    }

    /// <summary>One axis, several, or where the call names none all of them; in the order of the dimensions.</summary>
    private static int[] Axes(CallArguments arguments, TensorType type)
    {
        if (arguments.Has("axis"))
            return [Shapes.Axis.Resolve(arguments.Int("axis"), type, "axis")];
        if (!arguments.Has("axes"))
            return Enumerable.Range(0, type.Rank).ToArray();
        var axes = arguments.Ints("axes").Select(axis => Shapes.Axis.Resolve(axis, type, "axes")).ToArray();
        return axes.Distinct().Count() == axes.Length
            ? axes.OrderBy(axis => axis).ToArray()
            : throw new LanguageException("NG0301", "An axis is named twice.", "axes");
    }
}
