using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Losses;

/// <summary>Losses of a prediction and a target of the same shape, element by element: their mean is the sample's.</summary>
internal static class RegressionLosses
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        Of("MeanSquaredError", (g, _, e) => g.Map("Square", e)),
        Of("MeanAbsoluteError", (g, _, e) => g.Map("Abs", e)),
        Of("Huber", (g, a, e) => g.Apply(new Elementwise.Elementwise("Huber", a.Above("delta", 0, 1f)), e)),
        Of("SmoothL1", SmoothL1),
        Of("LogCosh", (g, _, e) => g.Map("LogCosh", e)),
        Of("Quantile", Quantile),
        OfBoth("Hinge", (g, _, p, t) => g.Map("Relu", Slack(g, p, t))),
        OfBoth("SquaredHinge", (g, _, p, t) => g.Map("Square", g.Map("Relu", Slack(g, p, t)))),
        OfBoth("PoissonNegativeLogLikelihood", Poisson),
        new("GaussianNegativeLogLikelihood", Gaussian),
        new("KLDivergence", Divergence),
    ];

    private static TensorFunction OfBoth(string name, Func<GraphBuilder, CallArguments, Value, Value, Value> loss) => new(name, (graph, arguments) =>
    {
        var (prediction, target) = (arguments.Tensor("prediction"), arguments.Tensor("target"));
        LossFunctions.CheckSame(graph, name, "prediction", prediction, "target", target);
        return SampleWeights.Apply(graph, arguments, graph.MeanAll(loss(graph, arguments, prediction, target)));
    });

    private static TensorFunction Of(string name, Func<GraphBuilder, CallArguments, Value, Value> loss) =>
        OfBoth(name, (graph, arguments, prediction, target) => loss(graph, arguments, graph.Map("Subtract", prediction, target)));

    /// <summary>Huber's, divided by where it becomes straight: the slope there is 1.</summary>
    private static Value SmoothL1(GraphBuilder graph, CallArguments arguments, Value error)
    {
        var beta = arguments.Above("beta", 0, 1f);
        return graph.Multiply(graph.Apply(new Elementwise.Elementwise("Huber", beta), error), graph.Constant(1 / beta));
    }

    /// <summary>max(q·e, (q − 1)·e) of e = target − prediction (Koenker and Bassett 1978).</summary>
    private static Value Quantile(GraphBuilder graph, CallArguments arguments, Value error)
    {
        var quantile = arguments.Above("quantile", 0, 0.5f);
        if (quantile >= 1)
            throw new LanguageException("NG0301", Text.Invariant($"'quantile' must be between 0 and 1; it is {quantile}."), "quantile");
        return graph.Map("Maximum", graph.Multiply(error, graph.Constant(-quantile)), graph.Multiply(error, graph.Constant(1 - quantile)));
    }

    private static Value Slack(GraphBuilder graph, Value prediction, Value target) =>
        graph.Map("Subtract", graph.Constant(1), graph.Multiply(target, prediction));

    /// <summary>λ − t·log λ, of log λ where the prediction is it.</summary>
    private static Value Poisson(GraphBuilder graph, CallArguments arguments, Value prediction, Value target)
    {
        target = TargetCheck.Hold(graph, target, TargetRange.Shares);
        if (!arguments.Has("isLog") || arguments.Bool("isLog"))
            return graph.Map("Subtract", graph.Map("Exp", prediction), graph.Multiply(target, prediction));
        var epsilon = graph.Constant(arguments.Above("epsilon", 0, 1e-8f));
        return graph.Map("Subtract", prediction, graph.Multiply(target, graph.Map("Log", graph.Add(prediction, epsilon))));
    }

    /// <summary>½·(log σ² + (t − µ)² / σ²), σ² being at least ε.</summary>
    private static Value Gaussian(GraphBuilder graph, CallArguments arguments)
    {
        var (prediction, target, variance) = (arguments.Tensor("prediction"), arguments.Tensor("target"), arguments.Tensor("variance"));
        LossFunctions.CheckSame(graph, "GaussianNegativeLogLikelihood", "prediction", prediction, "target", target);
        LossFunctions.CheckSame(graph, "GaussianNegativeLogLikelihood", "prediction", prediction, "variance", variance);
        var spread = graph.Map("Maximum", variance, graph.Constant(arguments.Above("epsilon", 0, 1e-6f)));
        var distance = graph.Map("Divide", graph.Map("Square", graph.Map("Subtract", prediction, target)), spread);
        var both = graph.Multiply(graph.Add(graph.Map("Log", spread), distance), graph.Constant(0.5f));
        return SampleWeights.Apply(graph, arguments, graph.MeanAll(both));
    }

    /// <summary>Σ t·(log t − log p), 0 where t is: of a whole sample, so that the batch's mean is PyTorch's "batchmean".</summary>
    private static Value Divergence(GraphBuilder graph, CallArguments arguments)
    {
        var (logProbabilities, target) = (arguments.Tensor("logProbabilities"), arguments.Tensor("target"));
        LossFunctions.CheckSame(graph, "KLDivergence", "logProbabilities", logProbabilities, "target", target);
        target = TargetCheck.Hold(graph, target, TargetRange.Shares);
        var isThere = graph.Map("Greater", target, graph.Constant(0));
        var log = graph.Map("Log", graph.Map("Where", isThere, target, graph.Constant(1)));
        var terms = graph.Multiply(target, graph.Map("Subtract", log, logProbabilities));
        return SampleWeights.Apply(graph, arguments, graph.SumAll(graph.Map("Where", isThere, terms, graph.Constant(0))));
    }
}
