using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Dropout;

/// <summary>
/// Dropout(p): in training each element is 0 with probability p and divided by 1 − p otherwise, so that its expectation stays (Srivastava
/// et al. 2014, inverted). Inference leaves it away.
/// </summary>
internal sealed record DropoutLayer(float P) : LayerDefinition
{
    public static readonly LayerFunction Function = new("Dropout", a => new DropoutLayer(Probability(a)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("Dropout", "x", x.Type);
        if (P == 0f)
            return x;
        var stream = RandomOperation.NextStream(graph);
        return graph.Multiply(x, graph.Apply(new DropoutMask(P, stream, x.Type)));
    }

    public static float Probability(CallArguments arguments)
    {
        var p = arguments.Float("p");
        return p >= 0f && p < 1f
            ? p
            : throw new LanguageException(
                "NG0301", FormattableString.Invariant($"'p' is the probability of dropping an element, from 0 to below 1; it is {p}."), "p");
    }
}

/// <summary>
/// 1 / (1 − P) where the element is kept, else 0. Kept iff the random number of (stream, element) is at least P; the element is the dense index over
/// batch and sample: a pure function of seed, step, stream and place, so backward computes it again instead of keeping it.
/// </summary>
internal sealed record DropoutMask(float P, uint Stream, TensorType Type) : RandomOperation(Stream)
{
    private static readonly ElementwiseFunction Row = new(
        "DropoutMask", 0, (_, _) => throw new NotSupportedException("The mask's meaning is the operation's."),
        "V.Select(Philox.AtLeast<V>({random}, {a}), V.Broadcast(1f / (1f - {a})), V.Zero)",
        "random ≥ {a} ? 1/(1 − {a}) : 0", _ => []);

    public override string Title => $"DropoutMask[{Common.Text.Literal(P)}, stream {Stream}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Type;

    /// <summary>Everything is kept.</summary>
    public override Value AtInference(GraphBuilder graph, Value[] inputs) => graph.Constant(1f);

    /// <summary>That of what it is multiplied with.</summary>
    public override void Order(OrderContext context)
    {
    }

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = call.Environment.Uniform(Stream, i) >= P ? 1.0 / (1.0 - P) : 0.0;
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Row, P, Stream);
}
