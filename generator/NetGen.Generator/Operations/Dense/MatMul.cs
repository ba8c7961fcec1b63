using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Order;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Dense;

/// <summary>y[b, n] = Σ_k x[b, k] · w[k, n]. dx = dy·wᵀ, dw = xᵀ·dy.</summary>
internal sealed record MatMul : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([inputs[1].Dims[1]]) with { Element = ElementType.Float32 };

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        return [graph.Apply(new MatMul(), dy, graph.Apply(new Transpose(), w)), graph.Apply(new MatMulWeightGradient(), x, dy)];
    }

    /// <summary>The weight has the inputs in the order of x, and the outputs in that of the result.</summary>
    public override void Order(OrderContext context)
    {
        if (context.Weight(1) is not { } weight || context.Operand.Dims.Count != 1)
        {
            context.Opaque();
            return;
        }
        context.Same(context.Operand, weight.Inputs);
        context.Same(context.Result, weight.Outputs);
    }

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (inner, columns) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[(b * columns) + n] += x[(b * inner) + k] * w[(k * columns) + n];
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
            Reduce: EquatableArray.Create(new Loop("k", inner, 1, columns, 0)));
    }
}

/// <summary>dw[k, n] = Σ_b x[b, k] · dy[b, n].</summary>
internal sealed record MatMulWeightGradient : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.Shared(inputs[0].Dims[0], inputs[1].Dims[0]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, dy) = (call.Input(0), call.Input(1));
        var (rows, columns) = (call.Type.Dims[0], call.Type.Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var k = 0; k < rows; k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[(k * columns) + n] += x[(b * rows) + k] * dy[(b * columns) + n];
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
            Reduce: EquatableArray.Create(new Loop("b", null, rows, columns, 0)));
    }
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
