using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// A row of <see cref="ElementwiseTable"/> applied to one value or more. Several operands broadcast as in NumPy over the dimensions of a
/// sample (aligned at the last one); the batch broadcasts by itself.
/// </summary>
internal sealed record Elementwise(string Function, float Alpha = 0f, float Beta = 0f) : Operation
{
    public ElementwiseFunction Row => ElementwiseTable.Functions[Function];

    public override bool StopsGradients => Function == "StopGradient";

    public override string Title => !Row.HasAlpha
        ? Function
        : Row.HasBeta ? $"{Function}[{Text.Literal(Alpha)}, {Text.Literal(Beta)}]" : $"{Function}[{Text.Literal(Alpha)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            Numbers.Check(Function, Parameters[inputs.Count - 1][i], inputs[i]);
        return inputs.Aggregate(Broadcast);
    }

    /// <summary>What the language calls the operands of functions of one, two and three.</summary>
    private static readonly string[][] Parameters = [["x"], ["left", "right"], ["mask", "ifTrue", "ifFalse"]];

    private TensorType Broadcast(TensorType left, TensorType right)
    {
        var rank = Math.Max(left.Rank, right.Rank);
        var dims = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            var l = i <= left.Rank ? left.Dims[left.Rank - i] : 1;
            var r = i <= right.Rank ? right.Dims[right.Rank - i] : 1;
            if (l != r && l != 1 && r != 1)
            {
                throw new LanguageException(
                    "NG0402", $"{Function}: {left.Shape} and {right.Shape} do not broadcast ({l} against {r} at dimension {rank - i}).");
            }
            dims[rank - i] = l == 1 ? r : l;
        }
        return new TensorType(ElementType.Float32, left.Rows.With(right.Rows), dims.ToEquatableArray());
    }

    /// <summary>A factor that is 1 outside of training, as dropout's, is none.</summary>
    public override Value AtInference(GraphBuilder graph, Value[] inputs) =>
        Function == "Multiply" && graph.Nodes[inputs[1].Id].Operation is Constant { Number: 1f }
            ? inputs[0]
            : Chosen(graph, inputs) ?? base.AtInference(graph, inputs);

    public override Value AtTraining(TrainingContext context, Value[] inputs) =>
        Chosen(context.Graph, inputs) ?? base.AtTraining(context, inputs);

    /// <summary>
    /// What Where gives whose mask is one number: in a step and outside of it each has a value of its own (<see cref="IsTraining"/>).
    /// </summary>
    private Value? Chosen(GraphBuilder graph, Value[] inputs)
    {
        if (Function != "Where" || graph.Nodes[inputs[0].Id].Operation is not Constant { Number: var mask })
            return null;
        var chosen = inputs[mask != 0 ? 1 : 2];
        var type = Infer(inputs.Select(i => i.Type).ToArray());
        return chosen.Type == type ? chosen : graph.Apply(new BroadcastTo(type), chosen);
    }

    public override Value?[] Backward(BackwardContext context)
    {
        var gradients = Row.Backward(
            new ElementwiseBackward(context.Graph, context.Inputs, context.Result, context.Gradient, Alpha, Beta));
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient)
                gradients[i] = context.Graph.SumTo(gradient, context.Inputs[i].Type);
        }
        return gradients;
    }

    public override RowUse RowUse => RowUse.Keeps;

    public override void Order(OrderContext context) => context.Elementwise();

    public override void Evaluate(ReferenceCall call)
    {
        var operands = new double[Row.Arity];
        for (var i = 0; i < call.Result.Length; i++)
        {
            for (var k = 0; k < operands.Length; k++)
                operands[k] = call.Input(k)[Indexing.BroadcastIndex(i, call.Type, call.InputType(k))];
            call.Result[i] = Row.Meaning(operands, Alpha, Beta);
        }
    }

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Row.WithBeta(Beta), Alpha);
}
