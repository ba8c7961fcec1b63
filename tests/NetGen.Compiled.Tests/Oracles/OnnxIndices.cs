using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>What moves numbers by computed places, and places as results: these are numbers here where they leave a network.</summary>
internal static class OnnxIndices
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["ArgMax"] = c => Extreme(c, "ArgMax"),
        ["ArgMin"] = c => Extreme(c, "ArgMin"),
        ["TopK"] = TopK,
        ["Gather"] = Gather,
        ["GatherElements"] = GatherElements,
        ["GatherND"] = GatherND,
        ["Scatter"] = c => Scatter(c.Inputs[0], c.Inputs[1], c.Inputs[2], c.Axis(0, c.Inputs[0].Rank), "none"),
        ["ScatterElements"] = c => Scatter(c.Inputs[0], c.Inputs[1], c.Inputs[2], c.Axis(0, c.Inputs[0].Rank), c.Node.Text("reduction", "none")),
        ["ScatterND"] = ScatterND,
        ["OneHot"] = OneHot,
    };

    /// <summary>Operators whose results may be places.</summary>
    public static bool GivesPlaces(string op) => op is "ArgMax" or "ArgMin" or "TopK";

    /// <summary>Of equal elements the first, or in reverse the last; the axis stays, with one place, unless that is not wanted.</summary>
    private static OnnxNetwork Extreme(OnnxCall call, string function)
    {
        var x = call.Inputs[0];
        var axis = call.Axis(0, x.Rank);
        var dim = x.Dims[axis];
        int[] dims = [.. x.Dims.Select((size, i) => i == axis ? 1 : size).Where((_, i) => i != axis || call.Node.Int("keepdims", 1) == 1)];
        return Whole(x, name => call.Is("select_last_index")
            ? $"Gather(Range({dim - 1}f, -1f, {dim}), {function}(Gather({name}, {Numbers(Enumerable.Range(0, dim).Reverse())}, {axis}), {axis}))"
            : $"Gather(Range({dim}), {function}({name}, {axis}))").Then(places => places.Shaped(dims));
    }

    /// <summary>Of the last axis, and of those with the sign turned for the smallest.</summary>
    private static OnnxNetwork TopK(OnnxCall call)
    {
        var (x, count) = (call.Inputs[0], (int)call.Inputs[1].Values[0]);
        var (order, back) = ToLast(call.Axis(-1, x.Rank), x.Rank);
        var rows = x.Transpose(order);
        var sign = call.Node.Int("largest", 1) == 1 ? "" : "-";
        return Whole(rows, name => $"{sign}TopK({sign}{name}, {count})")
            .And(Whole(rows, name => $"Gather(Range({rows.Dims[^1]}), ArgTopK({sign}{name}, {count}))"))
            .Then(y => y.Transpose(back));
    }

    /// <summary>Indices may count from the end there.</summary>
    private static OnnxNetwork Gather(OnnxCall call)
    {
        var (x, indices, axis) = (call.Inputs[0], call.Inputs[1], call.Axis(0, call.Inputs[0].Rank));
        return Whole([x], FromStart(indices, x.Dims[axis]), names => $"Gather({names[0]}, {names[1]}, {axis})");
    }

    private static OnnxNetwork GatherElements(OnnxCall call)
    {
        var (x, indices) = (call.Inputs[0], call.Inputs[1]);
        var axis = call.Axis(0, x.Rank);
        var (order, back) = ToLast(axis, x.Rank);
        return Whole([x.Transpose(order)], FromStart(indices.Transpose(order), x.Dims[axis]), names => $"Pick({names[0]}, {names[1]})")
            .Then(y => y.Transpose(back));
    }

    /// <summary>Each of the last vectors of the indices names a place along the first axes, which are one here.</summary>
    private static OnnxNetwork GatherND(OnnxCall call)
    {
        var (x, indices) = (call.Inputs[0], call.Inputs[1]);
        Require(call.Node.Int("batch_dims", 0) == 0, "no dimensions are a batch of their own");
        var axes = indices.Dims[^1];
        double Place(double[] at) => at.Zip(x.Dims).Aggregate(0, (place, p) => (place * p.Second) + Positive((int)p.First, p.Second));
        var places = new OnnxTensor("", indices.Dims[..^1], [.. indices.Values.Chunk(axes).Select(Place)]);
        int[] dims = [Product(x.Dims[..axes]), .. x.Dims[axes..]];
        return Whole([x], places, names => $"Gather(Reshape({names[0]}, {string.Join(", ", dims)}), {names[1]})");
    }

    /// <summary>Values of x where no index names the place.</summary>
    private static OnnxNetwork Scatter(OnnxTensor x, OnnxTensor indices, OnnxTensor values, int axis, string reduction)
    {
        var (order, back) = ToLast(axis, x.Rank);
        var (rows, places, count) = (x.Transpose(order), FromStart(indices.Transpose(order), x.Dims[axis]), x.Dims[axis]);
        Require(reduction is "none" or "add", "values that are scattered are added");
        Require(places.Dims[..^1].SequenceEqual(rows.Dims[..^1]), "each row has indices");
        var areDistinct = places.Values.Chunk(places.Dims[^1]).All(row => row.Distinct().Count() == row.Length);
        Require(reduction == "add" || areDistinct, "of several values for a place there is a sum");
        return Whole([rows, values.Transpose(order)], places, names =>
        {
            var sums = $"ScatterAdd({names[1]}, {names[2]}, {count})";
            return reduction == "add"
                ? $"{names[0]} + {sums}" : $"Where(ScatterAdd({names[1]} * 0f + 1f, {names[2]}, {count}) > 0f, {sums}, {names[0]})";
        }).Then(y => y.Transpose(back));
    }

    /// <summary>Whole parts behind one index are scattered element by element.</summary>
    private static OnnxNetwork ScatterND(OnnxCall call)
    {
        var (x, indices, values) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        Require(indices.Rank == 2 && indices.Dims[1] == 1, "an index is along one axis");
        var size = values.Values.Length / indices.Dims[0];
        var each = values with { Values = [.. Enumerable.Range(0, values.Values.Length).Select(i => indices.Values[i / size])] };
        return Scatter(x, each, values, 0, call.Node.Text("reduction", "none"));
    }

    /// <summary>Values for what is not and what is named; an axis of the classes; what is out of range names nothing, and is refused here.</summary>
    private static OnnxNetwork OneHot(OnnxCall call)
    {
        var (indices, depth, values) = (call.Inputs[0], (int)call.Inputs[1].Values[0], call.Inputs[2].Values);
        Require(indices.Values.All(v => v >= -depth && v < depth), "indices are in range");
        var axis = call.Axis(-1, indices.Rank + 1);
        int[] order = [.. Enumerable.Range(0, axis), indices.Rank, .. Enumerable.Range(axis, indices.Rank - axis)];
        return Whole([], FromStart(indices, depth), names =>
            $"Permute({Number(values[1] - values[0])} * OneHot({names[0]}, {depth}) + {Number(values[0])}, {string.Join(", ", order)})");
    }

    private static OnnxTensor FromStart(OnnxTensor indices, int dim) => indices.Map(v => Positive((int)v, dim));

    private static (int[] Order, int[] Back) ToLast(int axis, int rank)
    {
        int[] order = [.. Enumerable.Range(0, rank).Where(i => i != axis), axis];
        return (order, [.. order.Select((_, i) => Array.IndexOf(order, i))]);
    }
}
