using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Steps;

/// <summary>
/// First, Last, SumOfSteps, MeanOfSteps, MaxOfSteps, SoftmaxOfSteps, EachStep, ShiftSteps, ReverseSteps: over the steps of sequences of any
/// length where rows are steps, else over the axis before the last.
/// </summary>
internal static class StepFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("First", (g, a) => At(g, "First", a.Tensor("x"), isLast: false)),
        new("Last", (g, a) => At(g, "Last", a.Tensor("x"), isLast: true)),
        new("SumOfSteps", (g, a) => Sum(g, "SumOfSteps", a.Tensor("x"), isMean: false)),
        new("MeanOfSteps", (g, a) => Sum(g, "MeanOfSteps", a.Tensor("x"), isMean: true)),
        new("MaxOfSteps", (g, a) => Max(g, a.Tensor("x"))),
        new("SoftmaxOfSteps", (g, a) => Softmax(g, a.Tensor("x"))),
        new("EachStep", (g, a) => Each(g, a.Tensor("x"), a.Tensor("like"))),
        new("ShiftSteps", (g, a) => Shift(g, a.Tensor("x"), a.Int("by"))),
        new("ReverseSteps", (g, a) => Reverse(g, a.Tensor("x"))),
    ];

    /// <summary>The first or the last step.</summary>
    public static Value At(GraphBuilder graph, string function, Value x, bool isLast)
    {
        var axis = Axis(function, x);
        if (axis < 0)
            return graph.Apply(new StepAt(isLast), x, graph.Spans(x.Type.Rows));
        var step = graph.Slice(x, axis, isLast ? x.Type.Dims[axis] - 1 : 0, 1);
        return graph.Reshape(step, [.. x.Type.Dims.Where((_, i) => i != axis)]);
    }

    public static Value Sum(GraphBuilder graph, string function, Value x, bool isMean)
    {
        var axis = Axis(function, x);
        if (axis >= 0)
            return graph.Apply(new Reduce(EquatableArray.Create(axis), false, false, isMean ? 1f / x.Type.Dims[axis] : 1f), x);
        var spans = graph.Spans(x.Type.Rows);
        var sum = graph.Apply(new StepSum(), x, spans);
        return isMean ? graph.Map("Divide", sum, graph.Reshape(graph.Apply(new StepCounts(), spans), [.. x.Type.Dims.Select(_ => 1)]))
            : sum;
    }

    private static Value Max(GraphBuilder graph, Value x)
    {
        var axis = Axis("MaxOfSteps", x);
        return axis < 0
            ? graph.Apply(new StepMax(), x, graph.Spans(x.Type.Rows))
            : graph.Apply(new Largest(EquatableArray.Create(axis), KeepDims: false), x);
    }

    /// <summary>exp(x) / Σ exp(x) over the steps of each sequence, of each number by itself; the largest is taken out first.</summary>
    public static Value Softmax(GraphBuilder graph, Value x)
    {
        var axis = Axis("SoftmaxOfSteps", x);
        var spans = axis < 0 ? graph.Spans(x.Type.Rows) : default;
        Value Each(Value value) => graph.Apply(new EachStep(x.Type.Rows), value, spans);
        var largest = graph.Map("StopGradient", x);
        largest = axis < 0
            ? Each(graph.Apply(new StepMax(), largest, spans))
            : graph.Apply(new Largest(EquatableArray.Create(axis), KeepDims: true), largest);
        var exponentials = graph.Map("Exp", graph.Map("Subtract", x, largest));
        var sum = axis < 0
            ? Each(graph.Apply(new StepSum(), exponentials, spans))
            : graph.Apply(new Reduce(EquatableArray.Create(axis), true, false), exponentials);
        return graph.Map("Divide", exponentials, sum);
    }

    private static Value Each(GraphBuilder graph, Value x, Value like)
    {
        Numbers.Check("EachStep", "x", x.Type);
        if (like.Type.Rows.IsSteps && x.Type.Rows != like.Type.Rows)
        {
            return x.Type.Rows == RowSpace.Samples
                ? graph.Apply(new EachStep(like.Type.Rows), x, graph.Spans(like.Type.Rows))
                : x.Type.Batched
                    ? throw new LanguageException("NG0414",
                        $"EachStep brings what a sample has to each of its steps; x has a row for each step of '{x.Type.Rows}' already.",
                            "x")
                    : x;
        }
        if (like.Type.Rank < 2)
            throw new LanguageException("NG0401", $"EachStep is over the steps of 'like', [.., steps, width]; it is {Shape(like)}.",
                "like");
        var (steps, outer) = (like.Type.Dims[like.Type.Rank - 2], x.Type.Dims.Take(x.Type.Rank - 1).ToArray());
        // A single number is a row of one.
        var width = x.Type.Rank == 0 ? 1 : x.Type.Dims[x.Type.Rank - 1];
        return graph.Apply(new BroadcastTo(x.Type.WithDims([.. outer, steps, width])), graph.Reshape(x, [.. outer, 1, width]));
    }

    /// <summary>y[t] = x[t − by], with 0 where there is no such step.</summary>
    private static Value Shift(GraphBuilder graph, Value x, int by)
    {
        var axis = Axis("ShiftSteps", x);
        if (by == 0)
            return x;
        if (axis < 0)
            return graph.Reshape(graph.Apply(new StepWindow(1, by, 1), x, graph.Spans(x.Type.Rows)), [.. x.Type.Dims]);
        var steps = x.Type.Dims[axis];
        if (Math.Abs((long)by) >= steps)
            return graph.Multiply(x, graph.Constant(0));
        var (before, after) = (Math.Max(0, by), Math.Max(0, -by));
        return graph.Apply(new PadAxis(axis, before, after), graph.Slice(x, axis, after, steps - before - after));
    }

    private static Value Reverse(GraphBuilder graph, Value x)
    {
        var axis = Axis("ReverseSteps", x);
        if (axis < 0)
            return graph.Apply(new ReversedSteps(), x, graph.Spans(x.Type.Rows));
        var steps = Enumerable.Range(0, x.Type.Dims[axis]).Reverse().Select(t => graph.Slice(x, axis, t, 1)).ToArray();
        return steps.Length == 1 ? x : graph.Apply(new Concat.Concat(axis), steps);
    }

    /// <summary>The axis of the steps; −1 where they are rows.</summary>
    private static int Axis(string function, Value x)
    {
        Numbers.Check(function, "x", x.Type);
        if (x.Type.HasSteps())
            return -1;
        return x.Type.Rank >= 2
            ? x.Type.Rank - 2
            : throw new LanguageException("NG0401",
                $"{function} is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got {Shape(x)}.", "x");
    }

    private static string Shape(Value x) => x.Type.Rank == 0 ? "a single number" : x.Type.Shape;
}
