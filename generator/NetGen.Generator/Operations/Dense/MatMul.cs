using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Dense;

/// <summary>
/// y[.., n] = Σ_k x[.., k] · w[k, n] at every position of every sample: one product, whose rows are B × positions. dx = dy·wᵀ, dw = xᵀ·dy.
/// </summary>
internal sealed record MatMul : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows.Of(inputs[0], inputs[1].Dims[1]);

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.FullGradient);
        return [graph.Apply(new MatMul(), dy, graph.Apply(new Transpose(), w)), graph.Apply(new MatMulWeightGradient(), x, dy)];
    }

    public override RowUse RowUse => RowUse.Keeps;

    /// <summary>
    /// The weight has the inputs in the order of a vector x, and the outputs in that of the result. At positions it has channels, which have the order of memory.
    /// </summary>
    public override void Order(OrderContext context)
    {
        if (context.Weight(1) is not { } weight || context.Operand.Dims.Count == 0)
        {
            context.Opaque();
            return;
        }
        if (context.Operand.Dims.Count == 1)
        {
            context.Same(context.Operand, weight.Inputs);
            context.Same(context.Result, weight.Outputs);
            return;
        }
        context.Claim(weight.Inputs, FeatureOrder.Plain(weight.Inputs.Dims));
        context.Claim(weight.Outputs, FeatureOrder.Plain(weight.Outputs.Dims));
        if (context[context.Operand] is { } order)
            context.Claim(context.Result, AtPositions(order, context.Result));
        if (context[context.Result] is { } result)
            context.Claim(context.Operand, AtPositions(result, context.Operand));
    }

    private static FeatureOrder AtPositions(FeatureOrder order, OrderSlot slot) =>
        order.IsKnown ? FeatureOrder.Split(slot.Dims, order.Axes) : FeatureOrder.Unknown;

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (inner, columns) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var row = 0; row < x.Length / inner; row++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[(row * columns) + n] += x[(row * inner) + k] * w[(k * columns) + n];
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (inner, columns) = (context.Inputs[1].Dims[0], context.Inputs[1].Dims[1]);
        return new ContractionBody(
            Outer: default,
            Rows: EquatableArray.Create(new Loop("b", null, inner, 0, columns)),
            Columns: columns,
            Reduce: EquatableArray.Create(new Loop("k", inner, 1, columns, 0)))
        {
            Positions = Rows.Positions(context.Inputs[0]),
        };
    }
}

/// <summary>dw[k, n] = Σ x[.., k] · dy[.., n] over all positions of all samples.</summary>
internal sealed record MatMulWeightGradient : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(Rows.Length(inputs[0]), Rows.Length(inputs[1]));

    public override void Evaluate(ReferenceCall call)
    {
        var (x, dy) = (call.Input(0), call.Input(1));
        var (rows, columns) = (call.Type.Dims[0], call.Type.Dims[1]);
        for (var row = 0; row < x.Length / rows; row++)
        {
            for (var k = 0; k < rows; k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[(k * columns) + n] += x[(row * rows) + k] * dy[(row * columns) + n];
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (rows, columns) = (context.Result.Dims[0], context.Result.Dims[1]);
        return new ContractionBody(
            Outer: default,
            Rows: EquatableArray.Create(new Loop("k", rows, 1, 0, columns)),
            Columns: columns,
            Reduce: EquatableArray.Create(new Loop("b", null, rows, columns, 0)))
        {
            Positions = Rows.Positions(context.Inputs[0]),
        };
    }
}

/// <summary>A tensor as rows of its last axis, one at each position of a sample.</summary>
internal static class Rows
{
    public static TensorType Of(TensorType x, int length) =>
        x.WithDims(x.Dims.Take(x.Rank - 1).Append(length)) with { Element = ElementType.Float32 };

    public static int Length(TensorType x) => x.Dims[x.Rank - 1];

    public static int Positions(TensorType x) => (int)(x.Count / Length(x));
}

/// <summary>wᵀ of a matrix that has no batch.</summary>
internal sealed record Transpose : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([inputs[0].Dims[1], inputs[0].Dims[0]]);

    public override void Evaluate(ReferenceCall call)
    {
        var (rows, columns) = (call.InputType(0).Dims[0], call.InputType(0).Dims[1]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                call.Result[(j * rows) + i] = call.Input(0)[(i * columns) + j];
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody(
        "CopyKernels.Transpose", EquatableArray.Create(context.Inputs[0].Dims[0], context.Inputs[0].Dims[1]));
}
