using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Concat;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>The functions of NetGen.Ops that take indices.</summary>
internal static class IndexedFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Gather", (g, a) => a.IsTensor("indices") ? Gather(g, a) : Places(g, a)),
        new("Pick", Pick),
        new("ArgMax", (g, a) => Extreme(g, a, "ArgMax", isSmallest: false)),
        new("ArgMin", (g, a) => Extreme(g, a, "ArgMin", isSmallest: true)),
        new("ArgSort", (g, a) => Ranked(g, a, "ArgSort").Places),
        new("Sort", (g, a) => Sorted(g, a, "Sort")),
        new("ArgTopK", (g, a) => Ranked(g, a, "ArgTopK").Places),
        new("TopK", (g, a) => Sorted(g, a, "TopK")),
        new("ScatterAdd", ScatterAdd),
        new("OneHot", (g, a) => g.Apply(new OneHot(a.IntAtLeast("count", 1)), a.IndexTensor("OneHot", "indices"))),
    ];

    /// <summary>Of a table by its first axis; of another axis of it with that axis first.</summary>
    private static Value Gather(GraphBuilder graph, CallArguments arguments)
    {
        var (x, indices) = (arguments.NumberTensor("Gather", "x"), arguments.IndexTensor("Gather", "indices"));
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        if (x.Type.Batched || axis == 0)
            return graph.Apply(new Gather(axis), x, indices);
        var first = graph.Permute(x, [axis, .. Enumerable.Range(0, x.Type.Rank).Where(i => i != axis)]);
        var gathered = graph.Apply(new Gather(0), first, indices);
        var (before, named) = (Enumerable.Range(indices.Type.Rank, axis), Enumerable.Range(0, indices.Type.Rank));
        return graph.Permute(gathered, [.. before, .. named, .. Enumerable.Range(indices.Type.Rank + axis, x.Type.Rank - 1 - axis)]);
    }

    /// <summary>Constant places: what follows each other is a part.</summary>
    private static Value Places(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Gather", "x");
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        var places = arguments.Ints("indices");
        if (places.Count == 0)
            throw new LanguageException("NG0301", "'indices' names no place.", "indices");
        foreach (var place in places)
        {
            if (place < 0 || place >= x.Type.Dims[axis])
                throw new LanguageException("NG0301", $"'indices' must be from 0 to {x.Type.Dims[axis] - 1}, the places of axis {axis} of {x.Type.Shape}; one is {place}.", "indices");
        }
        var parts = new List<Value>();
        for (int start = 0, end; start < places.Count; start = end)
        {
            for (end = start + 1; end < places.Count && places[end] == places[end - 1] + 1; end++)
                ;
            parts.Add(graph.Slice(x, axis, places[start], end - start));
        }
        return ConcatFunctions.Joined(graph, axis, parts);
    }

    private static Value Pick(GraphBuilder graph, CallArguments arguments)
    {
        var (x, indices) = (arguments.NumberTensor("Pick", "x"), arguments.IndexTensor("Pick", "indices"));
        if (!x.Type.Batched || x.Type.Rank == 0)
            throw new LanguageException("NG0401", $"Pick takes one element of each row of a tensor of each sample; got {x.Type.Shape}{(x.Type.Batched ? "" : " without a batch")}.", "x");
        var rows = x.Type.Dims.Take(x.Type.Rank - 1).ToArray();
        if (indices.Type.Dims.SequenceEqual(rows))
            return graph.Apply(new Pick(), x, indices);
        return indices.Type.Rank == x.Type.Rank && indices.Type.Dims.Take(rows.Length).SequenceEqual(rows)
            ? graph.Apply(new PickEach(), x, indices)
            : throw new LanguageException(
                "NG0402", $"Pick: the rows of {x.Type.Shape} need indices {x.Type.WithDims(rows).Shape}, or several for each row in a dimension behind these; got {indices.Type.Shape}.", "indices");
    }

    private static Value Extreme(GraphBuilder graph, CallArguments arguments, string function, bool isSmallest)
    {
        var x = Sample(arguments, function);
        return graph.Apply(new Extreme(Axis.Resolve(arguments.Has("axis") ? arguments.Int("axis") : -1, x.Type, "axis"), isSmallest), x);
    }

    /// <summary>The places of a row's elements by their size: of all for sorting, of the largest for TopK.</summary>
    private static (Value X, Value Places) Ranked(GraphBuilder graph, CallArguments arguments, string function)
    {
        var x = Sample(arguments, function);
        var length = Rows.Length(x.Type);
        var isTop = arguments.Has("count");
        var count = isTop ? arguments.IntAtLeast("count", 1) : length;
        if (count > length)
            throw new LanguageException("NG0301", $"'count' must be at most the {length} numbers of a row of {x.Type.Shape}; it is {count}.", "count");
        return (x, graph.Apply(new Ranking(count, IsAscending: !isTop && !arguments.Is("descending")), x));
    }

    private static Value Sorted(GraphBuilder graph, CallArguments arguments, string function)
    {
        var (x, places) = Ranked(graph, arguments, function);
        return graph.Apply(new PickEach(), x, places);
    }

    private static Value ScatterAdd(GraphBuilder graph, CallArguments arguments)
    {
        var (values, indices) = (Sample(arguments, "ScatterAdd", "values"), arguments.IndexTensor("ScatterAdd", "indices"));
        return indices.Type.Dims == values.Type.Dims
            ? graph.Apply(new ScatterAdd(arguments.IntAtLeast("count", 1)), values, indices)
            : throw new LanguageException("NG0402", $"ScatterAdd: each of {values.Type.Shape} has an index of its own; got {indices.Type.Shape}.", "indices");
    }

    /// <summary>A tensor of each sample with a row at least.</summary>
    private static Value Sample(CallArguments arguments, string function, string argument = "x")
    {
        var x = arguments.NumberTensor(function, argument);
        return x.Type.Batched && x.Type.Rank > 0
            ? x
            : throw new LanguageException("NG0401", $"{function} looks at rows of a tensor of each sample; got {x.Type.Shape}{(x.Type.Batched ? "" : " without a batch")}.", argument);
    }

    /// <summary>The argument's indices; NG0817 where it has numbers.</summary>
    private static Value IndexTensor(this CallArguments arguments, string function, string argument)
    {
        var value = arguments.Tensor(argument);
        return value.Type.Element == ElementType.Int32
            ? value
            : throw new LanguageException("NG0817", $"{function} takes indices; this is a tensor of numbers.", argument);
    }
}
