using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Norms;

/// <summary>
/// LayerNorm(axes, epsilon, affine) (Ba et al. 2016) and RmsNorm(axes, epsilon, affine) (Zhang and Sennrich 2019): over the last axes of a
/// sample. The weights have their dimensions.
/// </summary>
internal sealed record LayerNormLayer(string Name, int Axes, float Epsilon, bool Affine) : LayerDefinition
{
    /// <summary>PyTorch's numbers: 1e-5, and of RmsNorm what a float can tell from 1.</summary>
    public static readonly LayerFunction
        LayerNorm = new("LayerNorm", a => Create(a, "LayerNorm", 1e-5f)),
        RmsNorm = new("RmsNorm", a => Create(a, "RmsNorm", 1.1920929e-7f));

    private static LayerNormLayer Create(CallArguments arguments, string name, float epsilon)
    {
        var axes = arguments.Has("axes") ? arguments.IntAtLeast("axes", 1) : 1;
        return new(name, axes, arguments.Above("epsilon", 0, epsilon), NormFunctions.IsAffine(arguments, true));
    }

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check(Name, "x", x.Type);
        if (x.Type.Rank < Axes)
        {
            var (over, single) = (Axes == 1 ? "axis" : Axes + " axes", x.Type.Rank == 0 ? ", a single number per sample" : "");
            throw new LanguageException("NG0401", $"{Name} is over the last {over} of a sample; got {x.Type.Shape}{single}.");
        }
        int[] dims = [.. x.Type.Dims.Skip(x.Type.Rank - Axes)];
        var width = dims.Aggregate(1, (product, dim) => product * dim);
        var groups = new NormGroups(1, (int)(x.Type.Count / width), width);
        var y = NormFunctions.Normalize(graph, Name, x, groups, Epsilon, Name == "LayerNorm");
        // PyTorch has the channels of an image first, so those of the weights too.
        var layout = x.Type.Rank == 3 && Axes > 1 ? FileLayout.ChannelsFirst : FileLayout.AsIs;
        return Affine ? NormFunctions.Affine(graph, parameters, y, dims, layout, hasBias: Name == "LayerNorm") : y;
    }
}

/// <summary>
/// GroupNorm(groups, epsilon, affine) (Wu and He 2018) and InstanceNorm(epsilon, affine) (Ulyanov et al. 2016): over all positions of
/// neighbouring channels, or of one.
/// </summary>
/// <param name="Groups">How many groups; null: each channel is one.</param>
internal sealed record GroupNormLayer(string Name, int? Groups, float Epsilon, bool Affine) : LayerDefinition
{
    public static readonly LayerFunction
        GroupNorm = new("GroupNorm", a => new GroupNormLayer(
            "GroupNorm", a.IntAtLeast("groups", 1), a.Above("epsilon", 0, 1e-5f), NormFunctions.IsAffine(a, true))),
        InstanceNorm = new("InstanceNorm", a => new GroupNormLayer(
            "InstanceNorm", null, a.Above("epsilon", 0, 1e-5f), NormFunctions.IsAffine(a, false)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check(Name, "x", x.Type);
        // One number for each channel is an image of one pixel; to normalize each by itself would leave nothing.
        var least = Groups is null ? 2 : 1;
        if (x.Type.Rank < least)
        {
            throw new LanguageException("NG0401", Groups is null
                ? $"InstanceNorm is over the positions of each channel, [.., channels]; got {x.Type.Shape}, which has no positions."
                : $"GroupNorm is over groups of channels, [.., channels]; got {x.Type.Shape}.");
        }
        var channels = x.Type.Dims[x.Type.Rank - 1];
        var count = Groups ?? channels;
        if (channels % count != 0)
            throw new LanguageException("NG0301", $"{channels} channels do not divide into {count} groups.", "groups");
        var y = NormFunctions.Normalize(
            graph, Name, x, new NormGroups((int)(x.Type.Count / channels), count, channels / count), Epsilon, isCentered: true);
        return Affine ? NormFunctions.Affine(graph, parameters, y, [channels], FileLayout.AsIs, hasBias: true) : y;
    }
}

internal static class NormFunctions
{
    public static readonly InitializerModel Ones = new("Constant", EquatableArray.Create(1f));

    public static bool IsAffine(CallArguments arguments, bool otherwise) => arguments.Has("affine") ? arguments.Bool("affine") : otherwise;

    public static Value Normalize(GraphBuilder graph, string layer, Value x, NormGroups groups, float epsilon, bool isCentered)
    {
        if (groups.Count == 1)
        {
            graph.Hint(new GraphHint(
                "NG0810",
                $"{layer} normalizes single numbers here, {x.Type.Shape}: the result is always {(isCentered ? "0" : "1 or -1")}, "
                + "and nothing is learned through it."));
        }
        return graph.Apply(new Standardize(groups, epsilon, isCentered), x);
    }

    /// <summary>y·weight + bias</summary>
    public static Value Affine(GraphBuilder graph, IParameterScope parameters, Value y, int[] dims, FileLayout layout, bool hasBias)
    {
        var scaled = graph.Multiply(y, parameters.Parameter("weight", dims, Ones, layout));
        return hasBias ? graph.Add(scaled, parameters.Parameter("bias", dims, Initializers.Zeros, layout)) : scaled;
    }
}
