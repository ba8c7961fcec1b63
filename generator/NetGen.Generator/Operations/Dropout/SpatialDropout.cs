using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Dropout;

/// <summary>SpatialDropout(p): dropout of whole channels, all positions of one together (Tompson et al. 2015).</summary>
internal sealed record SpatialDropoutLayer(float P) : LayerDefinition
{
    public static readonly LayerFunction Function = new("SpatialDropout", a => new SpatialDropoutLayer(DropoutLayer.Probability(a)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("SpatialDropout", "x", x.Type);
        if (x.Type.Rank < 2)
            throw new LanguageException("NG0401", $"SpatialDropout drops channels with all their positions, of [.., channels]; {x.Type.Shape} has no positions. Dropout drops single numbers.");
        if (P == 0f)
            return x;
        int[] dims = [.. x.Type.Dims.Take(x.Type.Rank - 1).Select(_ => 1), x.Type.Dims[x.Type.Rank - 1]];
        return graph.Multiply(x, graph.Apply(new DropoutMask(P, RandomOperation.NextStream(graph), x.Type.WithDims(dims))));
    }
}
