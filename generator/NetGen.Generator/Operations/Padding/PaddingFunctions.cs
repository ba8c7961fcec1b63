using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Resampling;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Padding;

/// <summary>As NetGen.PaddingMode.</summary>
internal enum PaddingMode
{
    Zeros,
    Reflect,
    Replicate,
}

/// <summary>Lines around a tensor, and tensors without their outer lines.</summary>
internal static class PaddingFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Pad", Padded),
        new("Pad2D", (g, a) => Around(g, Image("Pad2D", a), Sides(a), a.Member<PaddingMode>("mode"))),
        new("Crop2D", Cropped),
    ];

    /// <summary>An image with lines around it.</summary>
    public static Value Around(GraphBuilder graph, Value x, (int Top, int Bottom, int Left, int Right) sides, PaddingMode mode)
    {
        var (top, bottom, left, right) = sides;
        if (sides == (0, 0, 0, 0))
            return x;
        if (mode == PaddingMode.Zeros)
            return graph.Apply(new Pad2D(top, bottom, left, right), x);
        return Along(graph, Along(graph, x, 0, top, bottom, mode), 1, left, right, mode);
    }

    private static Value Along(GraphBuilder graph, Value x, int axis, int before, int after, PaddingMode mode)
    {
        var lines = x.Type.Dims[axis];
        if (before == 0 && after == 0)
            return x;
        if (mode == PaddingMode.Reflect && Math.Max(before, after) >= lines)
        {
            throw new LanguageException("NG0302", Text.Invariant(
                $"A reflection has at most as many lines as stand beside the outermost: {lines - 1} along axis {axis} of {x.Type.Shape}; ")
                + Text.Invariant($"got {Math.Max(before, after)}."));
        }
        var kind = mode == PaddingMode.Reflect ? ResampleKind.Reflect : ResampleKind.Replicate;
        return graph.Apply(new ResampleAxis(axis, checked(before + lines + after), kind, before), x);
    }

    private static Value Padded(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.NumberTensor("Pad", "x");
        var axis = Axis.Resolve(arguments.Int("axis"), x.Type, "axis");
        var (before, after) = (arguments.IntAtLeast("before", 0), arguments.IntAtLeast("after", 0));
        var value = arguments.FloatOr("value", 0f);
        return before == 0 && after == 0 ? x : graph.Apply(new PadAxis(axis, before, after, value), x);
    }

    private static Value Cropped(GraphBuilder graph, CallArguments arguments)
    {
        var (x, sides) = (Image("Crop2D", arguments), Sides(arguments));
        var (height, width) = (x.Type.Dims[0] - sides.Top - (long)sides.Bottom, x.Type.Dims[1] - sides.Left - (long)sides.Right);
        if (height < 1 || width < 1)
            throw new LanguageException("NG0302", Text.Invariant($"Crop2D leaves nothing of {x.Type.Shape}."));
        return graph.Slice(graph.Slice(x, 0, sides.Top, (int)height), 1, sides.Left, (int)width);
    }

    private static Value Image(string function, CallArguments arguments)
    {
        var x = arguments.Tensor("x");
        Window2D.CheckImage(function, x.Type);
        return x;
    }

    private static (int Top, int Bottom, int Left, int Right) Sides(CallArguments arguments) => (
        arguments.IntAtLeast("top", 0), arguments.IntAtLeast("bottom", 0),
        arguments.IntAtLeast("left", 0), arguments.IntAtLeast("right", 0));
}
