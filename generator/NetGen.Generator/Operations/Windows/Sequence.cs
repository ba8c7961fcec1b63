using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Windows;

/// <summary>Sequences [length, channels] are images of one row: what is done to images is done to them.</summary>
internal static class Sequence
{
    /// <summary>A layer of images on a sequence; throws NG0401 where x is something else.</summary>
    public static Value Apply(GraphBuilder graph, string layer, Value x, Func<Value, Value> image)
    {
        Numbers.Check(layer, "x", x.Type);
        if (!x.Type.Batched || x.Type.Rank != 2)
        {
            throw new LanguageException(
                "NG0401", $"{layer} expects [length, channels] per sample; got {x.Type.Shape}{(x.Type.Batched ? "" : " without a batch")}.");
        }
        var y = image(graph.Reshape(x, [1, x.Type.Dims[0], x.Type.Dims[1]]));
        return graph.Reshape(y, [y.Type.Dims[1], y.Type.Dims[2]]);
    }

    /// <summary>A length of at least 1 as one row of so many, or NG0301 at that argument.</summary>
    public static Size Size(CallArguments arguments, string name) => new(1, arguments.IntAtLeast(name, 1));

    public static Size? OptionalSize(CallArguments arguments, string name) => arguments.Has(name) ? Size(arguments, name) : null;

    public static PaddingModel Padding(CallArguments arguments) => arguments.Padding("padding") with { IsOfSequence = true };
}
