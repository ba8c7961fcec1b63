using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// y[oy, ox, f] = Σ_{ky, kx, c} x[oy·StrideH − Top + ky, ox·StrideW − Left + kx, c] · w[ky, kx, c, f], where x is 0 outside of its
/// Height×Width pixels. A negative Bottom or Right is the number of lines at the end of x that are not read.
/// </summary>
internal sealed record Convolution(int StrideH, int StrideW, int Top = 0, int Bottom = 0, int Left = 0, int Right = 0) : Operation
{
    public bool IsPadded => Top > 0 || Bottom > 0 || Left > 0 || Right > 0;

    public override string Title
    {
        get
        {
            var details = new List<string>();
            if (StrideH != 1 || StrideW != 1)
                details.Add($"stride {StrideH}×{StrideW}");
            if ((Top | Bottom | Left | Right) != 0)
                details.Add($"padding {Top},{Bottom},{Left},{Right}");
            return details.Count == 0 ? "Convolution" : $"Convolution[{string.Join("; ", details)}]";
        }
    }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        int[] dims =
        [
            ((inputs[0].Dims[0] + Top + Bottom - inputs[1].Dims[0]) / StrideH) + 1,
            ((inputs[0].Dims[1] + Left + Right - inputs[1].Dims[1]) / StrideW) + 1,
            inputs[1].Dims[3],
        ];
        return inputs[0].WithDims(dims) with { Element = ElementType.Float32 };
    }

    /// <summary>
    /// dw is a contraction of its own. dx is a convolution again: each dy is spread over the pixels that its window read, so dy, with
    /// StrideH − 1 zero rows between its rows, meets the kernel turned by 180° with its channels and filters exchanged, and
    /// kernel − 1 − Top zeros stand before it. As many after it as make the result as large as x.
    /// </summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        var (kernelH, kernelW) = (w.Type.Dims[0], w.Type.Dims[1]);
        var spread = StrideH == 1 && StrideW == 1 ? dy : graph.Apply(new Pad2D(0, 0, 0, 0, StrideH, StrideW), dy);
        var (top, left) = (kernelH - 1 - Top, kernelW - 1 - Left);
        var full = new Convolution(
            1,
            1,
            top,
            x.Type.Dims[0] + kernelH - 1 - spread.Type.Dims[0] - top,
            left,
            x.Type.Dims[1] + kernelW - 1 - spread.Type.Dims[1] - left);
        // The weights' gradient reads the zeros around x from a copy: it goes through all pixels at every position of the kernel.
        var padded = IsPadded
            ? graph.Apply(new Pad2D(Math.Max(0, Top), Math.Max(0, Bottom), Math.Max(0, Left), Math.Max(0, Right)), x)
            : x;
        return
        [
            graph.Apply(full, spread, graph.Apply(new FlipTranspose(), w)),
            graph.Apply(new ConvolutionWeightGradient(StrideH, StrideW, kernelH, kernelW), padded, dy),
        ];
    }

    /// <summary>The weight has the channels in their order if x is an image; the result is one.</summary>
    public override void Order(OrderContext context)
    {
        context.Claim(context.Operand, FeatureOrder.Image(context.Operand.Dims));
        context.Claim(context.Result, FeatureOrder.Image(context.Result.Dims));
        if (context.Weight(1) is { } weight && context[context.Operand] is not null)
            context.Claim(weight.Inputs, context.IsImage(context.Operand) ? FeatureOrder.Plain(weight.Inputs.Dims) : FeatureOrder.Unknown);
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
                                var (iy, ix) = ((oy * StrideH) - Top + ky, (ox * StrideW) - Left + kx);
                                if (iy < 0 || iy >= x.Height || ix < 0 || ix >= x.Width)
                                    continue;
                                for (var c = 0; c < x.Channels; c++)
                                {
                                    sum += call.Input(0)[x.At(b, iy, ix, c)]
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

    public override KernelBody Lower(LoweringContext context) =>
        new ConvolutionLoops(this, new Image(context.Inputs[0]), context.Inputs[1], new Image(context.Result)).Body();
}

/// <summary>
/// dw[ky, kx, c, f] = Σ_{b, oy, ox} x[b, oy·StrideH + ky, ox·StrideW + kx, c] · dy[b, oy, ox, f]. With a Pooling dy is given as <see cref="PooledGradient"/>
/// says.
/// </summary>
internal sealed record ConvolutionWeightGradient(int StrideH, int StrideW, int KernelH, int KernelW) : Operation
{
    public Window2D? Pooling { get; init; }

    public override string Title
    {
        get
        {
            var details = new List<string>();
            if (StrideH != 1 || StrideW != 1)
                details.Add($"stride {StrideH}×{StrideW}");
            if (Pooling is not null)
                details.Add($"behind a max pooling {Pooling}");
            return "ConvolutionWeightGradient" + (details.Count == 0 ? "" : $"[{string.Join("; ", details)}]");
        }
    }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        TensorType.Shared(KernelH, KernelW, inputs[0].Dims[2], inputs[1].Dims[2]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, dy) = (new Image(call.InputType(0)), new Image(PooledGradient.Full(Pooling, call.InputType(1))));
        var gradient = PooledGradient.Full(call, Pooling, operand: 1);
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
                                        * gradient[dy.At(b, oy, ox, f)];
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
        // Of a pooled gradient each window is a step of the sum, and the pixels in it are steps inside.
        var (x, dy) = (new Image(context.Inputs[0]), new Image(context.Inputs[1]));
        var (run, filters) = (KernelW * x.Channels, dy.Channels);
        var (windowH, windowW) = (Pooling?.Height ?? 1, Pooling?.Width ?? 1);
        return new ContractionBody(
            Outer: default,
            Rows: EquatableArray.Create(
                new Loop("ky", KernelH, x.Row, 0, run * filters),
                new Loop("k", run, 1, 0, filters)),
            Columns: filters,
            Reduce: EquatableArray.Create(
                new Loop("b", null, x.Size, dy.Size, 0),
                new Loop("oy", dy.Height, windowH * StrideH * x.Row, dy.Row, 0),
                new Loop("ox", dy.Width, windowW * StrideW * x.Channels, filters, 0)))
        {
            Spread = Pooling is null ? default : EquatableArray.Create(
                new Loop("wy", windowH, StrideH * x.Row, 0, 0),
                new Loop("wx", windowW, StrideW * x.Channels, 0, 0)),
        };
    }
}
