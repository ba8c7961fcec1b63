using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>
/// MaxPool2D(pool, stride = pool, padding, ceilMode): the largest value of each window and channel; padding is never the largest. Also
/// MaxPool1D, over sequences.
/// </summary>
internal sealed record MaxPool2DLayer(PoolSettings Settings) : LayerDefinition
{
    public static readonly LayerFunction Function = new("MaxPool2D", a => new MaxPool2DLayer(PoolSettings.Of("MaxPool2D", a)));

    public static readonly LayerFunction OfSequence = new("MaxPool1D", a => new MaxPool2DLayer(PoolSettings.OfSequence("MaxPool1D", a)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) => Settings.Windows(x) is { } windows ? windows.Largest(graph, x) : Settings.OnImage(graph, x, image =>
    {
        var window = Settings.Window(image.Type);
        if (window.Area > MaxPool2D.LargestWindow)
        {
            throw new LanguageException(
                "NG0301",
                $"{Settings.Layer}: a window has at most {MaxPool2D.LargestWindow} elements; {Settings.Show(Settings.Pool)} has {window.Area}.",
                "pool");
        }
        return graph.Apply(new MaxPool2D(window), image);
    });
}

/// <summary>y[oy, ox, c] = max over the window of x; a NaN in the window wins.</summary>
internal sealed record MaxPool2D(Window2D Window) : Operation, IContractionPooling, IMergeableOperation
{
    /// <summary>Positions in it are bytes.</summary>
    public const int LargestWindow = 256;

    public bool IsValue => true;

    public override string Title => $"MaxPool2D[{Window}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Window.Output(inputs[0]);

    /// <summary>All of dy goes to where the maximum was. The position takes a byte; x need not be kept.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x) = (context.Graph, context.Input);
        var indices = graph.Apply(new MaxPool2DIndices(Window), x);
        return [graph.Apply(new MaxPool2DGradient(Window, x.Type.Dims[0], x.Type.Dims[1]), context.Gradient, indices)];
    }

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call) => Evaluate(call, Window, (value, _) => value);

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("PoolKernels.MaxPool2D", Window.Constants(context.Inputs[0]));

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => PoolWindow.Merge(siblings, operands[0]);

    /// <summary>The first of the largest values of each window, or the last NaN (PyTorch's choices), and its row-major position.</summary>
    public static void Evaluate(ReferenceCall call, Window2D window, Func<double, int, double> result)
    {
        var (x, y) = (new Image(call.InputType(0)), new Image(call.Type));
        for (var b = 0; b < call.Batch; b++)
        {
            for (var oy = 0; oy < y.Height; oy++)
            {
                for (var ox = 0; ox < y.Width; ox++)
                {
                    for (var c = 0; c < y.Channels; c++)
                    {
                        var (best, position) = (double.NegativeInfinity, -1);
                        for (var k = 0; k < window.Area; k++)
                        {
                            var iy = (oy * window.StrideH) - window.Top + (k / window.Width);
                            var ix = (ox * window.StrideW) - window.Left + (k % window.Width);
                            if (iy < 0 || iy >= x.Height || ix < 0 || ix >= x.Width)
                                continue;
                            var value = call.Input(0)[x.At(b, iy, ix, c)];
                            if (position < 0 || value > best || double.IsNaN(value))
                                (best, position) = (value, k);
                        }
                        call.Result[y.At(b, oy, ox, c)] = result(best, position);
                    }
                }
            }
        }
    }
}

/// <summary>The row-major position, in its window, of each value that <see cref="MaxPool2D"/> takes.</summary>
internal sealed record MaxPool2DIndices(Window2D Window) : Operation, IContractionPooling, IMergeableOperation
{
    public bool IsValue => false;

    public override string Title => $"MaxPool2DIndices[{Window}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Window.Output(inputs[0]) with { Element = ElementType.UInt8 };

    public override void Evaluate(ReferenceCall call) => MaxPool2D.Evaluate(call, Window, (_, position) => position);

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("PoolKernels.MaxPool2DIndices", Window.Constants(context.Inputs[0]));

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) => PoolWindow.Merge(siblings, operands[0]);
}

/// <summary>(dy, indices) to dx: dx[pixel] = Σ dy of the windows whose maximum the pixel was; Height and Width are x's.</summary>
internal sealed record MaxPool2DGradient(Window2D Window, int Height, int Width) : Operation
{
    public override string Title => $"MaxPool2DGradient[{Window}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([Height, Width, inputs[0].Dims[2]]);

    public override void Evaluate(ReferenceCall call)
    {
        var (dy, dx) = (new Image(call.InputType(0)), new Image(call.Type));
        for (var b = 0; b < call.Batch; b++)
        {
            for (var oy = 0; oy < dy.Height; oy++)
            {
                for (var ox = 0; ox < dy.Width; ox++)
                {
                    for (var c = 0; c < dy.Channels; c++)
                    {
                        var k = (int)call.Input(1)[dy.At(b, oy, ox, c)];
                        var iy = (oy * Window.StrideH) - Window.Top + (k / Window.Width);
                        var ix = (ox * Window.StrideW) - Window.Left + (k % Window.Width);
                        call.Result[dx.At(b, iy, ix, c)] += call.Input(0)[dy.At(b, oy, ox, c)];
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("PoolKernels.MaxPool2DGradient", Window.Constants(context.Result));
}
