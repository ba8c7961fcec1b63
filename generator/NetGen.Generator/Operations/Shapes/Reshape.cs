using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Operations.Shapes;

/// <summary>The same numbers in the same order with other dimensions; costs nothing.</summary>
internal sealed record Reshape(EquatableArray<int> Dims) : Operation
{
    public override string Title => $"Reshape{Dims}";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(Dims);

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Reshape(context.Gradient, context.Input.Type.Dims.ToArray())];

    /// <summary>
    /// The elements stay where they are, here and in PyTorch, if each dimension has either positions or channels. Numbers of the caller that
    /// become an image are one from then on: in which order PyTorch gets them is not the file's matter. Between the positions of an image, or
    /// of a sequence of channels, and rows PyTorch transposes.
    /// </summary>
    public override void Order(OrderContext context)
    {
        if (context.ResultIsRows && ArePositions(context.Operand, context.Result))
            context.Claim(context.Result, FeatureOrder.Plain(context.Result.Dims));
        else if (context.OperandIsRows && ArePositions(context.Result, context.Operand))
            return;
        else if (!context.IsGiven(0) || context.Result.Dims.Count != 3)
            context.Reshaped(context.Operand, context.Result);
    }

    private static bool ArePositions(OrderSlot image, OrderSlot rows) =>
        image.Dims.Count == 3 && rows.Dims.Count == 2 && image.Dims[2] == rows.Dims[1];

    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Input(0));

    public override bool IsAlias => true;

    public override KernelBody Lower(LoweringContext context) => throw new InvalidOperationException("No kernel computes a view of the same memory.");
}

internal static class ReshapeFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Flatten", (g, a) => g.Reshape(a.NumberTensor("Flatten", "x"), [checked((int)a.Tensor("x").Type.Count)])),
        new("Reshape", (g, a) => g.Reshape(a.NumberTensor("Reshape", "x"), Dims(a.Tensor("x").Type, a.Ints("dims")))),
        new("Squeeze", (g, a) => Squeeze(g, a.NumberTensor("Squeeze", "x"), a)),
        new("Unsqueeze", (g, a) => g.Unsqueeze(a.NumberTensor("Unsqueeze", "x"), a.Int("axis"))),
    ];

    /// <summary>A dimension of size 1 before the axis-th; −1: behind all.</summary>
    public static Value Unsqueeze(this GraphBuilder graph, Value x, int axis)
    {
        var place = axis < 0 ? axis + x.Type.Rank + 1 : axis;
        if (place < 0 || place > x.Type.Rank)
        {
            throw new LanguageException(
                "NG0404",
                Text.Invariant($"Axis {axis} is outside the {x.Type.Rank + 1} dimensions that the result has (the batch is not counted)."),
                "axis");
        }
        return graph.Reshape(x, [.. x.Type.Dims.Take(place), 1, .. x.Type.Dims.Skip(place)]);
    }

    private static Value Squeeze(GraphBuilder graph, Value x, CallArguments arguments)
    {
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        return x.Type.Dims[axis] == 1
            ? graph.Reshape(x, [.. x.Type.Dims.Where((_, i) => i != axis)])
            : throw new LanguageException("NG0405", $"Squeeze takes an axis of size 1; that of {x.Type.Shape} has {x.Type.Dims[axis]}.", "axis");
    }

    public static Value Reshape(this GraphBuilder graph, Value x, int[] dims) =>
        x.Type.Dims.SequenceEqual(dims) ? x : graph.Apply(new Reshape(dims.ToEquatableArray()), x);

    /// <summary>Replaces a single -1 by what is left and checks the count.</summary>
    private static int[] Dims(TensorType type, IReadOnlyList<int> dims)
    {
        var known = dims.Where(d => d != -1).Aggregate(1L, (product, dim) => product * dim);
        var wanted = "[" + string.Join(", ", dims) + "]";
        if (dims.Any(d => d is < 1 and not -1))
            throw new LanguageException("NG0301", $"Reshape to {wanted}: dimensions are at least 1 (one may be -1).", "dims");
        if (dims.Count(d => d == -1) > 1)
            throw new LanguageException("NG0301", $"Reshape to {wanted}: only one dimension may be -1.", "dims");
        var open = dims.Contains(-1);
        if (open ? type.Count % known != 0 : type.Count != known)
            throw new LanguageException("NG0405", $"{type.Shape} has {type.Count} elements per sample; they do not fit {wanted}.", "dims");
        return dims.Select(d => d == -1 ? (int)(type.Count / known) : d).ToArray();
    }
}
