using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// Conv2D(filters, kernel, stride, padding, bias, init, biasInit): [height, width, channels] to [OH, OW, filters]. Lowers to a
/// <see cref="Convolution"/> and an addition, which the fusion pass puts back into one kernel. Like every framework's it is a cross-correlation: the kernel is not flipped.
/// </summary>
internal sealed record Conv2DLayer(
    int Filters, Size Kernel, Size Stride, PaddingModel Padding, bool Bias, InitializerModel? Init, InitializerModel? BiasInit)
    : LayerDefinition
{
    public static readonly LayerFunction Function = new("Conv2D", a => new Conv2DLayer(
        a.IntAtLeast("filters", 1),
        Size.From(a, "kernel"),
        Size.FromOptional(a, "stride") ?? new Size(1, 1),
        a.Padding("padding"),
        a.Bool("bias"),
        a.Initializer("init"),
        a.Initializer("biasInit")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        var window = Window2D.Resolve("Conv2D", "kernel", x.Type, Kernel, Stride, Padding);
        ChannelsFirst.Check(graph, "Conv2D", x, window);
        var channels = x.Type.Dims[2];
        if ((long)window.Area * channels * Filters > int.MaxValue)
        {
            throw new LanguageException(
                "NG0601", $"Conv2D: the weight [{Kernel.Height}, {Kernel.Width}, {channels}, {Filters}] has more than {int.MaxValue} elements.");
        }
        var (fanIn, fanOut) = (window.Area * channels, window.Area * Filters);
        var init = (Init ?? Initializers.Default) with { FanIn = fanIn, FanOut = fanOut };
        var weight = parameters.Parameter(
            "weight", [Kernel.Height, Kernel.Width, channels, Filters], init, FileLayout.Convolution);
        var y = graph.Apply(
            new Convolution(Stride.Height, Stride.Width, window.Top, window.Bottom, window.Left, window.Right), x, weight);
        if (!Bias)
            return y;
        var biasInit = (BiasInit ?? Initializers.Zeros) with { FanIn = fanIn, FanOut = fanOut };
        return graph.Add(y, parameters.Parameter("bias", [Filters], biasInit, FileLayout.AsIs));
    }
}
