using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// A convolution as a contraction. One output row is a matrix product whose rows overlap: the kernel's row ky reads kw·C contiguous floats
/// of x at each pixel, and the next pixel starts StrideW·C later. So no copy of the image (im2col) is made. Nor are zeros multiplied: of
/// the kernel's rows, a pixel near the top or bottom takes those that lie in x (a bound of the loop), and each column of pixels near
/// the left or right is a part of its own with its range of kernel columns.
/// </summary>
internal sealed class ConvolutionLoops(Convolution convolution, Image x, TensorType weight, Image y)
{
    /// <summary>Below this many pixels in a row, the samples at one pixel fill a tile better.</summary>
    private const int NarrowRow = 3;

    private readonly int kernelH = weight.Dims[0];
    private readonly int kernelW = weight.Dims[1];

    public ContractionBody Body()
    {
        var inside = Enumerable.Range(0, y.Width).Where(ox => KernelColumns(ox) == (0, kernelW)).ToArray();
        var parts = new List<ContractionBody>();
        if (inside.Length >= NarrowRow || inside.Length == y.Width)
            parts.Add(Row(inside[0], inside.Length));
        else
            inside = [];
        parts.AddRange(Enumerable.Range(0, y.Width).Except(inside).Select(Column));
        return parts[0] with { Parts = parts.Skip(1).ToEquatableArray() };
    }

    /// <summary>The kernel's columns that lie in x at pixel ox.</summary>
    private (int From, int To) KernelColumns(int ox)
    {
        var left = convolution.Left - (ox * convolution.StrideW);
        return (Math.Max(0, left), Math.Min(kernelW, x.Width + left));
    }

    /// <summary>Pixels beside each other at which the whole width of the kernel lies in x.</summary>
    private ContractionBody Row(int first, int count) => new(
        Outer: EquatableArray.Create(
            new Loop("b", null, x.Size, 0, y.Size),
            new Loop("oy", y.Height, convolution.StrideH * x.Row, 0, y.Row)),
        Rows: EquatableArray.Create(new Loop("ox", count, convolution.StrideW * x.Channels, 0, y.Channels)),
        Columns: y.Channels,
        Reduce: Reduction(0, kernelW))
    {
        StartA = Start(first, 0),
        StartResult = first * y.Channels,
    };

    /// <summary>The pixels of one column, whose tiles take samples as rows.</summary>
    private ContractionBody Column(int ox)
    {
        var (from, to) = KernelColumns(ox);
        return new ContractionBody(
            Outer: EquatableArray.Create(new Loop("oy", y.Height, convolution.StrideH * x.Row, 0, y.Row)),
            Rows: EquatableArray.Create(new Loop("b", null, x.Size, 0, y.Size)),
            Columns: y.Channels,
            Reduce: Reduction(from, to))
        {
            StartA = Start(ox, from),
            StartB = from * x.Channels * y.Channels,
            StartResult = ox * y.Channels,
            Part = $"pixels in column {ox} meet {Math.Max(0, to - from)} of the kernel's {kernelW} columns",
            Suffix = $"_{Math.Max(0, to - from)}of{kernelW}",
        };
    }

    private EquatableArray<Loop> Reduction(int from, int to)
    {
        var ky = new Loop("ky", kernelH, x.Row, kernelW * x.Channels * y.Channels, 0);
        if (convolution.Top > 0 || ((y.Height - 1) * convolution.StrideH) - convolution.Top + kernelH > x.Height)
            ky = ky with { Bound = new LoopBound("oy", convolution.StrideH, convolution.Top, x.Height) };
        return EquatableArray.Create(ky, new Loop("k", Math.Max(0, to - from) * x.Channels, 1, y.Channels, 0));
    }

    /// <summary>Where x is read first for pixel (0, ox); before x's start where there is padding, and then the bound of ky moves it on.</summary>
    private int Start(int ox, int kx) =>
        (-convolution.Top * x.Row) + (((ox * convolution.StrideW) - convolution.Left + kx) * x.Channels);
}
