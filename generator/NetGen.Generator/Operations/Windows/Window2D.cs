using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Windows;

/// <summary>
/// A window of Height×Width sliding over an image in steps of StrideH×StrideW, with Top, Bottom, Left and Right lines of padding
/// around the image. A negative Bottom or Right is the number of lines at the image's end that no window reads.
/// </summary>
internal sealed record Window2D(int Height, int Width, int StrideH, int StrideW, int Top, int Bottom, int Left, int Right)
{
    public int Area => Height * Width;

    public bool IsPadded => Top > 0 || Bottom > 0 || Left > 0 || Right > 0;

    /// <summary>Whether no pixel is in two windows.</summary>
    public bool IsDisjoint => StrideH >= Height && StrideW >= Width;

    public int OutputHeight(int height) => ((height + Top + Bottom - Height) / StrideH) + 1;

    public int OutputWidth(int width) => ((width + Left + Right - Width) / StrideW) + 1;

    /// <summary>[H, W, C] to [OH, OW, C].</summary>
    public TensorType Output(TensorType image) =>
        image.WithDims([OutputHeight(image.Dims[0]), OutputWidth(image.Dims[1]), image.Dims[2]]);

    public override string ToString() =>
        $"{Height}×{Width}" + (StrideH == 1 && StrideW == 1 ? "" : $", stride {StrideH}×{StrideW}")
        + ((Top | Bottom | Left | Right) == 0 ? "" : $", padding {Top},{Bottom},{Left},{Right}");

    /// <summary>What the run-time kernels of windows take: H, W, C, OH, OW, window, stride, padding before.</summary>
    public EquatableArray<int> Constants(TensorType image) => EquatableArray.Create(
        image.Dims[0], image.Dims[1], image.Dims[2], OutputHeight(image.Dims[0]), OutputWidth(image.Dims[1]),
        Height, Width, StrideH, StrideW, Top, Left);

    /// <summary>
    /// The window of a layer at an image of [H, W, C] per sample; throws NG0401 where x is something else and NG0302 where the window
    /// does not fit.
    /// </summary>
    /// <param name="layer">Its name, for messages.</param>
    /// <param name="argument">The parameter that gives the size.</param>
    public static Window2D Resolve(string layer, string argument, TensorType x, Size size, Size stride, PaddingModel padding)
    {
        Numbers.Check(layer, "x", x);
        if (!x.Batched || x.Rank != 3)
        {
            throw new LanguageException(
                "NG0401",
                $"{layer} expects [height, width, channels] per sample; got {x.Shape}{(x.Batched ? "" : " without a batch")}.{(x.Batched ? ImageHint(x) : "")}");
        }
        var (top, bottom) = Sides(padding, x.Dims[0], size.Height, stride.Height);
        var (left, right) = Sides(padding, x.Dims[1], size.Width, stride.Width);
        var padded = new Size(x.Dims[0] + top + bottom, x.Dims[1] + left + right);
        if (size.Height > padded.Height || size.Width > padded.Width)
        {
            var input = padding.Kind == "Valid" ? "input" : "padded input";
            throw new LanguageException("NG0302", $"{layer}: {argument} {size} is larger than its {input}, {padded} (x is {x.Shape}).{ChannelsFirst.Advice(x)}", argument);
        }
        return new Window2D(size.Height, size.Width, stride.Height, stride.Width, top, bottom, left, right);
    }

    /// <summary>Gray images are often written without their one channel.</summary>
    private static string ImageHint(TensorType x) => x.Rank == 2 ? $" An image of one channel is [{x.Dims[0]}, {x.Dims[1]}, 1]: state it so, or put Reshape({x.Dims[0]}, {x.Dims[1]}, 1) before it." : "";

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
            default:
                return padding.Amount >= 0
                    ? (padding.Amount, padding.Amount)
                    : throw new LanguageException("NG0301", $"'padding' must be at least 0; it is {padding.Amount}.", "padding");
        }
    }
}
