using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Padding;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// y[oy, ox, f] = Σ_{ky, kx, c} x[oy·StrideH − Top + ky·DilationH, ox·StrideW − Left + kx·DilationW, g·C + c] · w[ky, kx, c, f], where x is
/// 0 outside of its
/// Height×Width pixels, g is the group of filter f, and a group has C channels. A negative Bottom or Right is the number of lines at the
/// end of x that are not
/// read. A dilated one has no padding: it reads the zeros from a copy.
/// </summary>
internal sealed record Convolution(int StrideH, int StrideW, int Top = 0, int Bottom = 0, int Left = 0, int Right = 0) : Operation
{
    public int DilationH { get; init; } = 1;

    public int DilationW { get; init; } = 1;

    /// <summary>Each has as many neighbouring channels and filters as the others, and its filters see its channels only.</summary>
    public int Groups { get; init; } = 1;

    public bool IsPadded => Top > 0 || Bottom > 0 || Left > 0 || Right > 0;

    public bool IsDilated => DilationH > 1 || DilationW > 1;

    /// <summary>Neither dilated nor in groups: what other algorithms compute.</summary>
    public bool IsPlain => !IsDilated && Groups == 1;

    public override string Title
    {
        get
        {
            var details = new List<string>();
            if (StrideH != 1 || StrideW != 1)
                details.Add($"stride {StrideH}×{StrideW}");
            if (IsDilated)
                details.Add($"dilation {DilationH}×{DilationW}");
            if (Groups > 1)
                details.Add(Text.Invariant($"{Groups} groups"));
            if ((Top | Bottom | Left | Right) != 0)
                details.Add($"padding {Top},{Bottom},{Left},{Right}");
            return details.Count == 0 ? "Convolution" : $"Convolution[{string.Join("; ", details)}]";
        }
    }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var window = Window(inputs[1]);
        int[] dims = [window.OutputHeight(inputs[0].Dims[0]), window.OutputWidth(inputs[0].Dims[1]), inputs[1].Dims[3]];
        return inputs[0].WithDims(dims) with { Element = ElementType.Float32 };
    }

    /// <summary>The lines that the kernel spans, as a window.</summary>
    public Window2D Window(TensorType weight) => new(
        ((weight.Dims[0] - 1) * DilationH) + 1, ((weight.Dims[1] - 1) * DilationW) + 1, StrideH, StrideW, Top, Bottom, Left, Right);

    /// <summary>Whether each filter sees one channel, and each channel has one filter.</summary>
    public bool IsDepthwise(TensorType weight) => Groups > 1 && weight.Dims[2] == 1 && weight.Dims[3] == Groups;

    /// <summary>The same with the zeros around x in a copy of it.</summary>
    public Value OfPaddedCopy(GraphBuilder graph, Value x, Value w) => graph.Apply(
        this with { Top = Math.Min(0, Top), Bottom = Math.Min(0, Bottom), Left = Math.Min(0, Left), Right = Math.Min(0, Right) },
        PaddedCopy(graph, x), w);

    /// <summary>x with the zeros around it.</summary>
    public Value PaddedCopy(GraphBuilder graph, Value x) => IsPadded
        ? graph.Apply(new Pad2D(Math.Max(0, Top), Math.Max(0, Bottom), Math.Max(0, Left), Math.Max(0, Right)), x)
        : x;

    /// <summary>
    /// dw is a contraction of its own. dx is a convolution again: each dy is spread over the pixels that its window read, so dy, with
    /// StrideH − 1 zero rows between its rows, meets the kernel turned by 180° with its channels and filters exchanged, and
    /// kernel − 1 − Top zeros stand before it. As many after it as make the result as large as x.
    /// </summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.Gradient);
        // The weights' gradient reads the zeros around x from a copy: it goes through all pixels at every position of the kernel.
        return [InputGradient(graph, x.Type, w, dy), graph.Apply(WeightGradient(w.Type), PaddedCopy(graph, x), dy)];
    }

    /// <summary>dx, where x is of a type.</summary>
    public Value InputGradient(GraphBuilder graph, TensorType x, Value w, Value dy)
    {
        var window = Window(w.Type);
        var spread = StrideH == 1 && StrideW == 1 ? dy : graph.Apply(new Pad2D(0, 0, 0, 0, StrideH, StrideW), dy);
        var (top, left) = (window.Height - 1 - Top, window.Width - 1 - Left);
        var full = this with
        {
            StrideH = 1,
            StrideW = 1,
            Top = top,
            Bottom = x.Dims[0] + window.Height - 1 - spread.Type.Dims[0] - top,
            Left = left,
            Right = x.Dims[1] + window.Width - 1 - spread.Type.Dims[1] - left,
        };
        var turned = graph.Apply(new FlipTranspose { Groups = Groups }, w);
        return IsDilated ? full.OfPaddedCopy(graph, spread, turned) : graph.Apply(full, spread, turned);
    }

    /// <summary>(x with its padding, dy) to dw.</summary>
    public ConvolutionWeightGradient WeightGradient(TensorType weight) =>
        new(StrideH, StrideW, weight.Dims[0], weight.Dims[1]) { DilationH = DilationH, DilationW = DilationW, Groups = Groups };

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
                        var first = f / (y.Channels / Groups) * w.Dims[2];
                        for (var ky = 0; ky < w.Dims[0]; ky++)
                        {
                            for (var kx = 0; kx < w.Dims[1]; kx++)
                            {
                                var (iy, ix) = ((oy * StrideH) - Top + (ky * DilationH), (ox * StrideW) - Left + (kx * DilationW));
                                if (iy < 0 || iy >= x.Height || ix < 0 || ix >= x.Width)
                                    continue;
                                for (var c = 0; c < w.Dims[2]; c++)
                                {
                                    sum += call.Input(0)[x.At(b, iy, ix, first + c)]
                                        * call.Input(1)[(((((ky * w.Dims[1]) + kx) * w.Dims[2]) + c) * y.Channels) + f];
                                }
                            }
                        }
                        call.Result[y.At(b, oy, ox, f)] = sum;
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var loops = new ConvolutionLoops(this, new Image(context.Inputs[0]), context.Inputs[1], new Image(context.Result));
        return IsDepthwise(context.Inputs[1]) ? loops.Stencil() : loops.Body();
    }
}
