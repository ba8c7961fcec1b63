using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Random;

/// <summary>Tensors of random numbers, as functions of the language.</summary>
internal static class RandomFunctions
{
    /// <summary>Before the first step numbers are those of step 0, which initial weights are made of too, with streams below.</summary>
    private const uint First = 0x10000;

    public static readonly TensorFunction[] All =
    [
        new("RandomUniform", (graph, a) => Draw(graph, a, RandomTensor.Uniform)),
        new("RandomNormal", (graph, a) => Draw(graph, a, RandomTensor.Normal)),
        new("RandomBernoulli", Bernoulli),
    ];

    /// <summary>u &lt; p ? 1 : 0</summary>
    private static Value Bernoulli(GraphBuilder graph, CallArguments arguments)
    {
        var p = arguments.Float("p");
        if (!(p >= 0f && p <= 1f))
            throw new LanguageException("NG0301", Text.Invariant($"'p' is a probability, from 0 to 1; it is {p}."), "p");
        return graph.Map("Greater", graph.Constant(p), Draw(graph, arguments, RandomTensor.Uniform));
    }

    private static Value Draw(GraphBuilder graph, CallArguments arguments, ElementwiseFunction distribution)
    {
        var dims = arguments.Ints("dims");
        if (dims.FirstOrDefault(dim => dim < 1) is var wrong && dims.Any(dim => dim < 1))
            throw new LanguageException("NG0301", $"Each dimension must be at least 1; one is {wrong}. The batch is not among them.", "dims");
        return Draw(graph, distribution, dims);
    }

    /// <summary>Numbers of their own for each sample.</summary>
    public static Value Draw(GraphBuilder graph, ElementwiseFunction distribution, IEnumerable<int> dims) =>
        graph.Apply(new RandomTensor(distribution, First + RandomOperation.NextStream(graph), TensorType.PerSample([.. dims])));
}

/// <summary>
/// Independent numbers of a distribution for each sample. In training they are others in each step; outside of it they are those of the
/// seed and of the steps so far, the same in each call.
/// </summary>
internal sealed record RandomTensor(ElementwiseFunction Distribution, uint Stream, TensorType Type) : RandomOperation(Stream)
{
    /// <summary>In (0, 1): odd multiples of 2⁻²⁴, so that both ends are as far from a number.</summary>
    public static readonly ElementwiseFunction Uniform = new(
        "RandomUniform", 0, (u, _) => Middle(u[0]), "Philox.Uniform<V>({random})", "uniform", _ => []);

    /// <summary>Mean 0, standard deviation 1.</summary>
    public static readonly ElementwiseFunction Normal = new(
        "RandomNormal", 0, (u, _) => NormalDistribution.Quantile(Middle(u[0])), "VectorMath.NormalQuantile(Philox.Uniform<V>({random}))", "normal", _ => []);

    public override string Title => $"{Distribution.Name}[stream {Stream}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Type;

    /// <summary>As it lies in memory.</summary>
    public override void Order(OrderContext context) => context.Claim(context.Result, FeatureOrder.Plain(Type.Dims));

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = Distribution.Meaning([call.Environment.Uniform(Stream, i)], 0, 0);
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Distribution, 0, Stream);

    private static double Middle(double u) => (Math.Floor(u * (1 << 23)) + 0.5) / (1 << 23);
}
