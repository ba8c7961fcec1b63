using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>What moves numbers by constants: parts, shapes, copies.</summary>
internal static class OnnxShapes
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["Constant"] = c => new OnnxValues([(OnnxTensor)c.Node.Attributes["value"]]),
        ["Flatten"] = Flatten,
        ["Reshape"] = Reshape,
        ["Squeeze"] = c => OneByOne(c, "Squeeze", OnnxReductions.Axes(c, c.Inputs[0].Rank)!.OrderDescending()),
        ["Unsqueeze"] = c => OneByOne(c, "Unsqueeze", OnnxReductions.Axes(c, c.Inputs[0].Rank + OnnxReductions.Axes(c, 0)!.Length)!.Order()),
        ["Transpose"] = c => c.Whole(x =>
            $"Permute({x[0]}, {string.Join(", ", c.Node.Ints("perm") ?? [.. Enumerable.Range(0, c.Inputs[0].Rank).Reverse()])})"),
        ["Concat"] = c => c.Whole(x => $"Concat({c.Axis(0, c.Inputs[0].Rank)}, {string.Join(", ", x)})"),
        ["Split"] = Split,
        ["Slice"] = Slice,
        ["Expand"] = Expand,
        ["Tile"] = c => Whole(c.Inputs[0], x => $"Tile({x}, {string.Join(", ", c.Inputs[1].Values)})"),
        ["Pad"] = Pad,
    };

    /// <summary>The dimensions before the axis become one, and those from it on: with axis 1 a Flatten of each sample.</summary>
    private static OnnxNetwork Flatten(OnnxCall call)
    {
        var x = call.Inputs[0];
        var axis = call.Axis(1, x.Rank);
        return axis == 1
            ? Samples(x, name => $"Flatten({name})")
            : Whole(x, name => $"Reshape({name}, {Product(x.Dims.Take(axis))}, {Product(x.Dims.Skip(axis))})");
    }

    private static OnnxNetwork Reshape(OnnxCall call)
    {
        Require(!call.Is("allowzero"), "tensors have elements");
        var x = call.Inputs[0];
        // 0 is ONNX's word for the input's dimension; −1 is in both languages what is left.
        var dims = call.Inputs[1].Values.Select((d, i) => d == 0 ? x.Dims[i] : (int)d).ToArray();
        return Whole(x, name => $"Reshape({name}, {string.Join(", ", dims)})");
    }

    private static OnnxNetwork OneByOne(OnnxCall call, string function, IEnumerable<int> axes) =>
        Whole(call.Inputs[0], x => axes.Aggregate(x, (body, axis) => $"{function}({body}, {axis})"));

    private static OnnxNetwork Split(OnnxCall call)
    {
        var x = call.Inputs[0];
        var axis = call.Axis(0, x.Rank);
        var count = call.Node.Outputs.Length;
        int[] sizes = call.Node.Ints("split")
            ?? (call.Optional(1) is { } given ? [.. given.Values.Select(v => (int)v)] : [.. Enumerable.Repeat(x.Dims[axis] / count, count)]);
        Require(sizes.All(size => size > 0), "tensors have elements");
        return Enumerable.Range(0, count).Select(i => Whole(x, name => $"Split({name}, {Numbers(sizes)}, {axis})[{i}]")).Aggregate((a, b) => a.And(b));
    }

    /// <summary>
    /// Starts, ends and axes are inputs, or attributes before version 10; ends beyond the axis mean its end. A range goes through all places; others
    /// are gathered.
    /// </summary>
    private static OnnxNetwork Slice(OnnxCall call)
    {
        var x = call.Inputs[0];
        int[]? Given(int input, string attribute) => call.Node.Ints(attribute)
            ?? call.Optional(input)?.Values.Select(v => (int)Math.Clamp(v, int.MinValue, int.MaxValue)).ToArray();
        var (starts, ends) = (Given(1, "starts")!, Given(2, "ends")!);
        var axes = Given(3, "axes") ?? [.. Enumerable.Range(0, starts.Length)];
        var steps = Given(4, "steps") ?? [.. starts.Select(_ => 1)];
        var ranges = x.Dims.Select(_ => "..").ToArray();
        var gathered = new List<(int Axis, int[] Places)>();
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = Positive(axes[i], x.Rank);
            var dim = x.Dims[axis];
            var step = steps[i];
            // Backwards the last place is the first, and the end may be before it.
            var (from, to) = step > 0
                ? (Math.Clamp(Positive(starts[i], dim), 0, dim), Math.Clamp(Positive(ends[i], dim), 0, dim))
                : (Math.Clamp(Positive(starts[i], dim), 0, dim - 1), Math.Clamp(Positive(ends[i], dim), -1, dim - 1));
            var places = new List<int>();
            for (var place = from; step > 0 ? place < to : place > to; place += step)
                places.Add(place);
            Require(places.Count > 0, "tensors have elements");
            if (step == 1)
                ranges[axis] = $"{from}..{to}";
            else
                gathered.Add((axis, [.. places]));
        }
        return Whole(x, name => gathered.Aggregate(
            ranges.All(range => range == "..") ? name : $"{name}[{string.Join(", ", ranges)}]",
            (body, g) => $"Gather({body}, {Numbers(g.Places)}, {g.Axis})"));
    }

    /// <summary>Dimensions of 1 mean that of the input.</summary>
    private static OnnxNetwork Expand(OnnxCall call)
    {
        var (x, wanted) = (call.Inputs[0], call.Inputs[1].Values.Select(v => (int)v).ToArray());
        var rank = Math.Max(x.Rank, wanted.Length);
        int Dim(IReadOnlyList<int> dims, int i) => i < rank - dims.Count ? 1 : dims[i - rank + dims.Count];
        var dims = Enumerable.Range(0, rank).Select(i => Math.Max(Dim(x.Dims, i), Dim(wanted, i)));
        return Whole(x, name => $"BroadcastTo({name}, {string.Join(", ", dims)})");
    }

    /// <summary>The lines before and after are attributes before version 11, then an input.</summary>
    private static OnnxNetwork Pad(OnnxCall call)
    {
        var x = call.Inputs[0];
        var pads = call.Opset < 11 ? call.Node.Ints("pads")! : [.. call.Inputs[1].Values.Select(v => (int)v)];
        var value = call.Opset < 11 ? call.Node.Float("value", 0) : call.Optional(2) is { Values.Length: > 0 } given ? given.Values[0] : 0;
        var mode = call.Node.Text("mode", "constant");
        Require(pads.All(n => n >= 0), "padding takes nothing away");
        if (mode == "constant")
        {
            return Whole(x, name => Enumerable.Range(0, x.Rank).Where(axis => pads[axis] + pads[axis + x.Rank] > 0).Aggregate(
                name, (body, axis) => $"Pad({body}, {axis}, {pads[axis]}, {pads[axis + x.Rank]}, {Number(value)})"));
        }
        Require(x.Rank == 4 && pads[0] + pads[1] + pads[4] + pads[5] == 0, "images are reflected and repeated");
        var kind = mode == "reflect" ? "Reflect" : "Replicate";
        return Samples(x.ToNhwc(), name => $"Pad2D({name}, {pads[2]}, {pads[6]}, {pads[3]}, {pads[7]}, PaddingMode.{kind})").Then(y => y.ToNchw());
    }
}
