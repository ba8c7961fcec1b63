using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Concat;

/// <summary>Tensors one after the other along an axis of the sample; all have a batch or none has.</summary>
internal sealed record Concat(int Axis) : Operation
{
    /// <summary>The run-time kernels come for 2 to this many operands; more are joined in a tree.</summary>
    public const int MostOperands = 4;

    public override string Title => $"Concat[{Axis}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Select((d, i) => i == Axis ? inputs.Sum(x => x.Dims[Axis]) : d));

    public override Value?[] Backward(BackwardContext context)
    {
        var gradients = new Value?[context.Inputs.Count];
        for (int i = 0, start = 0; i < gradients.Length; start += context.Inputs[i].Type.Dims[Axis], i++)
            gradients[i] = context.Graph.Slice(context.FullGradient, Axis, start, context.Inputs[i].Type.Dims[Axis]);
        return gradients;
    }

    public override RowUse RowUse => RowUse.Keeps;

    /// <summary>Vectors: their blocks one after the other. Images: an image.</summary>
    public override void Order(OrderContext context)
    {
        var orders = context.Operands.Select(o => context[o]).ToArray();
        if (orders.Any(o => o is { IsKnown: false }))
            context.Claim(context.Result, FeatureOrder.Unknown);
        else if (context.Result.Dims.Count == 1)
            OrderOfVectors(context, orders);
        else
            OrderOfArrays(context, orders);
    }

    private static void OrderOfVectors(OrderContext context, FeatureOrder?[] orders)
    {
        if (orders.All(o => o is not null))
            context.Claim(context.Result, FeatureOrder.Concat(orders!));
        if (context[context.Result] is not { IsKnown: true } result)
            return;
        var start = 0;
        foreach (var operand in context.Operands)
        {
            context.Claim(operand, result.Slice(start, operand.Count));
            start += operand.Count;
        }
    }

    private static void OrderOfArrays(OrderContext context, FeatureOrder?[] orders)
    {
        var known = orders.Append(context[context.Result]).Where(o => o is { IsKnown: true }).ToArray();
        var axes = known.Select(o => o!.Axes).DefaultIfEmpty(0).Max();
        if (axes == 0 && orders.Any(o => o is null) && context[context.Result] is null)
            return;
        var fits = context.Operands.All(o => context[o] is not { } order || order.Blocks == FeatureOrder.Split(o.Dims, axes).Blocks);
        context.Claim(context.Result, fits ? FeatureOrder.Split(context.Result.Dims, axes) : FeatureOrder.Unknown);
        foreach (var operand in context.Operands)
            context.Claim(operand, fits ? FeatureOrder.Split(operand.Dims, axes) : FeatureOrder.Unknown);
    }

    public override void Evaluate(ReferenceCall call)
    {
        var result = new Runs(call.Type, Axis);
        for (int i = 0, start = 0; i < call.InputCount; start += call.InputType(i).Dims[Axis], i++)
            new Runs(call.InputType(i), Axis).Copy(call.Input(i), 0, result, call.Result, start, call.InputType(i).Dims[Axis], call.Batch);
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var lengths = context.Inputs.Select(i => new Runs(i, Axis).Length);
        return new RuntimeCallBody(
            "CopyKernels.Concat", new[] { context.Result.Batched ? 1 : 0, new Runs(context.Result, Axis).Outer }.Concat(lengths).ToEquatableArray());
    }
}

/// <summary>A tensor as Outer runs (per sample) of Length contiguous elements, Step for each place of the axis.</summary>
internal readonly record struct Runs(int Outer, int Length, int Step, bool Batched)
{
    public Runs(TensorType type, int axis)
        : this(Product(type.Dims.Take(axis)), Product(type.Dims.Skip(axis)), Product(type.Dims.Skip(axis + 1)), type.Batched)
    {
    }

    /// <summary>Copies <paramref name="count"/> places of the axis of every run to another tensor's runs.</summary>
    public void Copy(double[] source, int from, Runs target, double[] result, int to, int count, int batch)
    {
        for (var run = 0; run < Outer * (Batched ? batch : 1); run++)
            Array.Copy(source, (run * Length) + (from * Step), result, (run * target.Length) + (to * Step), count * Step);
    }

    private static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => checked(product * dim));
}

internal static class ConcatFunctions
{
    public static IEnumerable<TensorFunction> All { get; } = [new("Concat", Apply), new("Stack", Stack)];

    /// <summary>Side by side along an axis of their own.</summary>
    private static Value Stack(GraphBuilder graph, CallArguments arguments)
    {
        var tensors = arguments.Tensors("tensors");
        if (tensors.Count == 0)
            throw new LanguageException("NG0301", "Stack needs at least one tensor.", "tensors");
        foreach (var tensor in tensors)
            Numbers.Check("Stack", "tensors", tensor.Type);
        if (tensors.FirstOrDefault(t => t.Type.Dims != tensors[0].Type.Dims) is { Type: { } other })
            throw new LanguageException("NG0402", $"Stack: {tensors[0].Type.Shape} and {other.Shape} must have the same shape.", "tensors");
        var axis = arguments.Int("axis");
        var (rank, parts) = (tensors[0].Type.Rank + 1, tensors.Select(t => graph.Unsqueeze(t, axis)).ToArray());
        return Joined(graph, axis < 0 ? axis + rank : axis, parts);
    }

    private static Value Apply(GraphBuilder graph, CallArguments arguments)
    {
        var tensors = arguments.Tensors("tensors");
        if (tensors.Count == 0)
            throw new LanguageException("NG0301", "Concat needs at least one tensor.", "tensors");
        foreach (var tensor in tensors)
            Numbers.Check("Concat", "tensors", tensor.Type);
        var first = tensors[0].Type;
        if (first.Rank == 0)
        {
            throw new LanguageException(
                "NG0401", "Concat expects at least one dimension per sample; got a single number. Put Reshape(x, 1) before it.", "tensors");
        }
        var axis = arguments.Has("axis") ? Axis.Resolve(arguments.Int("axis"), first, "axis") : first.Rank - 1;
        foreach (var other in tensors.Select(t => t.Type))
        {
            if (other.Rank != first.Rank || other.Dims.Where((d, i) => i != axis && d != first.Dims[i]).Any())
            {
                throw new LanguageException(
                    "NG0402", $"Concat along axis {axis}: {first.Shape} and {other.Shape} differ in another dimension.", "tensors");
            }
        }
        return Joined(graph, axis, tensors);
    }

    /// <summary>Tensors that differ along the axis only, one behind the other.</summary>
    public static Value Joined(GraphBuilder graph, int axis, IReadOnlyList<Value> tensors)
    {
        var rows = tensors.Aggregate(RowSpace.None, (all, t) => all.With(t.Type.Rows));
        if (rows != RowSpace.None)
            tensors = tensors.Select(t => t.Type.Batched ? t : graph.Apply(new BroadcastTo(t.Type with { Rows = rows }), t)).ToArray();
        while (tensors.Count > 1)
            tensors = Join(graph, axis, tensors).ToArray();
        return tensors[0];
    }

    private static IEnumerable<Value> Join(GraphBuilder graph, int axis, IReadOnlyList<Value> tensors)
    {
        for (var i = 0; i < tensors.Count; i += Concat.MostOperands)
        {
            var part = tensors.Skip(i).Take(Concat.MostOperands).ToArray();
            yield return part.Length == 1 ? part[0] : graph.Apply(new Concat(axis), part);
        }
    }
}
