using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// A worker's share of a convolution of each channel by itself, some pixels of a row and some of their channels at a time. A vector has
/// channels, and
/// the terms of a sum come in the order of the kernel's rows and columns, whatever the width.
/// </summary>
/// <example>
/// <code>
/// var tiles = new StencilTiles&lt;V&gt;(in shape, batch, worker, workers);
/// while (tiles.Next())
/// {
///     tiles.Sum(ref x, ref weight);
///     // tiles.Sums is [tiles.Pixels, tiles.Width]: channels from tiles.Channel on of the pixels from tiles.Pixel on
/// }
/// </code>
/// </example>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StencilTiles<V>
    where V : struct, IVector<V>
{
    /// <summary>Pixels beside each other whose sums are in registers at once: as many as hide a multiply-add's latency.</summary>
    private const int Together = 4;

    /// <summary>Pixels of a tile, at least, where a row has them.</summary>
    private const int FewestPixels = 8;

    private readonly StencilShape shape;
    private readonly int blockVectors, blocks, blockPixels, pixelBlocks, insideFrom, insideTo;
    private readonly nint end;
    private readonly ref float sums;
    private nint item;
    private int row, column;

    /// <summary>The tiles of a worker.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="batch">Images.</param>
    /// <param name="worker">This worker.</param>
    /// <param name="workers">All workers.</param>
    [MethodImpl(Jit.Kernel)]
    public StencilTiles(in StencilShape shape, int batch, int worker, int workers)
    {
        this.shape = shape;
        var vectors = Blocks(shape.Channels, V.Count);
        var fewest = Math.Min(FewestPixels, shape.OutWidth);
        blocks = Blocks(vectors, Math.Max(1, SumTile.MostFloats / (fewest * V.Count)));
        blockVectors = Blocks(vectors, blocks);
        pixelBlocks = Blocks(shape.OutWidth, SumTile.MostFloats / (blockVectors * V.Count));
        blockPixels = Blocks(shape.OutWidth, pixelBlocks);
        // Equal sizes may need fewer of them.
        blocks = Blocks(vectors, blockVectors);
        pixelBlocks = Blocks(shape.OutWidth, blockPixels);
        // Pixels at which all columns of the kernel lie in the image.
        insideFrom = Blocks(shape.Left, shape.StrideW);
        var last = shape.Width - 1 + shape.Left - ((shape.KernelW - 1) * shape.DilationW);
        insideTo = last < 0 ? 0 : (last / shape.StrideW) + 1;
        sums = ref TileSums.OfThread();
        (item, end) = Partition.Items((nint)batch * shape.OutHeight * pixelBlocks * blocks, worker, workers);
        item--;
    }

    /// <summary>The tile's first pixel, of those of all images.</summary>
    public nint Pixel { get; private set; }

    /// <summary>Its pixels, which are beside each other in a row.</summary>
    public int Pixels { get; private set; }

    /// <summary>Its first channel.</summary>
    public nint Channel { get; private set; }

    /// <summary>Floats of a pixel in its sums: whole vectors.</summary>
    public int Width { get; private set; }

    /// <summary>[Pixels, Width]</summary>
    public readonly ref float Sums => ref sums;

    /// <summary>Goes to the next tile; false after the last.</summary>
    [MethodImpl(Jit.Kernel)]
    public bool Next()
    {
        if (++item >= end)
            return false;
        var rest = item / blocks;
        var vector = (int)(item - (rest * blocks)) * blockVectors;
        Channel = (nint)vector * V.Count;
        Width = Math.Min(blockVectors, Blocks(shape.Channels, V.Count) - vector) * V.Count;
        var line = rest / pixelBlocks;
        column = (int)(rest - (line * pixelBlocks)) * blockPixels;
        Pixels = Math.Min(blockPixels, shape.OutWidth - column);
        Pixel = (line * shape.OutWidth) + column;
        row = (int)(line % shape.OutHeight);
        return true;
    }

    /// <summary>Computes the tile.</summary>
    /// <param name="x">The images.</param>
    /// <param name="weight">The kernel of each channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Sum(ref float x, ref float weight) => Compute(ref x, ref weight, ref sums, Width, isResult: false);

    /// <summary>Computes the tile straight into the result, where nothing else is to be done with it.</summary>
    /// <param name="x">The images.</param>
    /// <param name="weight">The kernel of each channel.</param>
    /// <param name="result">[batch, OutHeight, OutWidth, Channels]</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Sum(ref float x, ref float weight, ref float result) =>
        Compute(ref x, ref weight, ref Unsafe.Add(ref result, (Pixel * shape.Channels) + Channel), shape.Channels, isResult: true);

    [MethodImpl(Jit.Kernel)]
    private readonly void Compute(ref float x, ref float weight, ref float target, nint stride, bool isResult)
    {
        var channels = shape.Channels;
        var iy = (row * shape.StrideH) - shape.Top;
        var firstRow = iy >= 0 ? 0 : Blocks(-iy, shape.DilationH);
        var endRow = Math.Min(shape.KernelH, Blocks(shape.Height - iy, shape.DilationH));
        ref var image = ref Unsafe.Add(ref x, (Pixel / shape.OutWidth / shape.OutHeight * shape.Height * shape.Width * channels) + Channel);
        ref var kernel = ref Unsafe.Add(ref weight, Channel);
        var count = (int)Math.Min(Width, channels - Channel);
        for (var ox = column; ox < column + Pixels;)
        {
            var together = ox >= insideFrom && ox + Together <= Math.Min(column + Pixels, insideTo) ? Together : 1;
            var ix = (ox * shape.StrideW) - shape.Left;
            var firstColumn = ix >= 0 ? 0 : Blocks(-ix, shape.DilationW);
            var endColumn = Math.Min(shape.KernelW, Blocks(shape.Width - ix, shape.DilationW));
            ref var to = ref Unsafe.Add(ref target, (ox - column) * stride);
            for (var n = 0; n < count; n += V.Count)
            {
                var lanes = Math.Min(V.Count, count - n);
                if (together == Together && lanes == V.Count)
                {
                    FourPixels(ref Unsafe.Add(ref image, n), ref Unsafe.Add(ref kernel, n), iy, ix, firstRow, endRow, ref Unsafe.Add(ref to, n), stride);
                    continue;
                }
                for (var p = 0; p < together; p++)
                {
                    var sum = OnePixel(
                        ref Unsafe.Add(ref image, n), ref Unsafe.Add(ref kernel, n), iy, ix + (p * shape.StrideW), firstRow, endRow, firstColumn, endColumn,
                        lanes);
                    if (isResult && lanes < V.Count)
                        sum.StorePartial(ref Unsafe.Add(ref to, (p * stride) + n), lanes);
                    else
                        sum.Store(ref Unsafe.Add(ref to, (p * stride) + n));
                }
            }
            ox += together;
        }
    }

    /// <summary>Pixels at which all columns of the kernel lie in the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void FourPixels(
        ref float image, ref float kernel, int iy, int ix, int firstRow, int endRow, ref float to, nint stride)
    {
        var channels = shape.Channels;
        var (step, apart) = ((nint)shape.StrideW * channels, (nint)shape.DilationW * channels);
        var (a, b, c, d) = (V.Zero, V.Zero, V.Zero, V.Zero);
        for (var ky = firstRow; ky < endRow; ky++)
        {
            ref var pixel = ref Unsafe.Add(ref image, (((nint)(iy + (ky * shape.DilationH)) * shape.Width) + ix) * channels);
            ref var weight = ref Unsafe.Add(ref kernel, (nint)ky * shape.KernelW * channels);
            for (var kx = 0; kx < shape.KernelW; kx++)
            {
                var w = V.Load(in weight);
                a = V.Fma(V.Load(in pixel), w, a);
                b = V.Fma(V.Load(in Unsafe.Add(ref pixel, step)), w, b);
                c = V.Fma(V.Load(in Unsafe.Add(ref pixel, 2 * step)), w, c);
                d = V.Fma(V.Load(in Unsafe.Add(ref pixel, 3 * step)), w, d);
                pixel = ref Unsafe.Add(ref pixel, apart);
                weight = ref Unsafe.Add(ref weight, channels);
            }
        }
        a.Store(ref to);
        b.Store(ref Unsafe.Add(ref to, stride));
        c.Store(ref Unsafe.Add(ref to, 2 * stride));
        d.Store(ref Unsafe.Add(ref to, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V OnePixel(
        ref float image, ref float kernel, int iy, int ix, int firstRow, int endRow, int firstColumn, int endColumn, int lanes)
    {
        var channels = shape.Channels;
        var sum = V.Zero;
        for (var ky = firstRow; ky < endRow; ky++)
        {
            for (var kx = firstColumn; kx < endColumn; kx++)
            {
                var at = (((nint)(iy + (ky * shape.DilationH)) * shape.Width) + ix + (kx * shape.DilationW)) * channels;
                var of = (((nint)ky * shape.KernelW) + kx) * channels;
                sum = lanes == V.Count
                    ? V.Fma(V.Load(in Unsafe.Add(ref image, at)), V.Load(in Unsafe.Add(ref kernel, of)), sum)
                    : V.Fma(V.LoadPartial(in Unsafe.Add(ref image, at), lanes), V.LoadPartial(in Unsafe.Add(ref kernel, of), lanes), sum);
            }
        }
        return sum;
    }

    /// <summary>Blocks of a size that cover some steps; 0 where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Blocks(int steps, int size) => steps <= 0 ? 0 : (steps + size - 1) / size;
}
