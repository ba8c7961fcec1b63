using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Operations.Leaves;

/// <summary>A value that exists before the program runs: no rule computes it.</summary>
internal abstract record Leaf(TensorType Type) : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Type;

    public override void Order(OrderContext context)
    {
    }

    public override KernelBody Lower(LoweringContext context) =>
        throw new InvalidOperationException($"{Title} is a leaf; no kernel computes it.");
}

/// <summary>The tensor that the caller passes for a parameter of the method.</summary>
internal sealed record Input(int Index, string Parameter, TensorType Type) : Leaf(Type)
{
    /// <summary>Whether messages call its integers indices; else labels.</summary>
    public bool AreIndices { get; init; }

    public override string Title => $"Input[{Parameter}]";

    public override bool IsStored => true;

    /// <summary>PyTorch gets an image channels first, and everything else as it is.</summary>
    public override void Order(OrderContext context) =>
        context.Claim(context.Result, Type.Rank == 3 ? FeatureOrder.Image(Type.Dims) : FeatureOrder.Plain(Type.Dims));

    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Environment.Input(Index));
}

/// <summary>A weight of the network, by its name.</summary>
internal record Weight(string Parameter, TensorType Type) : Leaf(Type)
{
    public override string Title => $"Weight[{Parameter}]";

    public override bool IsStored => true;

    public sealed override void Evaluate(ReferenceCall call) => call.SetResult(call.Environment.Weight(Parameter));
}

/// <summary>
/// State of the network, by its name: it lies among the weights and goes into files with them, but no optimizer changes it. What an operation
/// makes of it in a step (<see cref="Operation.AtTraining"/>) is assigned to it (<see cref="Update.Assign"/>).
/// </summary>
internal sealed record State(string Parameter, TensorType Type) : Weight(Parameter, Type)
{
    public override string Title => $"State[{Parameter}]";

    public override string? StateName => Parameter;
}

/// <summary>One number, the same for every sample.</summary>
internal sealed record Constant(float Number) : Leaf(TensorType.Shared())
{
    public override string Title => $"Constant[{Common.Text.Literal(Number)}]";

    public override void Evaluate(ReferenceCall call) => call.SetResult([Number]);
}

/// <summary>1 in a training step, 0 outside of it: by its rules a constant in either.</summary>
internal sealed record IsTraining() : Leaf(TensorType.Shared())
{
    public override Value AtInference(GraphBuilder graph, Value[] inputs) => graph.Constant(0);

    public override Value AtTraining(TrainingContext context, Value[] inputs) => context.Graph.Constant(1);

    public override Value?[] Backward(BackwardContext context) => [];

    public override void Evaluate(ReferenceCall call) => call.SetResult([1]);
}

/// <summary>
/// 1/B: the gradient that every sample of a batch, or step, starts from, since an objective is the mean over them. It is one number
/// for each, so its type is that of the loss.
/// </summary>
internal sealed record BatchReciprocal(RowSpace Of) : Leaf(TensorType.PerSample() with { Rows = Of })
{
    public override string Title => $"1/{Of}";

    public override void Evaluate(ReferenceCall call) => call.SetResult(Enumerable.Repeat(1.0 / call.Batch, call.Batch).ToArray());
}

/// <summary>1/(B·Rows − Less), one number for all samples, or steps: what a statistic of B·Rows numbers divides by.</summary>
internal sealed record RowsReciprocal(RowSpace Of, int Rows, int Less) : Leaf(TensorType.Shared())
{
    public override RowSpace CountedRows => Of;

    public override string Title => Less == 0 ? Common.Text.Invariant($"1/({Of}·{Rows})") : Common.Text.Invariant($"1/({Of}·{Rows} − {Less})");

    public override void Evaluate(ReferenceCall call) => call.SetResult([1.0 / (((double)call.Environment.RowsOf(Of) * Rows) - Less)]);
}
