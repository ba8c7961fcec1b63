using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Softmax;
using NetGen.Generator.Operations.Vectors;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// Losses of one class for each sample. What classes weigh, and which label does not count, is what the mean over the batch divides by.
/// </summary>
internal static class ClassLosses
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("CrossEntropy", (g, a) => a.Has("label") ? FromLabels(g, a) : FromProbabilities(g, a)),
        new("NegativeLogLikelihood", NegativeLogLikelihood),
        new("Focal", Focal),
    ];

    private static Value FromLabels(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, label) = (arguments.Tensor("logits"), arguments.Tensor("label"));
        CheckLabels(graph, "CrossEntropy", logits, label);
        // Also the check of the types.
        var losses = graph.Apply(new CrossEntropy(), logits, label);
        CheckClasses(graph, logits);
        var terms = new Terms(graph, arguments, logits, label);
        var smoothing = Smoothing(arguments);
        if (!terms.ArePlain || smoothing > 0)
        {
            var logProbabilities = graph.Apply(new LogSoftmax(), logits);
            losses = terms.OfLabel(logProbabilities);
            if (smoothing > 0)
                losses = Smoothed(graph, terms, logProbabilities, losses, smoothing);
        }
        var loss = SampleWeights.Apply(graph, arguments, terms.Mean(losses));
        graph.Classifications.Add(new Classification(loss, logits, label, terms.Correct(logits)));
        return loss;
    }

    /// <summary>
    /// (1 − ε)·l − ε/C·Σ_j w_j · log p_j: the target is ε parts of all classes (Szegedy et al. 2016), each with its own weight as in
    /// PyTorch.
    /// </summary>
    private static Value Smoothed(GraphBuilder graph, Terms terms, Value logProbabilities, Value loss, float smoothing)
    {
        var all = terms.ClassWeights is { } weights ? graph.Multiply(logProbabilities, weights) : logProbabilities;
        var share = graph.Multiply(graph.SumOfRows(all), graph.Constant(-smoothing / terms.Classes));
        if (terms.Counts is { } counts)
            share = graph.Map("Where", counts, share, graph.Constant(0));
        return graph.Add(graph.Multiply(loss, graph.Constant(1 - smoothing)), share);
    }

    /// <summary>−Σ_j w_j · t_j · log softmax(x)_j, the mean of all positions.</summary>
    private static Value FromProbabilities(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, target) = (arguments.Tensor("logits"), arguments.Tensor("target"));
        LossFunctions.CheckSame(graph, "CrossEntropy", "logits", logits, "target", target);
        if (logits.Type.Rank == 0)
            throw new LanguageException("NG0401", $"CrossEntropy expects one logit per class and sample; got {logits.Type.Shape}.", "logits");
        CheckClasses(graph, logits);
        target = TargetCheck.Hold(graph, target, TargetRange.Shares);
        var (classes, smoothing, shares) = (CrossEntropy.Classes(logits.Type), Smoothing(arguments), target);
        if (smoothing > 0)
            shares = graph.Add(graph.Multiply(shares, graph.Constant(1 - smoothing)), graph.Constant(smoothing / classes));
        if (ClassWeights(graph, arguments, classes) is { } weights)
            shares = graph.Multiply(shares, weights);
        var likelihood = graph.SumOfRows(graph.Multiply(shares, graph.Apply(new LogSoftmax(), logits)));
        var loss = SampleWeights.Apply(graph, arguments, graph.Map("Negate", graph.MeanAll(likelihood)));
        var correct = graph.Apply(new SameLikeliestClass(), graph.OfEachRow(logits, target), graph.OfEachRow(target, logits));
        graph.Classifications.Add(new Classification(loss, logits, target, graph.MeanAll(correct)));
        return loss;
    }

    private static Value NegativeLogLikelihood(GraphBuilder graph, CallArguments arguments)
    {
        var (logProbabilities, label) = (arguments.Tensor("logProbabilities"), arguments.Tensor("label"));
        CheckLabeled(graph, "NegativeLogLikelihood", "logProbabilities", logProbabilities, label);
        var terms = new Terms(graph, arguments, logProbabilities, label);
        var loss = SampleWeights.Apply(graph, arguments, terms.Mean(terms.OfLabel(logProbabilities)));
        graph.Classifications.Add(new Classification(loss, logProbabilities, label, terms.Correct(logProbabilities)));
        return loss;
    }

    /// <summary>(1 − p)^γ · (−log p) of the label's probability p (Lin et al. 2017).</summary>
    private static Value Focal(GraphBuilder graph, CallArguments arguments)
    {
        var (logits, label) = (arguments.Tensor("logits"), arguments.Tensor("label"));
        CheckLabeled(graph, "Focal", "logits", logits, label);
        CheckClasses(graph, logits);
        var terms = new Terms(graph, arguments, logits, label);
        var own = graph.Map("Negate", graph.SumOfRows(graph.Map("Where", terms.Mask, graph.Apply(new LogSoftmax(), logits), graph.Constant(0))));
        var loss = graph.Apply(new Elementwise.Elementwise("Focal", arguments.AtLeast("gamma", 0, 2f)), own);
        if (terms.SampleWeight is { } weight)
            loss = graph.Multiply(loss, weight);
        loss = SampleWeights.Apply(graph, arguments, terms.Mean(loss));
        graph.Classifications.Add(new Classification(loss, logits, label, terms.Correct(logits)));
        return loss;
    }

    private static void CheckLabeled(GraphBuilder graph, string function, string argument, Value scores, Value label)
    {
        Numbers.Check(function, argument, scores.Type);
        if (!scores.Type.Batched || scores.Type.Rank == 0)
            throw new LanguageException("NG0401", $"{function} expects one number per class and sample; got {scores.Type.Shape}.", argument);
        if (label.Type.Element != ElementType.Int32 || !label.Type.Batched)
            throw new LanguageException("NG0220", $"{function}: 'label' expects Labels, the numbers of classes.", "label");
        CheckLabels(graph, function, scores, label);
    }

    /// <summary>A label for each position of the scores; where it is an input, how its [Shape] says so.</summary>
    private static void CheckLabels(GraphBuilder graph, string function, Value scores, Value label)
    {
        if (label.Type.Element != ElementType.Int32 || scores.Type.Element != ElementType.Float32 || scores.Type.Rank == 0)
            return;
        var positions = scores.Type.WithDims(CrossEntropy.Positions(scores.Type));
        if (label.Type.Dims == positions.Dims)
            return;
        string Each(TensorType type) => type.Rank == 0 ? "one per sample" : type.Shape;
        var input = graph.Nodes[label.Id].Operation as Input;
        var shape = positions.Rank == 0 ? "[Shape]" : $"[Shape({string.Join(", ", positions.Dims)})]";
        throw new LanguageException(
            "NG0402",
            $"{function}: logits {scores.Type.Shape} are of one class {(positions.Rank == 0 ? "per sample" : $"at each of {positions.Shape}")}; label is {Each(label.Type)}."
            + (input is null ? "" : $" Declare '{shape} {(input.AreIndices ? "Indices" : "Labels")} {input.Parameter}'."),
            "label")
        {
            Replacement = input is null ? null : shape,
        };
    }

    /// <summary>Σ over the classes.</summary>
    private static Value SumOfRows(this GraphBuilder graph, Value x) => graph.SumOf(x, [x.Type.Rank - 1]);

    private static float Smoothing(CallArguments arguments)
    {
        var smoothing = arguments.AtLeast("labelSmoothing", 0, 0f);
        return smoothing <= 1
            ? smoothing
            : throw new LanguageException("NG0301", Text.Invariant($"'labelSmoothing' must be from 0 to 1; it is {smoothing}."), "labelSmoothing");
    }

    /// <summary>Softmax of one logit is 1 whatever the logit is.</summary>
    private static void CheckClasses(GraphBuilder graph, Value logits)
    {
        if (logits.Type.Count == 1)
        {
            graph.Hint(new GraphHint(
                "NG0507",
                "CrossEntropy over one class is 0 whatever the network computes, so nothing is learned. For yes or no use BinaryCrossEntropy with "
                + "'[Shape(1)] Tensor target' of 0 and 1, or give the last layer one output for each class (two for yes and no)."));
            return;
        }
        BoundedLogits.Check(graph, "CrossEntropy", logits);
    }

    /// <summary>The argument 'weights' as a vector; null: the call has none.</summary>
    private static Value? ClassWeights(GraphBuilder graph, CallArguments arguments, int classes)
    {
        if (!arguments.Has("weights"))
            return null;
        var weights = arguments.Floats("weights");
        if (weights.Count != classes)
            throw new LanguageException("NG0402", Text.Invariant($"'weights' has {weights.Count} numbers for {classes} classes."), "weights");
        if (weights.Any(w => !(w >= 0) || float.IsInfinity(w)) || weights.All(w => w == 0))
            throw new LanguageException("NG0301", "'weights' must be finite numbers of at least 0, and not all 0.", "weights");
        return graph.Vector(weights);
    }

    /// <summary>What the label picks, by how much it counts.</summary>
    private sealed class Terms
    {
        private readonly GraphBuilder graph;
        private readonly Value label;
        private readonly int? ignored;

        public Terms(GraphBuilder graph, CallArguments arguments, Value scores, Value label)
        {
            var classes = CrossEntropy.Classes(scores.Type);
            (this.graph, this.label, Classes) = (graph, label, classes);
            ignored = arguments.Has("ignoreIndex") ? arguments.Int("ignoreIndex") : null;
            ClassWeights = ClassLosses.ClassWeights(graph, arguments, classes);
            Counts = ignored is null ? null : graph.SumOfRows(Mask);
            SampleWeight = ClassWeights is { } weights ? graph.SumOfRows(graph.Multiply(Mask, weights)) : Counts;
        }

        public int Classes { get; }

        /// <summary>[classes]; null: all weigh 1.</summary>
        public Value? ClassWeights { get; }

        /// <summary>1 at the label.</summary>
        public Value Mask => graph.Apply(new LabelMask(Classes, ignored), label);

        /// <summary>1 where a sample counts, else 0; null: all do.</summary>
        public Value? Counts { get; }

        /// <summary>What a sample weighs; null: all weigh 1.</summary>
        public Value? SampleWeight { get; }

        public bool ArePlain => SampleWeight is null;

        /// <summary>−w · log p of the label. What is at other classes is not computed with: it may be −∞.</summary>
        public Value OfLabel(Value logProbabilities)
        {
            var own = ClassWeights is { } weights ? graph.Multiply(logProbabilities, weights) : logProbabilities;
            return graph.Map("Negate", graph.SumOfRows(graph.Map("Where", Mask, own, graph.Constant(0))));
        }

        /// <summary>The mean of losses that contain the weights already: over a batch Σ loss / Σ weights.</summary>
        public Value Mean(Value losses) => SampleWeight is { } weight
            ? SampleWeights.Normalize(graph, graph.SumAll(losses), graph.SumAll(weight))
            : graph.MeanAll(losses);

        public Value Correct(Value scores) => Counts is { } counts
            ? SampleWeights.Normalize(
                graph, graph.SumAll(graph.Multiply(graph.Apply(new SameLikeliestClass(), scores, Mask), counts)), graph.SumAll(counts))
            : graph.MeanAll(graph.Apply(new CorrectPrediction(), scores, label));
    }
}
