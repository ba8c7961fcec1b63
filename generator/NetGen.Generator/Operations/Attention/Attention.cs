using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Attention;

/// <summary>What an attention and its gradients have in common: sizes, and which weights are dropped.</summary>
/// <param name="Shape">Sizes and options.</param>
/// <param name="Dropped">The probability that a weight is 0, in training.</param>
/// <param name="Stream">The random numbers that say which.</param>
internal abstract record AttentionOperation(AttentionShape Shape, float Dropped, uint Stream) : Operation, IMergeableOperation
{
    public override string Title => $"{GetType().Name}[{Shape}{(Dropped > 0 ? ", dropout " + Text.Literal(Dropped) : "")}]";

    public uint? Drawn => Dropped > 0 ? Stream : null;

    public override bool CrossesSteps => Shape.OfSteps;

    public override RowUse RowUse => RowUse.Takes;

    /// <summary>A row's numbers are those of heads, in their order.</summary>
    public override void Order(OrderContext context) => context.Opaque();

    public abstract MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands);

    /// <summary>A call of AttentionKernels.</summary>
    /// <param name="function">Which.</param>
    /// <param name="operands">Queries, keys, values, bias.</param>
    protected RuntimeCallBody Call(string function, IEnumerable<TensorType> operands)
    {
        var arguments = Shape.Arguments([.. operands], Dropped);
        return new("AttentionKernels." + function, arguments.Select(a => a.Value).ToEquatableArray())
        {
            Struct = "AttentionShape",
            Names = arguments.Select(a => a.Name).ToEquatableArray(),
            TakesKey = true,
            Stream = Drawn,
        };
    }

    /// <summary>The weights of a row of a head, for the reference meaning.</summary>
    /// <param name="call">Whose operands from <paramref name="first"/> on are queries, keys, values, bias.</param>
    /// <param name="first">Where these begin.</param>
    /// <param name="at">Which.</param>
    public AttentionRow Row(ReferenceCall call, int first, AttentionPlace at) => AttentionRow.Of(Shape, call, first, at, Dropped, Stream);

    /// <summary>All rows of all heads.</summary>
    public IEnumerable<AttentionPlace> Places(ReferenceCall call, int first)
    {
        if (Shape.OfSteps)
        {
            var keys = StepMeaning.Sequences(call, first + 4).ToArray();
            foreach (var (sample, start, count) in StepMeaning.Sequences(call, first + 3))
            {
                for (var head = 0; head < Shape.Heads; head++)
                {
                    for (var row = 0; row < count; row++)
                        yield return new(sample, 0, 1, head, row) { Sequence = new(start, count, keys[sample].Start, keys[sample].Count) };
                }
            }
            yield break;
        }
        var outer = AttentionShape.Outer(Enumerable.Range(first, 3).Select(call.InputType).First(t => t.Batched));
        for (var place = 0; place < call.Batch * outer; place++)
        {
            for (var head = 0; head < Shape.Heads; head++)
            {
                for (var row = 0; row < Shape.Queries; row++)
                    yield return new(place / outer, place % outer, outer, head, row);
            }
        }
    }
}

/// <summary>A row of queries of a head.</summary>
internal readonly record struct AttentionPlace(int Sample, int Index, int Outer, int Head, int Row)
{
    /// <summary>Of all attentions of the batch.</summary>
    public int Place => (Sample * Outer) + Index;

    /// <summary>Where rows are steps: where those of the sequence begin, and how many there are.</summary>
    public AttentionSequence? Sequence { get; init; }
}

/// <summary>The steps of a sequence that attends, and of that which it attends to, among all steps.</summary>
internal sealed record AttentionSequence(int Start, int Queries, int KeyStart, int Keys);

