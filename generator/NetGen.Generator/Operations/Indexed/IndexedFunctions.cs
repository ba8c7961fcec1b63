using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Concat;
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
        return indices.Type.Dims.SequenceEqual(x.Type.Dims.Take(x.Type.Rank - 1))
            ? graph.Apply(new Pick(), x, indices)
            : throw new LanguageException("NG0402", $"Pick: the rows of {x.Type.Shape} need indices {x.Type.WithDims(x.Type.Dims.Take(x.Type.Rank - 1)).Shape}; got {indices.Type.Shape}.", "indices");
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
