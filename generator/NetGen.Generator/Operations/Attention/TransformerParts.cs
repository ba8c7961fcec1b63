using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Norms;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// What layers of encoders and of decoders have in common (Vaswani et al. 2017): residuals with a layer normalization, and two dense
/// layers.
/// </summary>
internal sealed record TransformerParts(int FeedForward, float Dropout, bool Gelu, bool NormFirst, float Epsilon)
{
    public static TransformerParts Of(CallArguments arguments) => new(
        arguments.IntAtLeast("feedForward", 1, 2048), AttentionFunction.Dropout(arguments, 0.1f), arguments.Is("gelu"), arguments.Is("normFirst"),
        arguments.Above("epsilon", 0, 1e-5f));

    /// <summary>norm(x + inner(x)), or x + inner(norm(x)); what the inner one gives is dropped out.</summary>
    public Value Residual(GraphBuilder graph, IParameterScope parameters, Value x, string norm, Func<Value, Value> inner)
    {
        Value Norm(Value rows) =>
            new LayerNormLayer("LayerNorm", 1, Epsilon, Affine: true).Apply(graph, new NestedScope(parameters, norm), rows);
        Value Inner(Value rows) => Drop(graph, parameters, inner(rows));
        return NormFirst ? graph.Add(x, Inner(Norm(x))) : Norm(graph.Add(x, Inner(x)));
    }

    /// <summary>linear2(activation(linear1(x))).</summary>
    public Value Dense(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        var width = x.Type.Dims[x.Type.Rank - 1];
        Value Linear(string name, int units, Value rows) =>
            new DenseLayer(units, Bias: true, null, null).Apply(graph, new NestedScope(parameters, name), rows);
        var hidden = graph.Map(Gelu ? "Gelu" : "Relu", Linear("linear1.", FeedForward, x));
        return Linear("linear2.", width, Drop(graph, parameters, hidden));
    }

    private Value Drop(GraphBuilder graph, IParameterScope parameters, Value x) => new DropoutLayer(Dropout).Apply(graph, parameters, x);
}