/// <summary>
/// y_i = Σ_j p_ij·v_j, p_i = softmax_j(s_ij), s_ij = scale·q_i·k_j (Vaswani et al. 2017), of (q, k, v) or (q, k, v, bias), which is added
/// to s; where rows are steps, of (q, k, v, spans of q, spans of k): [.., queries, heads · size].
/// </summary>
internal sealed record Attention(AttentionShape Shape, float Dropped = 0, uint Stream = 0)
    : AttentionOperation(Shape, Dropped, Stream), IRandomNumbers
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (Shape.OfSteps)
            return inputs[0].WithDims([Shape.Heads * Shape.Size]);
        var rows = inputs.Take(3).First(i => i.Batched);
        return rows.WithDims(rows.Dims.Take(rows.Rank - 2).Concat([Shape.Queries, Shape.Heads * Shape.Size]));
    }

    public override Value AtInference(GraphBuilder graph, Value[] inputs) => graph.Apply(new Attention(Shape), inputs);

    /// <summary>The keys and the values of earlier steps are in the session's memory.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => !Shape.OfSteps
        ? context.Graph.Apply(this, inputs)
        : !Shape.Options.IsCausal || !inputs[3].Equals(inputs[4])
            ? null
            : context.Graph.Apply(
                new AttentionInSession(Shape, context.Reserve(2L * Shape.Keys * Shape.KeyHeads * Shape.Size)),
                [.. inputs.Take(4), context.Memory]);

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, inputs) = (context.Graph, context.Inputs);
        var sums = graph.Apply(new AttentionSums(Shape), [.. inputs]);
        Value[] operands = [context.FullGradient, .. inputs, context.Result, sums];
        Value Of(AttentionPart part, Value operand) =>
            graph.SumTo(graph.Apply(new AttentionGradient(Shape, part, Dropped, Stream), operands), operand.Type);
        Value?[] bias = Shape.OfSteps ? [null, null] : inputs.Count > 3 ? [Of(AttentionPart.Scores, inputs[3])] : [];
        return Shape.IsPacked
            ? [Of(AttentionPart.Packed, inputs[0]), null, null, .. bias]
            : [Of(AttentionPart.Queries, inputs[0]), Of(AttentionPart.Keys, inputs[1]), Of(AttentionPart.Values, inputs[2]), .. bias];
    }

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var at in Places(call, 0))
        {
            var row = Row(call, 0, at);
            for (var i = 0; i < Shape.Size; i++)
            {
                call.Result[row.Result + i] = Enumerable.Range(row.Begin, row.End - row.Begin)
                    .Sum(j => row.Weights[j] * row.Kept[j] * call.Input(2)[row.Value(j) + i]);
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => Call("Forward", context.Inputs);

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands)
    {
        var sums = siblings.ToList().FindIndex(s => s is AttentionSums);
        var own = siblings.ToList().FindIndex(s => s is Attention);
        return siblings.Count == 2 && sums >= 0 && own >= 0
            ? new MergedKernel(((Attention)siblings[own]).Call("ForwardWithSums", operands), [own, sums])
            : null;
    }
}

/// <summary>log Σ_j exp(s_ij), which backward has the weights again from: [.., heads, queries].</summary>
internal sealed record AttentionSums(AttentionShape Shape) : AttentionOperation(Shape, 0, 0)
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (Shape.OfSteps)
            return inputs[0].WithDims([Shape.Heads]);
        var rows = inputs.Take(3).First(i => i.Batched);
        return rows.WithDims(rows.Dims.Take(rows.Rank - 2).Concat([Shape.Heads, Shape.Queries]));
    }

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var at in Places(call, 0))
            call.Result[Row(call, 0, at).Sum] = Row(call, 0, at).LogSum;
    }

    public override KernelBody Lower(LoweringContext context) => Call("Sums", context.Inputs);

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) =>
        siblings.OfType<Attention>().FirstOrDefault()?.Merge(siblings, operands);
}

/// <summary>Of which operand a gradient is; of the packed one it is one.</summary>
internal enum AttentionPart
{
    Queries,
    Keys,
    Values,
    Packed,

    /// <summary>Scores behind the bias: [.., heads, queries, keys] for each sample.</summary>
    Scores,
}

