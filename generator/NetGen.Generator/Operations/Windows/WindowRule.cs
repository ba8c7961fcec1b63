using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Windows;

/// <summary>From what the user wrote to a window, with the errors of windows.</summary>
internal static class WindowRule
{
    extension(Window2D)
    {
        /// <summary>
        /// The window of a layer at an image of [H, W, C] per sample; throws NG0401 where x is something else and NG0302 where the window
        /// does not fit.
        /// </summary>
        /// <param name="layer">Its name, for messages.</param>
        /// <param name="argument">The parameter that gives the size.</param>
        /// <param name="dilation">How far apart the lines of a kernel are; the window spans all of them.</param>
        public static Window2D Resolve(
            string layer, string argument, TensorType x, Size size, Size stride, PaddingModel padding, Size? dilation = null)
        {
            CheckImage(layer, x);
            var written = size;
            if (dilation is { } apart)
                size = new Size(Spanned(size.Height, apart.Height), Spanned(size.Width, apart.Width));
            var (top, bottom) = padding.IsOfSequence ? (0, 0) : Sides(padding, x.Dims[0], size.Height, stride.Height);
            var (left, right) = Sides(padding, x.Dims[1], size.Width, stride.Width);
            var padded = new Size(x.Dims[0] + top + bottom, x.Dims[1] + left + right);
            if (size.Height > padded.Height || size.Width > padded.Width)
            {
                var input = padding.Kind == "Valid" ? "input" : "padded input";
                var spans = size == written ? "" : $" with dilation {Show(dilation!.Value)}, which spans {Show(size)},";
                var shape = (padding.IsOfSequence ? x.WithDims(x.Dims.Skip(1)) : x).Shape;
                throw new LanguageException(
                    "NG0302",
                    $"{layer}: {argument} {Show(written)}{spans} is larger than its {input}, {Show(padded)} (x is {shape}).{ChannelsFirst.Advice(x)}",
                    argument);
            }
            return new Window2D(size.Height, size.Width, stride.Height, stride.Width, top, bottom, left, right);

            string Show(Size numbers) => padding.IsOfSequence ? Text.Invariant($"{numbers.Width}") : numbers.ToString();
        }

        /// <summary>Throws NG0401 where x is no image of each sample.</summary>
        public static void CheckImage(string layer, TensorType x)
        {
            Numbers.Check(layer, "x", x);
            if (!x.Batched || x.Rank != 3)
            {
                throw new LanguageException(
                    "NG0401",
                    $"{layer} expects [height, width, channels] per sample; got {x.Shape}{(x.Batched ? "" : " without a batch")}.{(x.Batched ? ImageHint(x) : "")}");
            }
        }
    }

    /// <summary>Gray images are often written without their one channel.</summary>
    private static string ImageHint(TensorType x) => x.Rank == 2 ? $" An image of one channel is [{x.Dims[0]}, {x.Dims[1]}, 1]: state it so, or put Reshape({x.Dims[0]}, {x.Dims[1]}, 1) before it." : "";

    private static int Spanned(int size, int dilation) => (int)Math.Min(int.MaxValue / 4, ((size - 1L) * dilation) + 1);

    /// <summary>Padding before and after one dimension. "Same" is TensorFlow's: ⌈n/stride⌉ outputs, an odd zero at the end.</summary>
    private static (int Before, int After) Sides(PaddingModel padding, int extent, int size, int stride)
    {
        switch (padding.Kind)
        {
            case "Valid":
                return (0, 0);
            case "Same":
                var outputs = (extent + stride - 1) / stride;
                var total = Math.Max(((outputs - 1) * stride) + size - extent, 0);
                return (total / 2, total - (total / 2));
            case "Causal":
                return padding.IsOfSequence
                    ? (size - 1, 0)
                    : throw new LanguageException("NG0301", "Padding.Causal is in front of the steps of a sequence; an image has none.", "padding");
            default:
                return padding.Amount >= 0
                    ? (padding.Amount, padding.Amount)
                    : throw new LanguageException("NG0301", $"'padding' must be at least 0; it is {padding.Amount}.", "padding");
        }
    }
}
