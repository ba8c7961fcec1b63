using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// TransformerEncoderLayer(heads, feedForward, dropout, gelu, normFirst, causal) (Vaswani et al. 2017): self-attention and two dense
/// layers, each with a residual and a layer normalization. The weights have the names of torch.nn.TransformerEncoderLayer.
/// </summary>
internal sealed record TransformerEncoderLayerDefinition(SelfAttentionLayer Attention, TransformerParts Parts) : LayerDefinition
{
    public static readonly LayerFunction Function = new("TransformerEncoderLayer", Create);

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        x = Parts.Residual(graph, parameters, x, "norm1.", rows => Attention.Apply(graph, new NestedScope(parameters, "self_attn."), rows));
        return Parts.Residual(graph, parameters, x, "norm2.", rows => Parts.Dense(graph, parameters, rows));
    }

    private static TransformerEncoderLayerDefinition Create(CallArguments arguments)
    {
        var (parts, heads) = (TransformerParts.Of(arguments), arguments.IntAtLeast("heads", 1));
        var options = new AttentionOptions(arguments.Is("causal"), 0, HasSlopes: false, 0);
        return new(new SelfAttentionLayer("TransformerEncoderLayer", heads, heads, Bias: true, parts.Dropout, null, options, null), parts);
    }
}
