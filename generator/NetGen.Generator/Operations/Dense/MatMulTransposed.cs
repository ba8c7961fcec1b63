using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Dense;

/// <summary>y[.., k] = Σ_n x[.., n] · w[k, n]: a product with a matrix as if it were transposed.</summary>
internal sealed record MatMulTransposed : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows.Of(inputs[0], inputs[1].Dims[0]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (columns, inner) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var row = 0; row < x.Length / inner; row++)
        {
            for (var k = 0; k < columns; k++)
            {
                for (var n = 0; n < inner; n++)
                    call.Result[(row * columns) + k] += x[(row * inner) + n] * w[(k * inner) + n];
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
            Positions = Rows.Positions(context.Inputs[0]),
        };
    }
}
