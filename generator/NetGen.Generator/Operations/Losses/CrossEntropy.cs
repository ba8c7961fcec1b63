using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// (logits [classes], label) to the negative log-likelihood of the label: log Σ_j exp(x_j) − x_label, with the largest logit taken
/// out of the sum so that nothing overflows.
/// </summary>
internal sealed record CrossEntropy : Operation, IMergeableOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Check(inputs);
        return TensorType.PerSample();
    }

    public static void Check(IReadOnlyList<TensorType> inputs)
    {
        var (logits, labels) = (inputs[0], inputs[1]);
        if (logits.Element != ElementType.Float32)
            throw new LanguageException("NG0220", "CrossEntropy: the logits are numbers, one per class; these are labels.", "logits");
        if (!logits.Batched || logits.Rank != 1)
        {
            throw new LanguageException(
                "NG0401", $"CrossEntropy expects a vector of one logit per class and sample; got {logits.Shape}{Hint(logits)}", "logits");
        }
        if (labels.Element != ElementType.Int32 || !labels.Batched || labels.Rank != 0)
            throw new LanguageException("NG0220", "CrossEntropy: 'label' expects Labels, one class per sample; for a tensor of probabilities use 'target'.", "label");
    }

    private static string Hint(TensorType logits) =>
        !logits.Batched ? " without a batch." : logits.Rank > 1 ? ". Put Flatten before it, or before a Dense that is to see all positions." : ".";

    public override int? LabelClasses(IReadOnlyList<TensorType> inputs) => inputs[0].Dims[0];

    /// <summary>dx = (softmax(x) − onehot(label)) · dloss. Where dloss is the mean's 1/B it is known without being read.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, logits, labels, dloss) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        return graph.Nodes[dloss.Id].Operation is BatchReciprocal
            ? [graph.Apply(new CrossEntropyGradient(Mean: true), logits, labels), null]
            : [graph.Apply(new CrossEntropyGradient(Mean: false), logits, labels, dloss), null];
    }

    public override void Evaluate(ReferenceCall call)
    {
        var classes = call.InputType(0).Dims[0];
        for (var b = 0; b < call.Batch; b++)
        {
            var row = call.Input(0).Skip(b * classes).Take(classes).ToArray();
            var largest = row.Max();
            call.Result[b] = largest + Math.Log(row.Sum(x => Math.Exp(x - largest))) - row[(int)call.Input(1)[b]];
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("SoftmaxKernels.CrossEntropy", context.Inputs[0].Dims);

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => CrossEntropyKernels.Merge(siblings, operands[0]);
}

/// <summary>
/// Loss, gradient and hit of a sample in one pass over its logits.
/// </summary>
internal static class CrossEntropyKernels
{
    public static MergedKernel? Merge(IReadOnlyList<Operation> siblings, TensorType logits)
    {
        int Find(Func<Operation, bool> match) => siblings.ToList().FindIndex(s => match(s));
        var order = new[]
        {
            Find(s => s is CrossEntropy),
            Find(s => s is CrossEntropyGradient { Mean: true }),
            Find(s => s is CorrectPrediction),
        };
        return siblings.Count == 3 && order.All(i => i >= 0)
            ? new MergedKernel(
                new RuntimeCallBody("SoftmaxKernels.CrossEntropyWithGradient", logits.Dims) { InPlace = EquatableArray.Create(new InPlacePair(0, 1)) }, order)
            : null;
    }
}

/// <summary>
/// The gradient of <see cref="CrossEntropy"/>: (softmax(x) − onehot(label)) / B of (logits, labels) where Mean, else
/// (softmax(x) − onehot(label)) · dloss of (logits, labels, dloss).
/// </summary>
internal sealed record CrossEntropyGradient(bool Mean) : Operation, IMergeableOperation
{
    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => CrossEntropyKernels.Merge(siblings, operands[0]);

    public override string Title => Mean ? "CrossEntropyGradient[mean]" : "CrossEntropyGradient";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override void Evaluate(ReferenceCall call)
    {
        var classes = call.Type.Dims[0];
        for (var b = 0; b < call.Batch; b++)
        {
            var row = call.Input(0).Skip(b * classes).Take(classes).ToArray();
            var largest = row.Max();
            var sum = row.Sum(x => Math.Exp(x - largest));
            var scale = Mean ? 1.0 / call.Batch : call.Input(2)[b];
            for (var j = 0; j < classes; j++)
            {
                var hit = j == (int)call.Input(1)[b] ? 1.0 : 0.0;
                call.Result[(b * classes) + j] = ((Math.Exp(row[j] - largest) / sum) - hit) * scale;
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody(
        Mean ? "SoftmaxKernels.CrossEntropyMeanGradient" : "SoftmaxKernels.CrossEntropyGradient", context.Result.Dims)
    {
        InPlace = EquatableArray.Create(new InPlacePair(0, 0)),
    };
}

/// <summary>
/// (logits, label) to 1 where the largest logit (the first of them) is the label's, else 0: no logit before the label's reaches it
/// and none after exceeds it. With a NaN among the logits nothing is correct.
/// </summary>
internal sealed record CorrectPrediction : Operation, IMergeableOperation
{
    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => CrossEntropyKernels.Merge(siblings, operands[0]);

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        CrossEntropy.Check(inputs);
        return TensorType.PerSample();
    }

    public override void Evaluate(ReferenceCall call)
    {
        var classes = call.InputType(0).Dims[0];
        for (var b = 0; b < call.Batch; b++)
        {
            var label = (int)call.Input(1)[b];
            var own = call.Input(0)[(b * classes) + label];
            var correct = !double.IsNaN(own);
            for (var j = 0; j < classes; j++)
            {
                var other = call.Input(0)[(b * classes) + j];
                correct &= j < label ? other < own : j == label || other <= own;
            }
            call.Result[b] = correct ? 1 : 0;
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("SoftmaxKernels.CorrectPrediction", context.Inputs[0].Dims);
}
