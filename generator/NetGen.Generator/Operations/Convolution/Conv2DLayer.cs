using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// Conv2D(filters, kernel, stride, padding, bias, init, biasInit, dilation, groups, paddingMode): [height, width, channels] to [OH, OW,
/// filters]. Also Conv1D, over
/// sequences.
/// </summary>
internal sealed record Conv2DLayer(int Filters, int Groups, Conv2DSettings Settings) : LayerDefinition
{
    public static readonly LayerFunction Function = new("Conv2D", a => new Conv2DLayer(
        a.IntAtLeast("filters", 1), a.IntAtLeast("groups", 1, otherwise: 1), Conv2DSettings.Of("Conv2D", a)));

    public static readonly LayerFunction OfSequence = new("Conv1D", a => new Conv2DLayer(
        a.IntAtLeast("filters", 1), a.IntAtLeast("groups", 1, otherwise: 1), Conv2DSettings.OfSequence("Conv1D", a)));

    public override int? WeightOutputs => 1;

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) =>
        Settings.IsSequence && x.Type.HasSteps() ? OverSteps(graph, parameters, x) : Settings.OnImage(graph, x, image =>
        {
            var window = Settings.Window(graph, image);
            Conv2DSettings.CheckGroups(image.Type.Dims[2], Filters, Groups);
            return Settings.Apply(graph, parameters, image, window, Filters, Groups);
        });

    private Value OverSteps(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        var windows = WindowsOfSteps.Of(
            Settings.Layer, x, Settings.Kernel.Width, Settings.Stride.Width, Settings.Padding, Settings.Mode, Settings.Dilation.Width);
        Conv2DSettings.CheckGroups(x.Type.Dims[0], Filters, Groups);
        var channels = x.Type.Dims[0] / Groups;
        var fans = (Settings.Fan(channels), Settings.Fan(Filters / Groups));
        var weight = graph.Reshape(Settings.Weight(graph, parameters, channels, Filters, fans), [windows.Size, channels, Filters]);
        return Settings.WithBias(graph, parameters, windows.Convolve(graph, x, weight, Groups), Filters, fans);
    }
}

/// <summary>
/// DepthwiseConv2D(kernel, stride, padding, multiplier, dilation, bias, init, biasInit): a convolution of each channel by itself, to
/// <paramref name="Multiplier"/> channels.
/// </summary>
internal sealed record DepthwiseConv2DLayer(int Multiplier, Conv2DSettings Settings) : LayerDefinition
{
    public static readonly LayerFunction Function = new("DepthwiseConv2D", a => new DepthwiseConv2DLayer(
        a.IntAtLeast("multiplier", 1, otherwise: 1), Conv2DSettings.Of("DepthwiseConv2D", a)));

    public override int? WeightOutputs => 1;

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        var window = Settings.Window(graph, x);
        var channels = x.Type.Dims[2];
        return Settings.Apply(graph, parameters, x, window, checked(channels * Multiplier), channels);
    }
}

