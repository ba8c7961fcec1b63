using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>What a recurrence and its gradients have in common.</summary>
internal abstract record RecurrenceOperation(RecurrenceShape Shape) : Operation, IMergeableOperation
{
    public override string Title => $"{GetType().Name}[{Shape}]";

    public override bool CrossesSteps => Shape.OfSteps;

    public override RowUse RowUse => RowUse.Takes;

    public override void Order(OrderContext context) => context.Opaque();

    public abstract MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands);

    /// <summary>The type of the first operand with other numbers in a step.</summary>
    protected static TensorType Steps(TensorType rows, int width) => rows.WithDims(rows.Dims.Take(rows.Rank - 1).Concat([width]));

    protected RuntimeCallBody Call(string function, TensorType rows)
    {
        var arguments = Shape.Arguments(rows);
        return new("RecurrenceKernels." + function, arguments.Select(a => a.Value).ToEquatableArray())
        {
            Struct = "RecurrenceShape",
            Names = arguments.Select(a => a.Name).ToEquatableArray(),
        };
    }
}

/// <summary>
/// (g, W) or (g, W, b), and spans where rows are steps, to h of all steps: h_t of g_t, [.., steps, gates], and u_t = h_{t−1}·W (+ b), h_0 =
/// 0, W [units, gates]. What the cells compute NetGen.Runtime.RecurrenceKernels says.
/// </summary>
internal sealed record Recurrence(RecurrenceShape Shape) : RecurrenceOperation(Shape)
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Steps(inputs[0], Shape.Units);

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, inputs, y) = (context.Graph, context.Inputs, context.Result);
        var kept = graph.Apply(new RecurrenceKept(Shape), [.. inputs]);
        Value[] spans = Shape.OfSteps ? [inputs[inputs.Count - 1]] : [];
        Value Gradient(bool ofHidden) =>
            graph.Apply(new RecurrenceGradient(Shape, ofHidden), [context.FullGradient, inputs[1], y, kept, .. spans]);
        var dg = Gradient(false);
        // Where nothing stands between g + u and the gates, it is one.
        var du = Shape.Kind == CellKind.Gru ? Gradient(true) : dg;
        // dW = Σ h_{t−1}ᵀ·du_t, of the states one step before.
        Value?[] bias = inputs.Count - spans.Length > 2 ? [graph.SumTo(du, inputs[2].Type)] : [];
        if (Shape.OfSteps)
        {
            var last = graph.Reshape(graph.Apply(new StepWindow(1, Shape.IsReverse ? -1 : 1, 1), y, spans[0]), [.. y.Type.Dims]);
            return [dg, graph.Apply(new MatMulWeightGradient(), last, du), .. bias, null];
        }
        var steps = RecurrenceShape.Steps(y.Type);
        var axis = y.Type.Rank - 2;
        if (steps == 1)
            return [dg, graph.Constant(0f), .. bias];
        var before = graph.Apply(
            new PadAxis(axis, Shape.IsReverse ? 0 : 1, Shape.IsReverse ? 1 : 0, 0f),
            graph.Slice(y, axis, Shape.IsReverse ? 1 : 0, steps - 1));
        return [dg, graph.Apply(new MatMulWeightGradient(), before, du), .. bias];
    }

    public override void Evaluate(ReferenceCall call) => new RecurrenceMeaning(Shape, call).Run(result: true);

    public override KernelBody Lower(LoweringContext context) => Call("Forward", context.Inputs[0]);

    /// <summary>From where the session is: its memory has the state, and of an LSTM the cells.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => !Shape.OfSteps
        ? context.Graph.Apply(this, inputs)
        : Shape.IsReverse
            ? null
            : context.Graph.Apply(new RecurrenceInSession(Shape, context.Reserve(2L * Shape.Units)), [.. inputs, context.Memory]);

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands)
    {
        var (own, kept) = (siblings.ToList().FindIndex(s => s is Recurrence), siblings.ToList().FindIndex(s => s is RecurrenceKept));
        return siblings.Count == 2 && own >= 0 && kept >= 0 && ((Recurrence)siblings[own]).Shape == ((RecurrenceKept)siblings[kept]).Shape
            ? new MergedKernel(((Recurrence)siblings[own]).Call("ForwardWithKept", operands[0]), [own, kept])
            : null;
    }
}

/// <summary>
/// What backward reads of each step: of an LSTM i, f, j, o, c; of a GRU r, z, n and the u that r is multiplied with; else h.
/// </summary>
internal sealed record RecurrenceKept(RecurrenceShape Shape) : RecurrenceOperation(Shape)
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Steps(inputs[0], Shape.Kept);

    public override void Evaluate(ReferenceCall call) => new RecurrenceMeaning(Shape, call).Run(result: false);

    public override KernelBody Lower(LoweringContext context) => Call("Kept", context.Inputs[0]);

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) =>
        siblings.OfType<Recurrence>().FirstOrDefault()?.Merge(siblings, operands);
}

/// <summary>(dy, W, h, kept) to the gradient of the projections g, or of u = h_{t−1}·W + b.</summary>
internal sealed record RecurrenceGradient(RecurrenceShape Shape, bool OfHidden) : RecurrenceOperation(Shape)
{
    public override string Title => base.Title.Replace("RecurrenceGradient[", $"RecurrenceGradient[{(OfHidden ? "hidden; " : "")}");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Steps(inputs[0], Shape.Gates);

    public override void Evaluate(ReferenceCall call) => new RecurrenceMeaning(Shape, call).RunBack(OfHidden);

    public override KernelBody Lower(LoweringContext context) => Call(OfHidden ? "HiddenGradient" : "Gradient", context.Inputs[0]);

    public override MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands)
    {
        var order = new[] { false, true }.Select(hidden => siblings.ToList().FindIndex(s =>
            s is RecurrenceGradient g && g.OfHidden == hidden)).ToArray();
        return siblings.Count == 2 && order.All(i => i >= 0) ? new MergedKernel(Call("Gradients", operands[0]), order) : null;
    }
}

/// <summary>
/// The operands of a <see cref="Recurrence"/> over steps, and the addresses of sessions, to h of the new steps: from h and c as they are in
/// the memory of each session, which are then those of its last step.
/// </summary>
internal sealed record RecurrenceInSession(RecurrenceShape Shape, int Place) : Operation
{
    public override string Title => Text.Invariant($"RecurrenceInSession[{Shape}; memory {Place}]");

    public override bool CrossesSteps => true;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([Shape.Units]);

    public override void Order(OrderContext context) => context.Opaque();

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException("The memory of sessions is outside of the graph.");

    public override KernelBody Lower(LoweringContext context)
    {
        (string Name, int Value)[] arguments = [.. Shape.Arguments(context.Inputs[0]), ("memory", Place)];
        return new RuntimeCallBody("RecurrenceKernels.Append", arguments.Select(a => a.Value).ToEquatableArray())
        {
            Struct = "RecurrenceShape",
            Names = arguments.Select(a => a.Name).ToEquatableArray(),
        };
    }
}
