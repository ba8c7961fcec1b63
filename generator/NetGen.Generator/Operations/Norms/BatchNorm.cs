using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Norms;

/// <summary>
/// BatchNorm(epsilon, momentum, affine) (Ioffe and Szegedy 2015): each channel is normalized over all samples of the batch and all their
/// positions. Names and numbers are those of torch.nn.BatchNorm1d to 3d.
/// </summary>
internal sealed record BatchNormLayer(float Epsilon, float Momentum, bool Affine) : LayerDefinition
{
    public static readonly LayerFunction Function = new("BatchNorm", a => new BatchNormLayer(
        a.Above("epsilon", 0, 1e-5f), MomentumOf(a), NormFunctions.IsAffine(a, true)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("BatchNorm", "x", x.Type);
        if (x.Type.Rank == 0)
            throw new LanguageException("NG0401", "BatchNorm is over channels, [.., channels]; got [], a single number per sample.");
        if (!x.Type.Batched)
            throw new LanguageException("NG0401", "BatchNorm is over the samples of the batch; this tensor does not depend on the sample.");
        Suggestions.BeforeBatchNorm(graph, x);
        int[] dims = [x.Type.Dims[x.Type.Rank - 1]];
        var weight = Affine ? parameters.Parameter("weight", dims, NormFunctions.Ones, FileLayout.AsIs) : graph.Constant(1f);
        var bias = Affine ? parameters.Parameter("bias", dims, Initializers.Zeros, FileLayout.AsIs) : graph.Constant(0f);
        return graph.Apply(
            new BatchNorm(Epsilon, Momentum), x, weight, bias,
            parameters.State("running_mean", dims, Initializers.Zeros, FileLayout.AsIs),
            parameters.State("running_var", dims, NormFunctions.Ones, FileLayout.AsIs),
            parameters.State("num_batches_tracked", [], Initializers.Zeros, FileLayout.Counter));
    }

    private static float MomentumOf(CallArguments arguments)
    {
        var momentum = arguments.FiniteOr("momentum", 0.1f);
        return momentum >= 0 && momentum <= 1
            ? momentum
            : throw new LanguageException(
                "NG0301", Text.Invariant($"'momentum' is the share of the new batch in the running statistics, from 0 to 1; it is {momentum}."), "momentum");
    }
}

/// <summary>
/// (x, weight, bias, running_mean, running_var, num_batches_tracked) to (x − μ)/√(σ² + ε)·weight + bias. It is computed as one of two: at
/// inference μ and σ² are the running ones, in training those of the batch, which change the running ones.
/// </summary>
internal sealed record BatchNorm(float Epsilon, float Momentum) : Operation
{
    private const int Weight = 1, Bias = 2, Mean = 3, Variance = 4, Count = 5;

    public override string Title => $"BatchNorm[ε {Text.Literal(Epsilon)}, momentum {Text.Literal(Momentum)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override RowUse RowUse => RowUse.Keeps;

    public override void Order(OrderContext context) => context.Elementwise();

    /// <summary>
    /// x·scale + shift with scale = weight/√(σ² + ε) and shift = bias − μ·scale. Both depend on weights alone, so they are computed once a call; what is left
    /// goes into the kernel that makes x, as its bias does.
    /// </summary>
    public override Value AtInference(GraphBuilder graph, Value[] inputs)
    {
        var scale = graph.Map("Divide", inputs[Weight], Deviation(graph, inputs[Variance]));
        var shift = graph.Map("Subtract", inputs[Bias], graph.Multiply(inputs[Mean], scale));
        return graph.Add(graph.Multiply(inputs[0], scale), shift);
    }

