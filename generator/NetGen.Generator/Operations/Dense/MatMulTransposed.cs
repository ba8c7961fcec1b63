using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Dense;

/// <summary>y[b, k] = Σ_n x[b, n] · w[k, n]: a product with a matrix as if it were transposed.</summary>
internal sealed record MatMulTransposed : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([inputs[1].Dims[0]]) with { Element = ElementType.Float32 };

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (columns, inner) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var k = 0; k < columns; k++)
            {
                for (var n = 0; n < inner; n++)
                    call.Result[(b * columns) + k] += x[(b * inner) + n] * w[(k * inner) + n];
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (columns, inner) = (context.Inputs[1].Dims[0], context.Inputs[1].Dims[1]);
        return new ContractionBody(
            Outer: default,
            Rows: EquatableArray.Create(new Loop("b", null, inner, 0, columns)),
            Columns: columns,
            Reduce: EquatableArray.Create(new Loop("k", inner, 1, 1, 0)))
        {
            ColumnStride = inner,
        };
    }
}
