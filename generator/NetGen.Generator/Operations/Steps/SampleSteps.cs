using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Steps;

/// <summary>(x of samples, spans) to x at each step of its sequence.</summary>
internal sealed record EachStep(RowSpace Rows) : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => OfSteps(inputs[0], Rows);

    /// <summary>Looks at no other step.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    /// <summary>One number is that at each step too, as a mask of dropout is outside of training.</summary>
    public override Value AtInference(GraphBuilder graph, Value[] inputs) =>
        inputs[0].Type == TensorType.Shared() ? inputs[0] : base.AtInference(graph, inputs);

    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(new StepSum(), context.FullGradient,
        context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call) => StepMeaning.Visit(call, (sample, step, i) =>
        call.Result[step + i] = call.Input(0)[sample + i]);

    public override KernelBody Lower(LoweringContext context) => Call("EachStep", context.Result);
}

/// <summary>(x of steps, spans) to the sum over the steps of each sequence, in their order.</summary>
internal sealed record StepSum : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => OfSamples(inputs[0]);

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new EachStep(context.Inputs[0].Type.Rows), context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call) => StepMeaning.Visit(call, (sample, step, i) =>
        call.Result[sample + i] += call.Input(0)[step + i]);

    public override KernelBody Lower(LoweringContext context) => Call("StepSum", context.Result);
}

/// <summary>(x of steps, spans) to the largest number over the steps of each sequence; NaN where one is NaN.</summary>
internal sealed record StepMax : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => OfSamples(inputs[0]);

    /// <summary>The first of the largest has the gradient: that with the largest negative place.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, spans) = (context.Graph, context.Inputs[0], context.Inputs[1]);
        Value Each(Value value) => graph.Apply(new EachStep(x.Type.Rows), value, spans);
        var places = graph.Apply(new BroadcastTo(x.Type), graph.Map("Negate", graph.Apply(new StepNumbers(x.Type.Rows), spans)));
        var isLargest = graph.Map("Equal", x, Each(context.Result));
        var first = graph.Apply(new StepMax(), graph.Map("Where", isLargest, places, graph.Constant(float.NegativeInfinity)), spans);
        return [graph.Map("Where", graph.Map("Equal", places, Each(first)), Each(context.FullGradient), graph.Constant(0)), null];
    }

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = double.NegativeInfinity;
        StepMeaning.Visit(call, (sample, step, i) => call.Result[sample + i] = Math.Max(call.Result[sample + i], call.Input(0)[step + i]));
    }

    public override KernelBody Lower(LoweringContext context) => Call("StepMax", context.Result);
}

/// <summary>(x of steps, spans) to x at the first or the last step of each sequence.</summary>
internal sealed record StepAt(bool IsLast) : StepOperation
{
    public override string Title => IsLast ? "LastStep" : "FirstStep";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => OfSamples(inputs[0]);

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new PutStep(context.Inputs[0].Type.Rows, IsLast), context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call) => StepMeaning.VisitAt(call, IsLast, (sample, step, i) =>
        call.Result[sample + i] = call.Input(0)[step + i]);

    public override KernelBody Lower(LoweringContext context) => Call("StepAt", context.Result, IsLast ? 1 : 0);
}

/// <summary>(dy of samples, spans) to dy at the first or the last step, and 0 at the others.</summary>
internal sealed record PutStep(RowSpace Rows, bool IsLast) : StepOperation
{
    public override string Title => IsLast ? "PutLastStep" : "PutFirstStep";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => OfSteps(inputs[0], Rows);

    public override void Evaluate(ReferenceCall call) => StepMeaning.VisitAt(call, IsLast, (sample, step, i) =>
        call.Result[step + i] = call.Input(0)[sample + i]);

    public override KernelBody Lower(LoweringContext context) => Call("PutStep", context.Result, IsLast ? 1 : 0);
}

/// <summary>Spans to the position of each step in its sequence, 0, 1, …: a number, or an index into a table of so many positions.</summary>
internal sealed record StepNumbers(RowSpace Rows, bool AreIndices = false) : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0] with { Rows = Rows, Dims = default, Element = AreIndices ? ElementType.Int32 : ElementType.Float32 };

    public override int? IndexCount(IReadOnlyList<TensorType> inputs) => Rows.Longest;

    public override Value? InSession(SessionContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call)
    {
        var spans = call.Input(0);
        for (var b = 0; b < call.Samples; b++)
        {
            for (var t = 0; t < spans[(b * Spans.Width) + 1]; t++)
                call.Result[(int)spans[b * Spans.Width] + t] = spans[(b * Spans.Width) + 2] + t;
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody(AreIndices ? "StepKernels.Positions"
        : "StepKernels.Numbers", default);
}

/// <summary>Spans to how many steps each sequence has.</summary>
internal sealed record StepCounts : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.PerSample();

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call)
    {
        for (var b = 0; b < call.Samples; b++)
            call.Result[b] = call.Input(0)[(b * Spans.Width) + 1];
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("StepKernels.Counts", default);
}

/// <summary>Walks over samples and their steps, by the spans that are the last operand.</summary>
internal static class StepMeaning
{
    /// <summary>At each number of each step: where the sample's row begins, where the step's does, which number.</summary>
    public static void Visit(ReferenceCall call, Action<int, int, int> at)
    {
        foreach (var (sample, start, count) in Sequences(call))
        {
            for (var t = 0; t < count; t++)
                Row(call, sample, start + t, at);
        }
    }

    /// <summary>The same of the first or the last step only.</summary>
    public static void VisitAt(ReferenceCall call, bool isLast, Action<int, int, int> at)
    {
        foreach (var (sample, start, count) in Sequences(call))
            Row(call, sample, isLast ? start + count - 1 : start, at);
    }

    /// <summary>Each sequence: its sample, its first step among all, how many it has.</summary>
    public static IEnumerable<(int Sample, int Start, int Count)> Sequences(ReferenceCall call) => Sequences(call, call.InputCount - 1);

    /// <param name="operand">Which operand the spans are.</param>
    public static IEnumerable<(int Sample, int Start, int Count)> Sequences(ReferenceCall call, int operand)
    {
        var spans = call.Input(operand);
        return Enumerable.Range(0, call.Samples).Select(b => (b, (int)spans[b * Spans.Width], (int)spans[(b * Spans.Width) + 1]));
    }

    private static void Row(ReferenceCall call, int sample, int step, Action<int, int, int> at)
    {
        var width = (int)call.Type.Count;
        for (var i = 0; i < width; i++)
            at(sample * width, step * width, i);
    }
}