/// <summary>What layers with a convolution have in common.</summary>
internal sealed record Conv2DSettings(
    string Layer, Size Kernel, Size Stride, Size Dilation, PaddingModel Padding, PaddingMode Mode, bool Bias, InitializerModel? Init,
    InitializerModel? BiasInit)
{
    /// <summary>The layer is one of sequences, which are images of one row.</summary>
    public bool IsSequence => Padding.IsOfSequence;

    /// <summary>Numbers of the kernel that a channel meets.</summary>
    public int Area => checked(Kernel.Height * Kernel.Width);

    public static Conv2DSettings OfSequence(string layer, CallArguments arguments) => new(
        layer,
        Sequence.Size(arguments, "kernel"),
        Sequence.OptionalSize(arguments, "stride") ?? new Size(1, 1),
        Sequence.OptionalSize(arguments, "dilation") ?? new Size(1, 1),
        Sequence.Padding(arguments),
        arguments.Member<PaddingMode>("paddingMode"),
        arguments.Bool("bias"),
        arguments.Initializer("init"),
        arguments.Initializer("biasInit"));

    /// <summary>Throws NG0301 where channels or filters do not divide.</summary>
    public static void CheckGroups(int channels, int filters, int groups)
    {
        if (channels % groups != 0)
            throw new LanguageException("NG0301", Text.Invariant($"{channels} channels do not divide into {groups} groups."), "groups");
        if (filters % groups != 0)
            throw new LanguageException("NG0301", Text.Invariant($"{filters} filters do not divide into {groups} groups."), "groups");
    }

    /// <summary>What a layer of images does to x, which may be a sequence.</summary>
    public Value OnImage(GraphBuilder graph, Value x, Func<Value, Value> image)
    {
        if (IsSequence)
            return Sequence.Apply(graph, Layer, x, image);
        Window2D.CheckImage(Layer, x.Type);
        return image(x);
    }

    /// <summary>Two numbers as the user writes them.</summary>
    public string Show(Size size) => IsSequence ? Text.Invariant($"{size.Width}") : size.ToString();

    /// <summary>[kh, kw, inputs, outputs]; that of sequences has no kh, as PyTorch's.</summary>
    public Value Weight(GraphBuilder graph, IParameterScope parameters, int inputs, int outputs, (int In, int Out) fans)
    {
        int[] dims = [Kernel.Height, Kernel.Width, inputs, outputs];
        if (dims.Aggregate(1.0, (product, dim) => product * dim) > int.MaxValue)
        {
            throw new LanguageException("NG0601", Text.Invariant(
                $"{Layer}: the weight [{string.Join(", ", dims.Skip(IsSequence ? 1 : 0))}] has more than {int.MaxValue} elements."));
        }
        var init = (Init ?? Initializers.Default) with { FanIn = fans.In, FanOut = fans.Out };
        var weight = parameters.Parameter("weight", IsSequence ? [.. dims.Skip(1)] : dims, init, FileLayout.Convolution);
        return IsSequence ? graph.Reshape(weight, dims) : weight;
    }

    /// <summary>A number for each filter, where the layer has a bias; it has the fans of the weight.</summary>
    public Value WithBias(GraphBuilder graph, IParameterScope parameters, Value y, int filters, (int In, int Out) fans)
    {
        if (!Bias)
            return y;
        var init = Initializers.OfBias(Init, BiasInit) with { FanIn = fans.In, FanOut = fans.Out };
        return graph.Add(y, parameters.Parameter("bias", [filters], init, FileLayout.AsIs));
    }

    public static Conv2DSettings Of(string layer, CallArguments arguments) => new(
        layer,
        Size.From(arguments, "kernel"),
        Size.FromOptional(arguments, "stride") ?? new Size(1, 1),
        Size.FromOptional(arguments, "dilation") ?? new Size(1, 1),
        arguments.Padding("padding"),
        arguments.Member<PaddingMode>("paddingMode"),
        arguments.Bool("bias"),
        arguments.Initializer("init"),
        arguments.Initializer("biasInit"));

    public Window2D Window(GraphBuilder graph, Value x)
    {
        var window = Window2D.Resolve(Layer, "kernel", x.Type, Kernel, Stride, Padding, Dilation);
        ChannelsFirst.Check(graph, Layer, x, window);
        return window;
    }

    /// <summary>
    /// A <see cref="Convolution"/> and an addition, which the fusion pass puts back into one kernel. Like every framework's it is a
    /// cross-correlation: the kernel is
    /// not flipped.
    /// </summary>
    public Value Apply(GraphBuilder graph, IParameterScope parameters, Value x, Window2D window, int filters, int groups)
    {
        var channels = x.Type.Dims[2] / groups;
        var fans = (Fan(channels), Fan(filters / groups));
        var weight = Weight(graph, parameters, channels, filters, fans);
        if (Mode != PaddingMode.Zeros)
        {
            x = PaddingFunctions.Around(graph, x, (window.Top, window.Bottom, window.Left, window.Right), Mode);
            window = window with { Top = 0, Bottom = 0, Left = 0, Right = 0 };
        }
        if (channels == 1 && groups > 1 && filters > groups)
        {
            // A channel for each filter, so that vectors have filters: what groups of one channel are.
            x = Repeated(graph, x, filters / groups);
            groups = filters;
        }
        var convolution = new Convolution(Stride.Height, Stride.Width, window.Top, window.Bottom, window.Left, window.Right)
        {
            DilationH = Dilation.Height,
            DilationW = Dilation.Width,
            Groups = groups,
        };
        var y = convolution.IsDilated ? convolution.OfPaddedCopy(graph, x, weight) : graph.Apply(convolution, x, weight);
        return WithBias(graph, parameters, y, filters, fans);
    }

    /// <summary>A fan of a weight that is too large is never asked for.</summary>
    public int Fan(int channels) => (int)Math.Min(int.MaxValue, (long)Area * channels);

    /// <summary>Each channel several times, one after the other.</summary>
    private static Value Repeated(GraphBuilder graph, Value x, int count)
    {
        var (height, width, channels) = (x.Type.Dims[0], x.Type.Dims[1], x.Type.Dims[2]);
        var single = graph.Reshape(x, [height, width, channels, 1]);
        var several = graph.Apply(new BroadcastTo(single.Type.WithDims([height, width, channels, count])), single);
        return graph.Reshape(several, [height, width, checked(channels * count)]);
    }
}
