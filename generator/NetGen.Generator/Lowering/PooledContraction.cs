using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>
/// A convolution whose results meet a max pooling in registers: a tile holds whole windows, so the loops over output rows and pixels
/// become loops over windows with the loops inside a window under them. Pixels that no window reads are never computed.
/// </summary>
internal static class PooledContraction
{
    /// <summary>Windows whose elements all fit into 16 registers at once.</summary>
    private const int LargestWindow = 12;

    /// <summary>null where windows overlap, reach into padding, are too large, the contraction reads padding, or it is no image.</summary>
    public static ContractionBody? Of(ContractionBody contraction, Window2D window, TensorType image)
    {
        if (window.IsPadded || !window.IsDisjoint || window.Area > LargestWindow)
            return null;
        if (contraction.Outer.Count != 2 || contraction.Rows.Count != 1 || image.Rank != 3 || contraction.Columns != image.Dims[2])
            return null;
        if (contraction.Parts.Count > 0 || contraction.Reduce.Any(l => l.Bound is not null))
            return null;
        var (batch, y, x) = (contraction.Outer[0], contraction.Outer[1], contraction.Rows[0]);
        if (batch.Extent is not null || y.Extent != image.Dims[0] || x.Extent != image.Dims[1])
            return null;
        var (height, width, columns) = (window.OutputHeight(image.Dims[0]), window.OutputWidth(image.Dims[1]), contraction.Columns);
        return contraction with
        {
            Outer = EquatableArray.Create(
                batch with { StrideResult = height * width * columns },
                y with { Extent = height, StrideA = y.StrideA * window.StrideH, StrideResult = width * columns }),
            Rows = EquatableArray.Create(x with { Extent = width, StrideA = x.StrideA * window.StrideW }),
            Window = EquatableArray.Create(
                new Loop("wy", window.Height, y.StrideA, 0, 0),
                new Loop("wx", window.Width, x.StrideA, 0, 0)),
        };
    }
}
