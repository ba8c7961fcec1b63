using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// dw[ky, kx, c, f] = Σ_{b, oy, ox} x[b, oy·StrideH + ky·DilationH, ox·StrideW + kx·DilationW, g·C + c] · dy[b, oy, ox, f], where g is the
/// group of f. With a Pooling dy is given as <see cref="PooledGradient"/>
/// says.
/// </summary>
internal sealed record ConvolutionWeightGradient(int StrideH, int StrideW, int KernelH, int KernelW) : Operation
{
    public Window2D? Pooling { get; init; }

    public int DilationH { get; init; } = 1;

    public int DilationW { get; init; } = 1;

    public int Groups { get; init; } = 1;

    /// <summary>Neither dilated nor in groups.</summary>
    public bool IsPlain => DilationH == 1 && DilationW == 1 && Groups == 1;

    public override string Title
    {
        get
        {
            var details = new List<string>();
            if (StrideH != 1 || StrideW != 1)
                details.Add($"stride {StrideH}×{StrideW}");
            if (DilationH != 1 || DilationW != 1)
                details.Add($"dilation {DilationH}×{DilationW}");
            if (Groups > 1)
                details.Add(Text.Invariant($"{Groups} groups"));
            if (Pooling is not null)
                details.Add($"behind a max pooling {Pooling}");
            return "ConvolutionWeightGradient" + (details.Count == 0 ? "" : $"[{string.Join("; ", details)}]");
        }
    }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        TensorType.Shared(KernelH, KernelW, inputs[0].Dims[2] / Groups, inputs[1].Dims[2]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, dy) = (new Image(call.InputType(0)), new Image(PooledGradient.Full(Pooling, call.InputType(1))));
        var gradient = PooledGradient.Full(call, Pooling, operand: 1);
        var channels = x.Channels / Groups;
        for (var ky = 0; ky < KernelH; ky++)
        {
            for (var kx = 0; kx < KernelW; kx++)
            {
                for (var c = 0; c < channels; c++)
                {
                    for (var f = 0; f < dy.Channels; f++)
                    {
                        var sum = 0.0;
                        var channel = (f / (dy.Channels / Groups) * channels) + c;
                        for (var b = 0; b < call.Batch; b++)
                        {
                            for (var oy = 0; oy < dy.Height; oy++)
                            {
                                for (var ox = 0; ox < dy.Width; ox++)
                                {
                                    var (iy, ix) = ((oy * StrideH) + (ky * DilationH), (ox * StrideW) + (kx * DilationW));
                                    sum += call.Input(0)[x.At(b, iy, ix, channel)]
                                        * gradient[dy.At(b, oy, ox, f)];
                                }
                            }
                        }
                        call.Result[(((((ky * KernelW) + kx) * channels) + c) * dy.Channels) + f] = sum;
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (x, dy) = (new Image(context.Inputs[0]), new Image(context.Inputs[1]));
        return Groups > 1 && Groups == x.Channels && Groups == dy.Channels
            ? new RuntimeCallBody("StencilKernels.WeightGradient", EquatableArray.Create(
                x.Height, x.Width, x.Channels, dy.Height, dy.Width, KernelH, KernelW, StrideH, StrideW, DilationH, DilationW))
            {
                DeviceLoops = Loops(x, dy),
            }
            : Loops(x, dy);
    }

    private ContractionBody Loops(Image x, Image dy)
    {
        // Of a pooled gradient each window is a step of the sum, and the pixels in it are steps inside.
        var (channels, filters) = (x.Channels / Groups, dy.Channels);
        var (windowH, windowW) = (Pooling?.Height ?? 1, Pooling?.Width ?? 1);
        var ky = new Loop("ky", KernelH, DilationH * x.Row, 0, KernelW * channels * filters);
        var group = new Loop("g", Groups, channels, filters / Groups, filters / Groups);
        Loop[] run = IsPlain
            ? [new Loop("k", KernelW * channels, 1, 0, filters)]
            : [new Loop("kx", KernelW, DilationW * x.Channels, 0, channels * filters), new Loop("c", channels, 1, 0, filters)];
        // Of single channels and filters the groups are beside each other in memory, and only a GPU takes these loops.
        var isDepthwise = channels == 1 && filters == Groups;
        return new ContractionBody(
            Outer: Groups == 1 || isDepthwise ? default : EquatableArray.Create(group),
            Rows: new[] { ky }.Concat(run).Concat(Groups > 1 && isDepthwise ? [group] : []).ToEquatableArray(),
            Columns: filters / Groups,
            Reduce: EquatableArray.Create(
                new Loop("b", null, x.Size, dy.Size, 0),
                new Loop("oy", dy.Height, windowH * StrideH * x.Row, dy.Row, 0),
                new Loop("ox", dy.Width, windowW * StrideW * x.Channels, filters, 0)))
        {
            GroupLoop = Groups > 1 ? group.Name : null,
            Spread = Pooling is null ? default : EquatableArray.Create(
                new Loop("wy", windowH, StrideH * x.Row, 0, 0),
                new Loop("wx", windowW, StrideW * x.Channels, 0, 0)),
        };
    }
}
