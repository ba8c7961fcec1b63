using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>What the layers with pooling windows have in common.</summary>
internal sealed record PoolSettings(string Layer, Size Pool, Size Stride, PaddingModel Padding, bool CeilMode)
{
    public static PoolSettings Of(string layer, CallArguments arguments) => new(
        layer, Size.From(arguments, "pool"), Size.FromOptional(arguments, "stride") ?? Size.From(arguments, "pool"),
        arguments.Padding("padding"),
        arguments.Is("ceilMode"));

    public static PoolSettings OfSequence(string layer, CallArguments arguments) => new(
        layer, Sequence.Size(arguments, "pool"), Sequence.OptionalSize(arguments, "stride") ?? Sequence.Size(arguments, "pool"),
        Sequence.Padding(arguments), arguments.Is("ceilMode"));

    /// <summary>What a layer of images does to x, which may be a sequence.</summary>
    public Value OnImage(GraphBuilder graph, Value x, Func<Value, Value> image) =>
        Padding.IsOfSequence ? Sequence.Apply(graph, Layer, x, image) : image(x);

    /// <summary>The windows over sequences of any length; null: x has none.</summary>
    public WindowsOfSteps? Windows(Value x) =>
        Padding.IsOfSequence && x.Type.HasSteps() ? WindowsOfSteps.Of(Layer, x, Pool.Width, Stride.Width, Padding) : null;

    /// <summary>The windows over an image.</summary>
    public Window2D Window(TensorType x) => PoolWindow.Resolve(Layer, x, Pool, Stride, Padding, CeilMode);

    /// <summary>Two numbers as the user writes them.</summary>
    public string Show(Size size) => Padding.IsOfSequence ? Text.Invariant($"{size.Width}") : size.ToString();
}

internal static class PoolWindow
{
    /// <summary>As a convolution's window, and with a real pixel in each.</summary>
    /// <param name="ceil">
    /// Whether a window that reaches over the end counts too, as long as it begins in the image or in the padding before it.
    /// </param>
    public static Window2D Resolve(string layer, TensorType x, Size pool, Size stride, PaddingModel padding, bool ceil)
    {
        var window = Window2D.Resolve(layer, "pool", x, pool, stride, padding);
        var size = padding.IsOfSequence ? Text.Invariant($"{pool.Width}") : pool.ToString();
        if (padding.Kind == "Explicit" && (padding.Amount >= pool.Width || (padding.Amount >= pool.Height && !padding.IsOfSequence)))
        {
            throw new LanguageException(
                "NG0301",
                $"{layer}: padding {padding.Amount} must be smaller than the pool, {size}, or windows would hold nothing but padding.", "padding");
        }
        return !ceil ? window : window with
        {
            Bottom = Covering(x.Dims[0], window.Top, window.Bottom, pool.Height, stride.Height),
            Right = Covering(x.Dims[1], window.Left, window.Right, pool.Width, stride.Width),
        };
    }

    /// <summary>Lines behind the image up to the end of the last window.</summary>
    private static int Covering(int extent, int before, int after, int size, int stride)
    {
        var windows = ((extent + before + after - size + stride - 1) / stride) + 1;
        if ((windows - 1) * stride >= extent + before)
            windows--;
        return ((windows - 1) * stride) + size - extent - before;
    }

    /// <summary>Values and positions of the same windows in one pass over the image.</summary>
    public static MergedKernel? Merge(IReadOnlyList<Operation> siblings, TensorType image)
    {
        var order = new[] { siblings.ToList().FindIndex(s => s is MaxPool2D), siblings.ToList().FindIndex(s => s is MaxPool2DIndices) };
        return siblings.Count == 2 && order.All(i => i >= 0)
            && ((MaxPool2D)siblings[order[0]]).Window is var window && ((MaxPool2DIndices)siblings[order[1]]).Window == window
            ? new MergedKernel(new RuntimeCallBody("PoolKernels.MaxPool2DWithIndices", window.Constants(image)), order)
            : null;
    }
}
