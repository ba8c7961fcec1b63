using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>The windows of the pooling layers.</summary>
internal static class PoolWindow
{
    /// <summary>As a convolution's window, and with a real pixel in each.</summary>
    /// <param name="ceil">Whether a window that reaches over the end counts too, as long as it begins in the image or in the padding before it.</param>
    public static Window2D Resolve(string layer, TensorType x, Size pool, Size stride, PaddingModel padding, bool ceil)
    {
        var window = Window2D.Resolve(layer, "pool", x, pool, stride, padding);
        if (padding.Kind == "Explicit" && (padding.Amount >= pool.Height || padding.Amount >= pool.Width))
        {
            throw new LanguageException(
                "NG0301", $"{layer}: padding {padding.Amount} must be smaller than the pool, {pool}, or windows would hold nothing but padding.", "padding");
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
