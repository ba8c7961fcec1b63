using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// TransformerDecoderLayer(heads, feedForward, dropout, gelu, normFirst, causal) (Vaswani et al. 2017): self-attention, attention to the
/// memory and two dense layers, each with a residual and a layer normalization. The weights have the names of
/// torch.nn.TransformerDecoderLayer.
/// </summary>
internal sealed record TransformerDecoderLayerDefinition(SelfAttentionLayer Own, CrossAttentionLayer Cross, TransformerParts Parts) : CrossLayerDefinition
{
    public static readonly LayerFunction Function = new("TransformerDecoderLayer", Create);

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x, Value memory)
    {
        x = Parts.Residual(graph, parameters, x, "norm1.", rows => Own.Apply(graph, new NestedScope(parameters, "self_attn."), rows));
        x = Parts.Residual(graph, parameters, x, "norm2.", rows => Cross.Apply(graph, new NestedScope(parameters, "multihead_attn."), rows, memory));
        return Parts.Residual(graph, parameters, x, "norm3.", rows => Parts.Dense(graph, parameters, rows));
    }

    private static TransformerDecoderLayerDefinition Create(CallArguments arguments)
    {
        const string name = "TransformerDecoderLayer";
        var (parts, heads) = (TransformerParts.Of(arguments), arguments.IntAtLeast("heads", 1));
        var options = new AttentionOptions(!arguments.Has("causal") || arguments.Bool("causal"), 0, HasSlopes: false, 0);
        return new(
            new SelfAttentionLayer(name, heads, heads, Bias: true, parts.Dropout, null, options, null),
            new CrossAttentionLayer(name, heads, Bias: true, parts.Dropout, null), parts);
    }
}
