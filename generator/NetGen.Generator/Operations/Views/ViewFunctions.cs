using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Views;

/// <summary>Parts of tensors, other orders of axes, repetitions. The indexer of Tensor is here as Slice (parameters x and at).</summary>
internal static class ViewFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Slice", (g, a) => Index(g, a.NumberTensor("A slice", "x"), a.Objects("at"))),
        new("Permute", (g, a) => Permuted(g, a.NumberTensor("Permute", "x"), a.Ints("axes"))),
        new("Transpose", Transposed),
        new("BroadcastTo", (g, a) => Broadcast(g, a.NumberTensor("BroadcastTo", "x"), [.. a.Ints("dims")])),
        new("Tile", Tile),
        new("Repeat", Repeat),
    ];

    /// <summary>Those with several results.</summary>
    public static IEnumerable<TensorsFunction> Several { get; } = [new("Split", Split)];

    /// <summary>A part of one axis.</summary>
    public static Value Slice(this GraphBuilder graph, Value x, int axis, int start, int length) =>
        length == x.Type.Dims[axis] ? x : graph.Apply(Views.Slice.Of(x.Type, axis, start, length), x);

    public static Value Permute(this GraphBuilder graph, Value x, IReadOnlyList<int> axes)
    {
        if (axes.Select((axis, i) => axis == i).All(same => same))
            return x;
        // Axes of size 1 move without a number moving.
        var moving = axes.Where(axis => x.Type.Dims[axis] != 1);
        return moving.SequenceEqual(moving.OrderBy(axis => axis))
            ? graph.Reshape(x, [.. axes.Select(axis => x.Type.Dims[axis])])
            : graph.Apply(new Permute(axes.ToEquatableArray()), x);
    }

    /// <summary>The last two axes change places.</summary>
    public static Value SwapLast(this GraphBuilder graph, Value x)
    {
        var rank = x.Type.Rank;
        return graph.Permute(x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    private static Value Index(GraphBuilder graph, Value x, IReadOnlyList<object?> at)
    {
        var rank = x.Type.Rank;
        if (at.Count > rank)
        {
            throw new LanguageException(
                "NG0401", Text.Invariant($"{at.Count} indices for {x.Type.Shape}, which has {rank} dimensions per sample (the batch is not counted)."),
                Text.Invariant($"at{rank}"));
        }
        var (starts, lengths, dropped) = (new int[rank], x.Type.Dims.ToArray(), new List<int>());
        for (var axis = 0; axis < at.Count; axis++)
        {
            var argument = Text.Invariant($"at{axis}");
            if (at[axis] is AxisRange range)
            {
                (starts[axis], lengths[axis]) = Part(range, x.Type, axis, argument);
                continue;
            }
            (starts[axis], lengths[axis]) = (Place((AxisIndex)at[axis]!, x.Type, axis, argument), 1);
            dropped.Add(axis);
        }
        if (lengths.SequenceEqual(x.Type.Dims))
            return graph.Reshape(x, [.. x.Type.Dims.Where((_, axis) => !dropped.Contains(axis))]);
        return graph.Apply(new Slice(starts.ToEquatableArray(), lengths.ToEquatableArray(), dropped.ToEquatableArray()), x);
    }

    private static int Place(AxisIndex index, TensorType type, int axis, string argument)
    {
        var (length, place) = (type.Dims[axis], index.In(type.Dims[axis]));
        var remedy = !index.FromEnd && index.Value < 0 ? Text.Invariant($" From the end it is counted as ^{-(long)index.Value}.") : "";
        return place >= 0 && place < length
            ? place
            : throw new LanguageException(
                "NG0301", Text.Invariant($"Index {index} is outside the {length} places of axis {axis} of {type.Shape}.{remedy}"), argument);
    }

    private static (int Start, int Length) Part(AxisRange range, TensorType type, int axis, string argument)
    {
        var length = type.Dims[axis];
        var (from, to) = (range.From.In(length), range.To.In(length));
        return from >= 0 && to <= length && from < to
            ? (from, to - from)
            : throw new LanguageException("NG0301", Text.Invariant(
                $"The range {range} takes nothing of, or lies outside, the {length} places of axis {axis} of {type.Shape}."), argument);
    }

    private static Value Permuted(GraphBuilder graph, Value x, IReadOnlyList<int> axes)
    {
        var order = axes.Select(axis => Axis.Resolve(axis, x.Type, "axes")).ToArray();
        return order.Length == x.Type.Rank && order.Distinct().Count() == order.Length
            ? graph.Permute(x, order)
            : throw new LanguageException("NG0301", Text.Invariant(
                $"Permute names each of the {x.Type.Rank} axes of {x.Type.Shape} once; got [{string.Join(", ", axes)}]."), "axes");
    }

    private static Value Transposed(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Transpose", "x");
        if (x.Type.Rank < 2)
            throw new LanguageException("NG0401", $"Transpose needs two axes; got {x.Type.Shape} per sample.", "x");
        if (!arguments.Has("axis1"))
            return graph.SwapLast(x);
        var (first, second) = (Axis.Resolve(arguments.Int("axis1"), x.Type, "axis1"), Axis.Resolve(arguments.Int("axis2"), x.Type, "axis2"));
        return graph.Permute(x, [.. Enumerable.Range(0, x.Type.Rank).Select(axis => axis == first ? second : axis == second ? first : axis)]);
    }

    /// <summary>An axis of size 1, or a missing one in front, is repeated.</summary>
    private static Value Broadcast(GraphBuilder graph, Value x, int[] dims)
    {
        var added = dims.Length - x.Type.Rank;
        var fits = added >= 0 && dims.All(d => d >= 1) && x.Type.Dims.Select((d, i) => d == 1 || d == dims[i + added]).All(fit => fit);
        if (!fits)
            throw new LanguageException("NG0402", $"{x.Type.Shape} does not broadcast to [{string.Join(", ", dims)}].", "dims");
        return graph.BroadcastTo(x, dims);
    }

    private static Value BroadcastTo(this GraphBuilder graph, Value x, int[] dims) =>
        x.Type.Dims.SequenceEqual(dims) ? x : graph.Apply(new BroadcastTo(x.Type.WithDims(dims)), x);

    /// <summary>All of x several times along each axis: an axis of its own for the copies before each, which then become one with it.</summary>
    private static Value Tile(GraphBuilder graph, CallArguments arguments)
    {
        var (x, repeats) = (arguments.NumberTensor("Tile", "x"), arguments.Ints("repeats"));
        if (repeats.Any(count => count < 1))
            throw new LanguageException("NG0301", $"Tile repeats each axis at least once; got [{string.Join(", ", repeats)}].", "repeats");
        if (repeats.Count != x.Type.Rank)
        {
            throw new LanguageException("NG0301", Text.Invariant(
                $"Tile takes a number for each of the {x.Type.Rank} axes of {x.Type.Shape}; got {repeats.Count}."), "repeats");
        }
        return Repeated(graph, x, [.. repeats.SelectMany((count, axis) => new[] { (count, true), (x.Type.Dims[axis], false) })],
            [.. repeats.Select((count, axis) => checked(count * x.Type.Dims[axis]))]);
    }

    /// <summary>Each place of an axis several times: an axis for the copies behind it.</summary>
    private static Value Repeat(GraphBuilder graph, CallArguments arguments)
    {
        var (x, count) = (arguments.NumberTensor("Repeat", "x"), arguments.IntAtLeast("count", 1));
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        return Repeated(graph, x, [.. x.Type.Dims.SelectMany((dim, i) => i == axis ? new[] { (dim, false), (count, true) } : [(dim, false)])],
            [.. x.Type.Dims.Select((dim, i) => i == axis ? checked(count * dim) : dim)]);
    }

    /// <param name="graph">The graph.</param>
    /// <param name="x">What is repeated.</param>
    /// <param name="axes">The dimensions of x, and between them those of the copies.</param>
    /// <param name="dims">Of the result.</param>
    private static Value Repeated(GraphBuilder graph, Value x, (int Dim, bool IsCopies)[] axes, int[] dims)
    {
        var apart = graph.Reshape(x, [.. axes.Select(axis => axis.IsCopies ? 1 : axis.Dim)]);
        return graph.Reshape(graph.BroadcastTo(apart, [.. axes.Select(axis => axis.Dim)]), dims);
    }

    private static IReadOnlyList<Value> Split(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Split", "x");
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        var sizes = arguments.Has("sizes") ? arguments.Ints("sizes") : Equal(x.Type, axis, arguments.IntAtLeast("parts", 1));
        if (sizes.Any(size => size < 1) || sizes.Aggregate(0L, (sum, size) => sum + size) != x.Type.Dims[axis])
        {
            throw new LanguageException("NG0405", Text.Invariant(
                $"Axis {axis} of {x.Type.Shape} has {x.Type.Dims[axis]} places; parts of [{string.Join(", ", sizes)}] are not that many."), "sizes");
        }
        var parts = new List<Value>();
        var start = 0;
        foreach (var size in sizes)
        {
            parts.Add(graph.Slice(x, axis, start, size));
            start += size;
        }
        return parts;
    }

    private static int[] Equal(TensorType type, int axis, int parts) => type.Dims[axis] % parts == 0
        ? [.. Enumerable.Repeat(type.Dims[axis] / parts, parts)]
        : throw new LanguageException("NG0405", Text.Invariant(
            $"The {type.Dims[axis]} places of axis {axis} of {type.Shape} do not divide into {parts} equal parts."), "parts");
}
