using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>
/// Embedding(count, width, paddingIndex, init): the rows of a table that indices name. The row of the padding starts as zeros, and no step
/// changes it.
/// </summary>
internal sealed record EmbeddingLayer(int Count, int Width, int Padding, InitializerModel? Init) : LayerDefinition
{
    /// <summary>PyTorch's: N(0, 1).</summary>
    private static readonly InitializerModel Default = new("Normal", EquatableArray.Create(1f, 0f));

    public static readonly LayerFunction Function = new("Embedding", Create) { TakesIndices = true };

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        if (x.Type.Element != ElementType.Int32)
        {
            throw new LanguageException(
                "NG0817", $"Embedding takes indices, the numbers of rows of its table; this is a tensor of numbers{(x.Type.Rank == 0 ? "" : " " + x.Type.Shape)}. "
                + $"Declare '{(x.Type.Rank == 0 ? "" : $"[Shape({string.Join(", ", x.Type.Dims)})] ")}Indices' for what the caller passes.");
        }
        var init = (Init ?? Default) with { FanIn = Count, FanOut = Width, ZeroStart = Padding < 0 ? 0 : Padding * Width, ZeroCount = Padding < 0 ? 0 : Width };
        return graph.Apply(new Gather(0, Padding), parameters.Parameter("weight", [Count, Width], init, FileLayout.AsIs), x);
    }

    private static EmbeddingLayer Create(CallArguments arguments)
    {
        var (count, width) = (arguments.IntAtLeast("count", 1), arguments.IntAtLeast("width", 1));
        var padding = arguments.Has("paddingIndex") ? arguments.Int("paddingIndex") : -1;
        return padding >= -1 && padding < count
            ? new EmbeddingLayer(count, width, padding, arguments.Initializer("init"))
            : throw new LanguageException("NG0301", $"'paddingIndex' must be a row, from 0 to {count - 1}, or -1 for none; it is {padding}.", "paddingIndex");
    }
}