/// <summary>
/// (dy, q, k, v, [bias], y, log Σ exp(s)) to a gradient, for each sample: dv_j = Σ_i p_ij·dy_i, dp_ij = dy_i·v_j, ds_ij = p_ij·(dp_ij −
/// dy_i·y_i), dq_i = scale·Σ_j ds_ij·k_j, dk_j = scale·Σ_i ds_ij·q_i (Dao et al. 2022).
/// </summary>
internal sealed record AttentionGradient(AttentionShape Shape, AttentionPart Part, float Dropped, uint Stream)
    : AttentionOperation(Shape, Dropped, Stream), IRandomNumbers
{
    public override string Title => base.Title.Replace("AttentionGradient[", $"AttentionGradient[{Part.ToString().ToLowerInvariant()}; ");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (Shape.OfSteps)
        {
            return Part switch
            {
                AttentionPart.Queries => inputs[1].WithDims([Shape.Heads * Shape.Size]),
                AttentionPart.Packed => inputs[1].WithDims([Shape.PackedWidth]),
                _ => inputs[2].WithDims([Shape.KeyHeads * Shape.Size]),
            };
        }
        var outer = inputs[0].Dims.Take(inputs[0].Rank - 2);
        return inputs[0].WithDims(outer.Concat(Part switch
        {
            AttentionPart.Queries => [Shape.Queries, Shape.Heads * Shape.Size],
            AttentionPart.Keys or AttentionPart.Values => [Shape.Keys, Shape.KeyHeads * Shape.Size],
            AttentionPart.Packed => [Shape.Keys, Shape.PackedWidth],
            _ => [Shape.Heads, Shape.Queries, Shape.Keys],
        }));
    }

    public override void Evaluate(ReferenceCall call)
    {
        foreach (var at in Places(call, 1))
        {
            var row = Row(call, 1, at);
            var (dy, y) = (call.Input(0), call.Input(call.InputCount - 2));
            var dot = Enumerable.Range(row.Result, Shape.Size).Sum(i => dy[i] * y[i]);
            for (var j = row.Begin; j < row.End; j++)
            {
                var dp = Enumerable.Range(0, Shape.Size).Sum(i => dy[row.Result + i] * call.Input(3)[row.Value(j) + i]);
                var ds = row.Weights[j] * ((dp * row.Kept[j]) - dot);
                if (Part == AttentionPart.Scores)
                    call.Result[(((((at.Place * Shape.Heads) + at.Head) * Shape.Queries) + at.Row) * Shape.Keys) + j] = ds;
                var product = ds * row.Derivative[j] * Shape.Scale;
                for (var i = 0; i < Shape.Size; i++)
                {
                    if (Part is AttentionPart.Queries or AttentionPart.Packed)
                        call.Result[row.QueryGradient + i] += product * call.Input(2)[row.Key(j) + i];
                    if (Part is AttentionPart.Keys or AttentionPart.Packed)
                        call.Result[row.KeyGradient(j) + i] += product * call.Input(1)[row.Query + i];
                    if (Part is AttentionPart.Values or AttentionPart.Packed)
                    {
                        call.Result[row.KeyGradient(j) + i + (Part == AttentionPart.Packed ? Shape.KeyHeads * Shape.Size : 0)] +=
                            row.Weights[j] * row.Kept[j] * dy[row.Result + i];
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => Call(
        Part switch
        {
            AttentionPart.Queries => "QueryGradient",
            AttentionPart.Keys => "KeyGradient",
            AttentionPart.Values => "ValueGradient",
            AttentionPart.Packed => "PackedGradient",
            _ => "ScoreGradient",
        },
        Operands(context.Inputs));

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands)
    {
        var order = new[] { AttentionPart.Queries, AttentionPart.Keys, AttentionPart.Values }
            .Select(part => siblings.ToList().FindIndex(s => s is AttentionGradient gradient && gradient.Part == part)).ToArray();
        return siblings.Count == 3 && order.All(i => i >= 0) ? new MergedKernel(Call("Gradient", Operands(operands)), order) : null;
    }

    private static IEnumerable<TensorType> Operands(IReadOnlyList<TensorType> inputs) => inputs.Skip(1).Take(inputs.Count - 3);
}
