using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Norms;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// TransformerEncoderLayer(heads, feedForward, dropout, gelu, normFirst, causal) (Vaswani et al. 2017): self-attention and two dense
/// layers, each with a residual and a layer normalization. The weights have the names of torch.nn.TransformerEncoderLayer.
/// </summary>
internal sealed record TransformerEncoderLayerDefinition(
    SelfAttentionLayer Attention, int FeedForward, float Dropout, bool Gelu, bool NormFirst, float Epsilon) : LayerDefinition
{
    public static readonly LayerFunction Function = new("TransformerEncoderLayer", Create);

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Value Attend(Value rows) => Drop(graph, parameters, Attention.Apply(graph, new NestedScope(parameters, "self_attn."), rows));
        x = Residual(graph, parameters, x, "norm1.", Attend);
        return Residual(graph, parameters, x, "norm2.", rows => FeedForwardOf(graph, parameters, rows));
    }

    /// <summary>norm(x + inner(x)), or x + inner(norm(x)).</summary>
    private Value Residual(GraphBuilder graph, IParameterScope parameters, Value x, string name, Func<Value, Value> inner)
    {
        Value Norm(Value rows) =>
            new LayerNormLayer("LayerNorm", 1, Epsilon, Affine: true).Apply(graph, new NestedScope(parameters, name), rows);
        return NormFirst ? graph.Add(x, inner(Norm(x))) : Norm(graph.Add(x, inner(x)));
    }

    private Value FeedForwardOf(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        var width = x.Type.Dims[x.Type.Rank - 1];
        Value Linear(string name, int units, Value rows) =>
            new DenseLayer(units, Bias: true, null, null).Apply(graph, new NestedScope(parameters, name), rows);
        var hidden = graph.Map(Gelu ? "Gelu" : "Relu", Linear("linear1.", FeedForward, x));
        return Drop(graph, parameters, Linear("linear2.", width, Drop(graph, parameters, hidden)));
    }

    private Value Drop(GraphBuilder graph, IParameterScope parameters, Value x) => new DropoutLayer(Dropout).Apply(graph, parameters, x);

    private static TransformerEncoderLayerDefinition Create(CallArguments arguments)
    {
        var dropout = AttentionFunction.Dropout(arguments, 0.1f);
        var heads = arguments.IntAtLeast("heads", 1);
        var options = new AttentionOptions(arguments.Is("causal"), 0, HasSlopes: false, 0);
        return new(
            new SelfAttentionLayer("TransformerEncoderLayer", heads, heads, Bias: true, dropout, null, options, null),
            arguments.IntAtLeast("feedForward", 1, 2048), dropout, arguments.Is("gelu"), arguments.Is("normFirst"),
                arguments.Above("epsilon", 0, 1e-5f));
    }
}