    /// <summary>
    /// The batch's statistics: σ² divides by n where it normalizes and by n − 1 where it is remembered, as PyTorch's. Frozen it keeps what it
    /// has learned, as Keras's layers that are not trainable do.
    /// </summary>
    public override Value AtTraining(TrainingContext context, Value[] inputs)
    {
        if (context.IsFrozen(inputs[Mean]))
            return AtInference(context.Graph, inputs);
        var (graph, x) = (context.Graph, inputs[0]);
        var channels = x.Type.Dims[x.Type.Rank - 1];
        var rows = new BatchRows(x.Type.Rows, (int)(x.Type.Count / channels), channels);
        var moments = graph.Apply(new BatchMoments(rows), x);
        var mean = graph.Apply(new BatchMean(rows), moments);
        var variance = graph.Apply(new BatchVariance(rows), moments);
        context.Change(inputs[Mean], running => Moved(running, mean));
        // σ²·n/(n − 1) = σ² + σ²/(n − 1)
        context.Change(inputs[Variance], running => Moved(
            running, graph.Add(variance, graph.Multiply(variance, rows.Reciprocal(graph, less: 1)))));
        context.Change(inputs[Count], count => graph.Add(count, graph.Constant(1f)));
        var deviation = Deviation(graph, variance);
        return graph.Apply(new BatchNormalize(rows), x, mean, graph.Map("Divide", inputs[Weight], deviation), inputs[Bias], deviation);

        // (1 − momentum)·running + momentum·batch
        Value Moved(Value running, Value batch) =>
            graph.Add(graph.Multiply(graph.Map("Subtract", batch, running), graph.Constant(Momentum)), running);
    }

    public override void Evaluate(ReferenceCall call) => throw NotComputed();

    public override KernelBody Lower(LoweringContext context) => throw NotComputed();

    /// <summary>√(σ² + ε)</summary>
    private Value Deviation(GraphBuilder graph, Value variance) => graph.Map("Sqrt", graph.Add(variance, graph.Constant(Epsilon)));

    private static InvalidOperationException NotComputed() => new("A batch normalization is computed as what it is at inference or in training.");
}

/// <summary>
/// (x, μ, scale, bias, s) to (x − μ)·scale + bias, with scale = weight/s. Its gradient is that through the statistics too, which know none of their own; s is an
/// operand for it alone.
/// </summary>
internal sealed record BatchNormalize(BatchRows Rows) : PointwiseOperation
{
    protected override ElementwiseFunction Row { get; } = new(
        "BatchNormalize", 5, (v, _) => ((v[0] - v[1]) * v[2]) + v[3], "({0} - {1}) * {2} + {3}", "({0} − {1})·{2} + {3}", _ => []);

    /// <summary>
    /// With dbias = Σ dy and dscale = Σ dy·(x − μ) over the n rows of the batch, which one kernel makes: dx = scale·(dy − dbias/n − (x − μ)·dscale/(s²·n)).
    /// </summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, dy, x, mean, scale, bias, s) = (
            context.Graph, context.Gradient, context.Inputs[0], context.Inputs[1], context.Inputs[2], context.Inputs[3], context.Inputs[4]);
        var sums = graph.Apply(new BatchGradientSums(Rows), dy, x, mean);
        var dBias = graph.Apply(new SumOfParts(Rows, 0), sums);
        var dScale = graph.Apply(new SumOfParts(Rows, 1), sums);
        var shift = graph.Multiply(dBias, Rows.Reciprocal(graph));
        var slope = graph.Map("Divide", graph.Multiply(dScale, Rows.Reciprocal(graph)), graph.Map("Square", s));
        return [graph.Apply(new BatchNormalizeGradient(), dy, x, mean, scale, shift, slope), null, dScale, bias.Type.Rank == 0 ? null : dBias, null];
    }
}

/// <summary>(dy, x, μ, scale, shift, slope) to scale·(dy − shift − (x − μ)·slope)</summary>
internal sealed record BatchNormalizeGradient : PointwiseOperation
{
    protected override ElementwiseFunction Row { get; } = new(
        "BatchNormalizeGradient", 6, (v, _) => v[3] * (v[0] - v[4] - ((v[1] - v[2]) * v[5])), "{3} * ({0} - {4} - ({1} - {2}) * {5})",
        "{3}·({0} − {4} − ({1} − {2})·{5})", _ => []);
}

/// <summary>A row of more operands than the language's functions have; they broadcast to the first.</summary>
internal abstract record PointwiseOperation : Operation
{
    protected abstract ElementwiseFunction Row { get; }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
        {
            var operands = Enumerable.Range(0, Row.Arity).Select(k => call.Input(k)[Indexing.BroadcastIndex(i, call.Type, call.InputType(k))]);
            call.Result[i] = Row.Meaning([.. operands], 0, 0);
        }
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Row);
}
