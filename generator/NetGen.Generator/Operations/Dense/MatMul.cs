using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Dense;

/// <summary>y[b, n] = Σ_k x[b, k] · w[k, n].</summary>
internal sealed record MatMul : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([inputs[1].Dims[1]]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (inner, columns) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[b * columns + n] += x[b * inner + k] * w[k * columns + n];
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => throw new NotSupportedException();
}
