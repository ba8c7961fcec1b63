using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

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
}
