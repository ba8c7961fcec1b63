using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// Convolution weights [kh, kw, in, out] turned by 180° with channels and filters exchanged: y[kh−1−ky, kw−1−kx, o, i] = w[ky, kx, i, o].
/// What the gradient of a convolution's input convolves with.
/// </summary>
internal sealed record FlipTranspose : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([inputs[0].Dims[0], inputs[0].Dims[1], inputs[0].Dims[3], inputs[0].Dims[2]]);

    public override void Evaluate(ReferenceCall call)
    {
        var dims = call.InputType(0).Dims;
        for (var ky = 0; ky < dims[0]; ky++)
        {
            for (var kx = 0; kx < dims[1]; kx++)
            {
                for (var i = 0; i < dims[2]; i++)
                {
                    for (var o = 0; o < dims[3]; o++)
                    {
                        var turned = ((dims[0] - 1 - ky) * dims[1]) + dims[1] - 1 - kx;
                        call.Result[(((turned * dims[3]) + o) * dims[2]) + i] =
                            call.Input(0)[(((((ky * dims[1]) + kx) * dims[2]) + i) * dims[3]) + o];
                    }
                }
            }
        }
    }

    /// <summary>Turning reverses the order of the kh·kw matrices, whatever kh and kw are.</summary>
    public override KernelBody Lower(LoweringContext context)
    {
        var dims = context.Inputs[0].Dims;
        return new RuntimeCallBody(
            context.Result.Element == ElementType.BFloat16 ? "CopyKernels.FlipTransposeBFloat16" : "CopyKernels.FlipTranspose", EquatableArray.Create(dims[0] * dims[1], dims[2], dims[3]));
    }
}
