using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>PRelu(perChannel, init): x above 0, w·x below, with a learned w (He et al. 2015).</summary>
internal sealed record PReluLayer(bool PerChannel, InitializerModel? Init) : LayerDefinition
{
    /// <summary>PyTorch's and the paper's.</summary>
    private static readonly InitializerModel Default = new("Constant", EquatableArray.Create(0.25f));

    public static readonly LayerFunction Function = new(
        "PRelu", a => new PReluLayer(a.Has("perChannel") && a.Bool("perChannel"), a.Initializer("init")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("PRelu", "x", x.Type);
        if (PerChannel && x.Type.Rank == 0)
            throw new LanguageException(
                "NG0401", "PRelu with perChannel: true has a slope for each element of the last axis; x is a single number per sample.");
        var count = PerChannel ? x.Type.Dims[x.Type.Rank - 1] : 1;
        var slope = parameters.Parameter("weight", [count], (Init ?? Default) with { FanIn = count, FanOut = count }, FileLayout.AsIs);
        // The shape stays that of x, also where that has no dimension.
        return graph.Map("PRelu", x, x.Type.Rank == 0 ? graph.Reshape(slope, []) : slope);
    }
}
