using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Steps;

/// <summary>What looks from steps of a sequence to others, or to its sample. The last operand says where sequences begin and end.</summary>
internal abstract record StepOperation : Operation
{
    public override bool CrossesSteps => true;

    public override void Order(OrderContext context) => context.Opaque();

    /// <summary>A call of StepKernels; the first constant is how many numbers a row has.</summary>
    protected static RuntimeCallBody Call(string function, TensorType row, params int[] constants) =>
        new("StepKernels." + function, new[] { (int)row.Count }.Concat(constants).ToEquatableArray());

    /// <summary>The same numbers for each step of a sequence input.</summary>
    protected static TensorType OfSteps(TensorType type, RowSpace rows) => type with { Rows = rows };

    protected static TensorType OfSamples(TensorType type) => type with { Rows = RowSpace.Samples };
}

/// <summary>
/// Lengths of sequences to their spans: where each begins among all steps, how many steps it has, and the position of the first of them.
/// </summary>
internal sealed record Spans : Operation
{
    /// <summary>Numbers of a span.</summary>
    public const int Width = 3;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Integers(Width);

    public override Value?[] Backward(BackwardContext context) => [null];

    public override Value? InSession(SessionContext context, Value[] inputs) => context.Spans;

    public override void Order(OrderContext context) => context.Opaque();

    public override void Evaluate(ReferenceCall call)
    {
        var start = 0.0;
        for (var b = 0; b < call.Input(0).Length; b++)
        {
            (call.Result[b * Width], call.Result[(b * Width) + 1]) = (start, call.Input(0)[b]);
            start += call.Input(0)[b];
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("StepKernels.Spans", default);
}

internal static class StepGraph
{
    /// <summary>Where the sequences begin and end of which these are the steps.</summary>
    public static Value Spans(this GraphBuilder graph, RowSpace rows) =>
        graph.Apply(new Spans(), graph.Apply(new Input(rows.Lengths, rows.LengthsName, TensorType.Integers())));

    /// <summary>Whether rows are steps of sequences of any length, and no dimension is.</summary>
    public static bool HasSteps(this TensorType type) => type.Rows.IsSteps && type.Rank <= 1;
}
