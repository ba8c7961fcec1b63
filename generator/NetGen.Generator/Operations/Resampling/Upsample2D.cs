using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Resampling;

/// <summary>As NetGen.UpsampleMode.</summary>
internal enum UpsampleMode
{
    Nearest,
    Bilinear,
}

/// <summary>Upsample2D(factor, mode, alignCorners): [h, w, channels] to [h·factor, w·factor, channels].</summary>
internal sealed record Upsample2DLayer(Size Factor, UpsampleMode Mode, bool AlignCorners) : LayerDefinition
{
    public static readonly LayerFunction Function = new("Upsample2D", a => new Upsample2DLayer(
        Size.From(a, "factor"), a.Member<UpsampleMode>("mode"), ResamplingFunctions.AlignCorners(a)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Window2D.CheckImage("Upsample2D", x.Type);
        return graph.Resample(
            x, checked(x.Type.Dims[0] * Factor.Height), checked(x.Type.Dims[1] * Factor.Width), ResamplingFunctions.Kind(Mode, AlignCorners));
    }
}

internal static class ResamplingFunctions
{
    public static IEnumerable<TensorFunction> All { get; } = [new("Resize2D", Resized)];

    /// <summary>An image of other numbers of rows and columns, rows first.</summary>
    public static Value Resample(this GraphBuilder graph, Value x, int height, int width, ResampleKind kind) =>
        Along(graph, Along(graph, x, 0, height, kind), 1, width, kind);

    public static bool AlignCorners(CallArguments arguments)
    {
        var (mode, align) = (arguments.Member<UpsampleMode>("mode"), arguments.Is("alignCorners"));
        return !align || mode == UpsampleMode.Bilinear
            ? align
            : throw new LanguageException("NG0301", "'alignCorners' is for Bilinear: what is nearest has no corners to align.", "alignCorners");
    }

    public static ResampleKind Kind(UpsampleMode mode, bool alignCorners) => mode == UpsampleMode.Nearest
        ? ResampleKind.Nearest
        : alignCorners ? ResampleKind.LinearAlignedCorners : ResampleKind.Linear;

    private static Value Along(GraphBuilder graph, Value x, int axis, int lines, ResampleKind kind)
    {
        if (lines == x.Type.Dims[axis])
            return x;
        // Places between lines are fractions of whole numbers.
        return 2L * lines * x.Type.Dims[axis] <= int.MaxValue
            ? graph.Apply(new ResampleAxis(axis, lines, kind), x)
            : throw new LanguageException("NG0601", Text.Invariant($"{x.Type.Dims[axis]} lines are too many to make {lines} of them."));
    }

    private static Value Resized(GraphBuilder graph, CallArguments arguments)
    {
        var x = arguments.Tensor("x");
        Window2D.CheckImage("Resize2D", x.Type);
        var kind = Kind(arguments.Member<UpsampleMode>("mode"), AlignCorners(arguments));
        return graph.Resample(x, arguments.IntAtLeast("height", 1), arguments.IntAtLeast("width", 1), kind);
    }
}
