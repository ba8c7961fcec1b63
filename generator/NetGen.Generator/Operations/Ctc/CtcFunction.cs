using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Operations.Softmax;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Ctc;

/// <summary>
/// Ctc(logits, target, blank, ignoreIndex, zeroInfinity, weight): −log of the probability that the steps, with repetitions and blanks taken
/// away, are the target.
/// </summary>
internal static class CtcFunction
{
    public static readonly TensorFunction Function = new("Ctc", Apply);

    private static Value Apply(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = (arguments.Tensor("logits"), arguments.Tensor("target"));
        Numbers.Check("Ctc", "logits", logits.Type);
        if (!logits.Type.Batched || logits.Type.Rank != (logits.Type.Rows.IsSteps ? 1 : 2))
        {
            throw new LanguageException(
                "NG0401", $"Ctc expects logits [steps, classes], or [classes] at each step of a [Sequence]; got {logits.Type.Shape}{(logits.Type.Batched ? "." : " without a batch.")}", "logits");
        }
        if (target.Type.Element != ElementType.Int32 || !target.Type.Batched)
            throw new LanguageException("NG0220", "Ctc: 'target' expects Labels, the classes in their order.", "target");
        if (target.Type.Rank != (target.Type.Rows.IsSteps ? 0 : 1))
        {
            throw new LanguageException(
                "NG0402", $"Ctc: a target is labels in their order, [Shape(count)] or one at each step of a [Sequence] of their own; 'target' is {target.Type.Shape}.", "target");
        }
        if (target.Type.Rows.IsSteps && target.Type.Rows == logits.Type.Rows)
        {
            throw new LanguageException(
                "NG0414", $"Ctc: the target has a label at each step of '{target.Type.Rows}', as the logits have. Where they are aligned, CrossEntropy is the loss; else the target is a [Sequence] of its own.", "target");
        }
        BoundedLogits.Check(graph, "CrossEntropy", logits);
        var classes = logits.Type.Dims[logits.Type.Rank - 1];
        var blank = arguments.Has("blank") ? arguments.Int("blank") : 0;
        if (classes < 2 || blank < 0 || blank >= classes)
            throw new LanguageException("NG0301", Text.Invariant($"'blank' must be one of the {classes} classes, beside another; it is {blank}."), "blank");
        int? ignored = arguments.Has("ignoreIndex") ? arguments.Int("ignoreIndex") : null;
        if (ignored is null && !logits.Type.Rows.IsSteps && !target.Type.Rows.IsSteps && logits.Type.Dims[0] < target.Type.Dims[0])
        {
            throw new LanguageException(
                "NG0402", Text.Invariant($"Ctc: {logits.Type.Dims[0]} steps cannot say {target.Type.Dims[0]} labels: there is at most one a step, and one less for each that repeats the one before."), "target");
        }
        var logs = graph.Apply(new LogSoftmax(), logits);
        var spans = logits.Type.Rows.IsSteps ? graph.Spans(logits.Type.Rows) : target;
        var labelSpans = target.Type.Rows.IsSteps ? graph.Spans(target.Type.Rows) : target;
        var alpha = graph.Apply(new CtcForward(classes, blank, ignored), logs, target, spans, labelSpans);
        var loss = graph.Apply(new CtcLoss(classes, blank, ignored, arguments.Is("zeroInfinity")), logs, target, spans, labelSpans, alpha);
        return SampleWeights.Apply(graph, arguments, loss);
    }
}
