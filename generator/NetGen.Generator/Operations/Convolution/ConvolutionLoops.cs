using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// A convolution as a contraction. One output row is a matrix product whose rows overlap: the kernel's row ky reads kw·C contiguous floats
/// of x at each pixel, and the next pixel starts StrideW·C later. So no copy of the image (im2col) is made. Nor are zeros multiplied: of
/// the kernel's rows, a pixel near the top or bottom takes those that lie in x (a bound of the loop); pixels near the left or the right,
/// which take only some of the kernel's columns, are parts of their own.
/// </summary>
internal sealed class ConvolutionLoops(Convolution convolution, Image x, TensorType weight, Image y)
{
    /// <summary>Below this many pixels in a row, the samples at one pixel fill a tile better.</summary>
    private const int NarrowRow = 3;

    private readonly int kernelH = weight.Dims[0];
    private readonly int kernelW = weight.Dims[1];

    /// <summary>Of a group.</summary>
    private readonly int channels = weight.Dims[2];

    private readonly int filters = y.Channels / convolution.Groups;

    public ContractionBody Body()
    {
        CheckDilation();
        var inside = Enumerable.Range(0, y.Width).Where(IsInside).ToArray();
        if (inside.Length == y.Width)
            return Row(0, y.Width);
        if (inside.Length < NarrowRow)
            return Edge(0, y.Width, "");
        var (from, to) = (inside[0], inside[inside.Length - 1] + 1);
        var parts = new List<ContractionBody>();
        if (from > 0)
            parts.Add(Edge(0, from, "left edge"));
        if (to < y.Width)
            parts.Add(Edge(to, y.Width - to, "right edge"));
        return Row(from, to - from) with { Parts = parts.ToEquatableArray() };
    }

    /// <summary>A channel by itself for each filter: vectors of channels.</summary>
    public StencilBody Stencil()
    {
        CheckDilation();
        return new(Whole(), EquatableArray.Create(
            x.Height, x.Width, x.Channels, y.Height, y.Width, kernelH, kernelW, convolution.StrideH, convolution.StrideW,
            convolution.DilationH, convolution.DilationW, convolution.Top, convolution.Left));
    }

    /// <summary>All pixels as one nest, with bounds where the kernel reaches over an edge.</summary>
    public ContractionBody Whole() => Edge(0, y.Width, "");

    private void CheckDilation()
    {
        if (convolution.IsDilated && convolution.IsPadded)
            throw new InvalidOperationException("A dilated convolution reads its padding from a copy.");
    }

    /// <summary>Whether the kernel's whole width lies in x at pixel ox.</summary>
    private bool IsInside(int ox)
    {
        var left = (ox * convolution.StrideW) - convolution.Left;
        return left >= 0 && left + ((kernelW - 1) * convolution.DilationW) < x.Width;
    }

    /// <summary>Pixels beside each other at which the whole width of the kernel lies in x.</summary>
    private ContractionBody Row(int first, int count) => new(
        Outer: Groups().Concat(
        [
            new Loop("b", null, x.Size, 0, y.Size),
            new Loop("oy", y.Height, convolution.StrideH * x.Row, 0, y.Row),
        ]).ToEquatableArray(),
        Rows: EquatableArray.Create(new Loop("ox", count, convolution.StrideW * x.Channels, 0, y.Channels)),
        Columns: filters,
        Reduce: convolution.IsPlain
            ? EquatableArray.Create(KernelRows(), new Loop("k", kernelW * x.Channels, 1, y.Channels, 0))
            : EquatableArray.Create(KernelRows(), KernelColumns(), new Loop("c", channels, 1, y.Channels, 0)))
    {
        GroupLoop = GroupLoop,
        StartA = Start(first),
        StartResult = first * y.Channels,
    };

    /// <summary>Pixels at an edge: each meets some of the kernel's columns, the same ones in every sample, so a tile's rows are samples.</summary>
    private ContractionBody Edge(int first, int count, string name) => new(
        Outer: (channels > 1 ? Groups() : []).Concat(
        [
            new Loop("oy", y.Height, convolution.StrideH * x.Row, 0, y.Row),
            new Loop("ox", count, convolution.StrideW * x.Channels, 0, y.Channels),
        ]).Concat(channels > 1 ? [] : Groups()).ToEquatableArray(),
        Rows: EquatableArray.Create(new Loop("b", null, x.Size, 0, y.Size)),
        Columns: filters,
        Reduce: EquatableArray.Create(
            KernelRows(),
            convolution.IsDilated ? KernelColumns() : KernelColumns() with
            {
                Bound = new LoopBound("ox", convolution.StrideW, convolution.Left - (first * convolution.StrideW), x.Width),
            },
            new Loop("c", channels, 1, y.Channels, 0)))
    {
        GroupLoop = GroupLoop,
        StartA = Start(first),
        StartResult = first * y.Channels,
        Part = name,
        Suffix = name.Length == 0 ? "" : "_edge",
    };

    private string? GroupLoop => convolution.Groups > 1 ? "g" : null;

    /// <summary>The loop over groups; of single channels, which are beside each other in memory, it is the innermost.</summary>
    private Loop[] Groups() => GroupLoop is { } name ? [new Loop(name, convolution.Groups, channels, filters, filters)] : [];

    private Loop KernelRows()
    {
        var ky = new Loop("ky", kernelH, convolution.DilationH * x.Row, kernelW * channels * y.Channels, 0);
        var isInside = convolution.Top <= 0
            && ((y.Height - 1) * convolution.StrideH) - convolution.Top + ((kernelH - 1) * convolution.DilationH) < x.Height;
        return isInside || convolution.IsDilated
            ? ky
            : ky with { Bound = new LoopBound("oy", convolution.StrideH, convolution.Top, x.Height) };
    }

    private Loop KernelColumns() => new("kx", kernelW, convolution.DilationW * x.Channels, channels * y.Channels, 0);

    /// <summary>Where x is read first for pixel (0, ox). Before x's start where there is padding: the loops' bounds move it on.</summary>
    private int Start(int ox) => (-convolution.Top * x.Row) + (((ox * convolution.StrideW) - convolution.Left) * x.Channels);
}
