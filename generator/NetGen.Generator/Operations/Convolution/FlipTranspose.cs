using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// Convolution weights [kh, kw, in, out] turned by 180° with channels and filters exchanged: y[kh−1−ky, kw−1−kx, o, i] = w[ky, kx, i, o].
/// What the gradient of a convolution's input convolves with. With groups each has its own channels and filters: [kh, kw, in, groups·out]
/// to
/// [kh, kw, out, groups·in].
/// </summary>
internal sealed record FlipTranspose : Operation
{
    public int Groups { get; init; } = 1;

    public override string Title => Groups == 1 ? "FlipTranspose" : Text.Invariant($"FlipTranspose[{Groups} groups]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([inputs[0].Dims[0], inputs[0].Dims[1], inputs[0].Dims[3] / Groups, inputs[0].Dims[2] * Groups]);

    /// <summary>Turned and exchanged once more they are as before.</summary>
    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(this, context.Gradient)];

    public override void Evaluate(ReferenceCall call)
    {
        var dims = call.InputType(0).Dims;
        var outputs = dims[3] / Groups;
        for (var ky = 0; ky < dims[0]; ky++)
        {
            for (var kx = 0; kx < dims[1]; kx++)
            {
                for (var i = 0; i < dims[2]; i++)
                {
                    for (var o = 0; o < dims[3]; o++)
                    {
                        var turned = ((dims[0] - 1 - ky) * dims[1]) + dims[1] - 1 - kx;
                        call.Result[(((turned * outputs) + (o % outputs)) * dims[2] * Groups) + (o / outputs * dims[2]) + i] =
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
        var (area, inputs, outputs) = (dims[0] * dims[1], dims[2], dims[3] / Groups);
        // Of single channels and filters the groups are one matrix of one row.
        return Groups == 1 || (inputs == 1 && outputs == 1)
            ? new RuntimeCallBody(
                context.Result.Element == ElementType.BFloat16 ? "CopyKernels.FlipTransposeBFloat16" : "CopyKernels.FlipTranspose",
                EquatableArray.Create(area, inputs, dims[3]))
            : new RuntimeCallBody("CopyKernels.FlipTransposeGroups", EquatableArray.Create(area, inputs, outputs, Groups));
    }
}
