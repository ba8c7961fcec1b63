using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// y[oy, ox, f] = Σ_{ky, kx, c} x[oy·StrideH + ky, ox·StrideW + kx, c] · w[ky, kx, c, f], for every place where the kernel lies
/// inside of x.
/// </summary>
internal sealed record Convolution(int StrideH, int StrideW) : Operation
{
    public override string Title => StrideH == 1 && StrideW == 1 ? "Convolution" : $"Convolution[stride {StrideH}×{StrideW}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(
    [
        ((inputs[0].Dims[0] - inputs[1].Dims[0]) / StrideH) + 1,
        ((inputs[0].Dims[1] - inputs[1].Dims[1]) / StrideW) + 1,
        inputs[1].Dims[3],
    ]);

    /// <summary>
    /// dw is a contraction of its own. dx is a convolution again: each dy is spread over the pixels that its window read, so dy, with
    /// StrideH − 1 zero rows between its rows and kernel − 1 zeros around, meets the kernel turned by 180° with its channels and
    /// filters exchanged. Rows and columns at the end of x that no window reads have gradient 0: more zeros.
    /// </summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        var (kernelH, kernelW) = (w.Type.Dims[0], w.Type.Dims[1]);
        var unreadH = x.Type.Dims[0] - (((dy.Type.Dims[0] - 1) * StrideH) + kernelH);
        var unreadW = x.Type.Dims[1] - (((dy.Type.Dims[1] - 1) * StrideW) + kernelW);
        var pad = new Pad2D(kernelH - 1, kernelH - 1 + unreadH, kernelW - 1, kernelW - 1 + unreadW, StrideH, StrideW);
        var spread = pad == new Pad2D(0, 0, 0, 0) ? dy : graph.Apply(pad, dy);
        return
        [
            graph.Apply(new Convolution(1, 1), spread, graph.Apply(new FlipTranspose(), w)),
            graph.Apply(new ConvolutionWeightGradient(StrideH, StrideW, kernelH, kernelW), x, dy),
        ];
    }

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (new Image(call.InputType(0)), call.InputType(1));
        var y = new Image(call.Type);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var oy = 0; oy < y.Height; oy++)
            {
                for (var ox = 0; ox < y.Width; ox++)
                {
                    for (var f = 0; f < y.Channels; f++)
                    {
                        var sum = 0.0;
                        for (var ky = 0; ky < w.Dims[0]; ky++)
                        {
                            for (var kx = 0; kx < w.Dims[1]; kx++)
                            {
                                for (var c = 0; c < x.Channels; c++)
                                {
                                    sum += call.Input(0)[x.At(b, (oy * StrideH) + ky, (ox * StrideW) + kx, c)]
                                        * call.Input(1)[(((((ky * w.Dims[1]) + kx) * x.Channels) + c) * y.Channels) + f];
                                }
                            }
                        }
                        call.Result[y.At(b, oy, ox, f)] = sum;
                    }
                }
            }
        }
    }

    /// <summary>
    /// One output row is a matrix product whose rows overlap: the kernel's row ky reads kw·C contiguous floats of x at each pixel, and
    /// the next pixel starts StrideW·C later. So no copy of the image (im2col) is made.
    /// </summary>
    public override KernelBody Lower(LoweringContext context)
    {
        var (x, w, y) = (new Image(context.Inputs[0]), context.Inputs[1], new Image(context.Result));
        var (kernelH, run, filters) = (w.Dims[0], w.Dims[1] * x.Channels, y.Channels);
        return new ContractionBody(
            Outer: EquatableArray.Create(
                new Loop("b", null, x.Size, 0, y.Size),
                new Loop("oy", y.Height, StrideH * x.Row, 0, y.Row)),
            Rows: EquatableArray.Create(new Loop("ox", y.Width, StrideW * x.Channels, 0, filters)),
            Columns: filters,
            Reduce: EquatableArray.Create(
                new Loop("ky", kernelH, x.Row, run * filters, 0),
                new Loop("k", run, 1, filters, 0)));
    }
}

/// <summary>dw[ky, kx, c, f] = Σ_{b, oy, ox} x[b, oy·StrideH + ky, ox·StrideW + kx, c] · dy[b, oy, ox, f].</summary>
internal sealed record ConvolutionWeightGradient(int StrideH, int StrideW, int KernelH, int KernelW) : Operation
{
    public override string Title =>
        StrideH == 1 && StrideW == 1 ? "ConvolutionWeightGradient" : $"ConvolutionWeightGradient[stride {StrideH}×{StrideW}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        TensorType.Shared(KernelH, KernelW, inputs[0].Dims[2], inputs[1].Dims[2]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, dy) = (new Image(call.InputType(0)), new Image(call.InputType(1)));
        for (var ky = 0; ky < KernelH; ky++)
        {
            for (var kx = 0; kx < KernelW; kx++)
            {
                for (var c = 0; c < x.Channels; c++)
                {
                    for (var f = 0; f < dy.Channels; f++)
                    {
                        var sum = 0.0;
                        for (var b = 0; b < call.Batch; b++)
                        {
                            for (var oy = 0; oy < dy.Height; oy++)
                            {
                                for (var ox = 0; ox < dy.Width; ox++)
                                {
                                    sum += call.Input(0)[x.At(b, (oy * StrideH) + ky, (ox * StrideW) + kx, c)]
                                        * call.Input(1)[dy.At(b, oy, ox, f)];
                                }
                            }
                        }
                        call.Result[(((((ky * KernelW) + kx) * x.Channels) + c) * dy.Channels) + f] = sum;
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (x, dy) = (new Image(context.Inputs[0]), new Image(context.Inputs[1]));
        var (run, filters) = (KernelW * x.Channels, dy.Channels);
        return new ContractionBody(
            Outer: default,
            Rows: EquatableArray.Create(
                new Loop("ky", KernelH, x.Row, 0, run * filters),
                new Loop("k", run, 1, 0, filters)),
            Columns: filters,
            Reduce: EquatableArray.Create(
                new Loop("b", null, x.Size, dy.Size, 0),
                new Loop("oy", dy.Height, StrideH * x.Row, dy.Row, 0),
                new Loop("ox", dy.Width, StrideW * x.Channels, filters, 0)));
    }
}
