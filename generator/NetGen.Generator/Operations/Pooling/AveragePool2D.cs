using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Resampling;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>
/// AveragePool2D(pool, stride = pool, padding, ceilMode, countPadding): the mean of each window and channel. Padding does not count unless
/// it is said: a window
/// over the edge is the mean of the real pixels in it (as Keras; PyTorch's count_include_pad = False). What a window has behind the padding
/// never counts. Also
/// AveragePool1D, over sequences.
/// </summary>
internal sealed record AveragePool2DLayer(PoolSettings Settings, bool CountPadding) : LayerDefinition
{
    public static readonly LayerFunction Function = new(
        "AveragePool2D", a => new AveragePool2DLayer(PoolSettings.Of("AveragePool2D", a), a.Is("countPadding")));

    public static readonly LayerFunction OfSequence = new(
        "AveragePool1D", a => new AveragePool2DLayer(PoolSettings.OfSequence("AveragePool1D", a), a.Is("countPadding")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) =>
        Settings.Windows(x) is { } windows ? windows.Mean(graph, x, CountPadding) : Settings.OnImage(graph, x, image => Applied(graph, image));

    private Value Applied(GraphBuilder graph, Value x)
    {
        var window = Settings.Window(x.Type);
        if (!CountPadding)
            return graph.Apply(new AveragePool2D(window), x);
        // Zeros of a copy count as pixels do.
        var padding = (Settings with { CeilMode = false }).Window(x.Type);
        var padded = padding.IsPadded ? graph.Apply(new Pad2D(padding.Top, padding.Bottom, padding.Left, padding.Right), x) : x;
        var inside = window with { Top = 0, Bottom = window.Bottom - padding.Bottom, Left = 0, Right = window.Right - padding.Right };
        return graph.Apply(new AveragePool2D(inside), padded);
    }
}

/// <summary>
/// AdaptiveAveragePool2D(size): size.Height × size.Width means, of rows ⌊i·h/size.Height⌋ to before ⌈(i+1)·h/size.Height⌉ and columns
/// likewise.
/// </summary>
internal sealed record AdaptiveAveragePool2DLayer(Size Size) : LayerDefinition
{
    public static readonly LayerFunction Function = new("AdaptiveAveragePool2D", a => new AdaptiveAveragePool2DLayer(Size.From(a, "size")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Window2D.CheckImage("AdaptiveAveragePool2D", x.Type);
        var (height, width) = (x.Type.Dims[0], x.Type.Dims[1]);
        if (height % Size.Height == 0 && width % Size.Width == 0)
        {
            var (windowH, windowW) = (height / Size.Height, width / Size.Width);
            return graph.Apply(new AveragePool2D(new Window2D(windowH, windowW, windowH, windowW, 0, 0, 0, 0)), x);
        }
        // A mean over rows and columns is the mean over columns of means over rows.
        return graph.Resample(x, Size.Height, Size.Width, ResampleKind.Mean);
    }
}

/// <summary>y[oy, ox, c] = mean over the window's real pixels of x.</summary>
internal sealed record AveragePool2D(Window2D Window) : Operation
{
    public override string Title => $"AveragePool2D[{Window}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Window.Output(inputs[0]);

    public override Value?[] Backward(BackwardContext context)
    {
        var x = context.Input.Type;
        return [context.Graph.Apply(new AveragePool2DGradient(Window, x.Dims[0], x.Dims[1]), context.Gradient)];
    }

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call)
    {
        var (x, y) = (new Image(call.InputType(0)), new Image(call.Type));
        Visit(call.Batch, Window, x, y, (from, to, count) => call.Result[to] += call.Input(0)[from] / count);
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("PoolKernels.AveragePool2D", Window.Constants(context.Inputs[0]));

    /// <summary>Every pair of a pixel and a window that it lies in, with the number of real pixels in that window.</summary>
    public static void Visit(int batch, Window2D window, Image x, Image y, Action<int, int, int> visit)
    {
        for (var b = 0; b < batch; b++)
        {
            for (var oy = 0; oy < y.Height; oy++)
            {
                for (var ox = 0; ox < y.Width; ox++)
                {
                    var top = Math.Max((oy * window.StrideH) - window.Top, 0);
                    var bottom = Math.Min((oy * window.StrideH) - window.Top + window.Height, x.Height);
                    var left = Math.Max((ox * window.StrideW) - window.Left, 0);
                    var right = Math.Min((ox * window.StrideW) - window.Left + window.Width, x.Width);
                    for (var iy = top; iy < bottom; iy++)
                    {
                        for (var ix = left; ix < right; ix++)
                        {
                            for (var c = 0; c < y.Channels; c++)
                                visit(x.At(b, iy, ix, c), y.At(b, oy, ox, c), (bottom - top) * (right - left));
                        }
                    }
                }
            }
        }
    }
}

/// <summary>dy to dx: every pixel of a window has the same share of the window's dy; Height and Width are x's.</summary>
internal sealed record AveragePool2DGradient(Window2D Window, int Height, int Width) : Operation
{
    public override string Title => $"AveragePool2DGradient[{Window}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([Height, Width, inputs[0].Dims[2]]);

    public override void Evaluate(ReferenceCall call)
    {
        var (dx, dy) = (new Image(call.Type), new Image(call.InputType(0)));
        AveragePool2D.Visit(call.Batch, Window, dx, dy, (to, from, count) => call.Result[to] += call.Input(0)[from] / count);
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("PoolKernels.AveragePool2DGradient", Window.Constants(context.Result));
}
