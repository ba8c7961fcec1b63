using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// (logits [.., classes], label [..]) to the negative log-likelihood of each label: log Σ_j exp(x_j) − x_label, with the largest logit
/// taken out of the sum so that nothing overflows.
/// </summary>
internal sealed record CrossEntropy : Operation, IMergeableOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Check(inputs);
        return inputs[1] with { Element = ElementType.Float32 };
    }

    public static void Check(IReadOnlyList<TensorType> inputs)
    {
        var (logits, labels) = (inputs[0], inputs[1]);
        if (logits.Element != ElementType.Float32)
            throw new LanguageException("NG0220", "CrossEntropy: the logits are numbers, one per class; these are labels.", "logits");
        if (!logits.Batched || logits.Rank == 0)
        {
            throw new LanguageException(
                "NG0401", $"CrossEntropy expects one logit per class and sample; got {logits.Shape}{(logits.Batched ? "." : " without a batch.")}", "logits");
        }
        if (labels.Element != ElementType.Int32 || !labels.Batched)
            throw new LanguageException("NG0220", "CrossEntropy: 'label' expects Labels, the numbers of classes; for a tensor of probabilities use 'target'.", "label");
        if (!labels.Dims.SequenceEqual(Positions(logits)))
            throw new LanguageException("NG0402", $"CrossEntropy: logits {logits.Shape} need labels {logits.WithDims(Positions(logits)).Shape}; got {labels.Shape}.", "label");
    }

    /// <summary>The dimensions without that of the classes.</summary>
    public static IEnumerable<int> Positions(TensorType logits) => logits.Dims.Take(logits.Rank - 1);

    /// <summary>How many logits there are for one label.</summary>
    public static int Classes(TensorType logits) => logits.Dims[logits.Rank - 1];

    /// <summary>The constants of its kernels: labels of a sample, and classes.</summary>
    public static EquatableArray<int> Rows(TensorType logits) => EquatableArray.Create((int)(logits.Count / Classes(logits)), Classes(logits));

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Classes(inputs[0]);

    /// <summary>
    /// dx = (softmax(x) − onehot(label)) · dloss. Where dloss is that of the mean over batch and positions it is known without being read.
    /// </summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, logits, labels, dloss) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        return IsOfMean(graph, dloss)
            ? [graph.Apply(new CrossEntropyGradient(Mean: true), logits, labels), null]
            : [graph.Apply(new CrossEntropyGradient(Mean: false), logits, labels, context.FullGradient), null];
    }

    /// <summary>1/B of a single label; 1/B · 1/n, repeated, of n.</summary>
    private static bool IsOfMean(GraphBuilder graph, Value gradient)
    {
        var node = graph.Nodes[gradient.Id];
        if (node.Operation is BatchReciprocal)
            return true;
        if (node.Operation is not BroadcastTo || graph.Nodes[node.Inputs[0]] is not { Operation: Elementwise.Elementwise { Function: "Multiply" } } product)
            return false;
        var factors = product.Inputs.Select(i => graph.Nodes[i].Operation).ToArray();
        return factors.Any(f => f is BatchReciprocal) && factors.Any(f => f is Constant { Number: var share } && share == 1f / gradient.Type.Count);
    }

    public override void Evaluate(ReferenceCall call)
    {
        var classes = Classes(call.InputType(0));
        for (var r = 0; r < call.Result.Length; r++)
        {
            var row = call.Input(0).Skip(r * classes).Take(classes).ToArray();
            var largest = row.Max();
            call.Result[r] = largest + Math.Log(row.Sum(x => Math.Exp(x - largest))) - row[(int)call.Input(1)[r]];
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("SoftmaxKernels.CrossEntropy", Rows(context.Inputs[0]));

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => CrossEntropyKernels.Merge(siblings, operands[0]);
}

/// <summary>
/// Loss, gradient and hit of a label in one pass over its logits.
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
                new RuntimeCallBody("SoftmaxKernels.CrossEntropyWithGradient", CrossEntropy.Rows(logits)) { InPlace = EquatableArray.Create(new InPlacePair(0, 1)) }, order)
            : null;
    }
}

/// <summary>
/// The gradient of <see cref="CrossEntropy"/>: (softmax(x) − onehot(label)) / (B·n) of (logits, labels), with n labels in a sample, where
/// Mean; else (softmax(x) − onehot(label)) · dloss of (logits, labels, dloss).
/// </summary>
internal sealed record CrossEntropyGradient(bool Mean) : Operation, IMergeableOperation
{
    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => CrossEntropyKernels.Merge(siblings, operands[0]);

    public override string Title => Mean ? "CrossEntropyGradient[mean]" : "CrossEntropyGradient";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override void Evaluate(ReferenceCall call)
    {
        var classes = CrossEntropy.Classes(call.Type);
        for (var r = 0; r < call.Input(1).Length; r++)
        {
            var row = call.Input(0).Skip(r * classes).Take(classes).ToArray();
            var largest = row.Max();
            var sum = row.Sum(x => Math.Exp(x - largest));
            var scale = Mean ? 1.0 / call.Input(1).Length : call.Input(2)[r];
            for (var j = 0; j < classes; j++)
            {
                var hit = j == (int)call.Input(1)[r] ? 1.0 : 0.0;
                call.Result[(r * classes) + j] = ((Math.Exp(row[j] - largest) / sum) - hit) * scale;
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody(
        Mean ? "SoftmaxKernels.CrossEntropyMeanGradient" : "SoftmaxKernels.CrossEntropyGradient", CrossEntropy.Rows(context.Result))
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
        return inputs[1] with { Element = ElementType.Float32 };
    }

    public override void Evaluate(ReferenceCall call)
    {
        var classes = CrossEntropy.Classes(call.InputType(0));
        for (var r = 0; r < call.Result.Length; r++)
        {
            var label = (int)call.Input(1)[r];
            var own = call.Input(0)[(r * classes) + label];
            var correct = !double.IsNaN(own);
            for (var j = 0; j < classes; j++)
            {
                var other = call.Input(0)[(r * classes) + j];
                correct &= j < label ? other < own : j == label || other <= own;
            }
            call.Result[r] = correct ? 1 : 0;
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("SoftmaxKernels.CorrectPrediction", CrossEntropy.Rows(context.Inputs[0]));
}
