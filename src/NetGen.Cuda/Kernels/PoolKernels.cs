using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Windows over images [batch, height, width, channels]; the meanings, the constants and the order of all sums are those of
/// NetGen.Runtime.PoolKernels. A thread makes an element of the result.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PoolKernels
{
    /// <summary>The largest value of each window; padding does not count, a NaN wins.</summary>
    public static void MaxPool2D(ArrayView<float> x, ArrayView<float> y, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (w.OutHeight * w.OutWidth * w.Channels))
        {
            y[i] = Largest(x, i, w).Value;
        }
    }

    /// <summary>The row-major position in its window of each value that <see cref="MaxPool2D"/> takes: the first largest, or the last NaN.</summary>
    public static void MaxPool2DIndices(ArrayView<float> x, ArrayView<byte> indices, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (w.OutHeight * w.OutWidth * w.Channels))
        {
            indices[i] = (byte)Largest(x, i, w).Position;
        }
    }

    /// <summary><see cref="MaxPool2D"/> and <see cref="MaxPool2DIndices"/> in one pass.</summary>
    public static void MaxPool2DWithIndices(ArrayView<float> x, ArrayView<float> y, ArrayView<byte> indices, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (w.OutHeight * w.OutWidth * w.Channels))
        {
            var largest = Largest(x, i, w);
            y[i] = largest.Value;
            indices[i] = (byte)largest.Position;
        }
    }

    /// <summary>dx[pixel] = Σ dy of the windows whose maximum the pixel was, by its positions from the forward pass.</summary>
    public static void MaxPool2DGradient(ArrayView<float> dy, ArrayView<byte> indices, ArrayView<float> dx, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (w.Height * w.Width * w.Channels))
        {
            return;
        }
        var c = i % w.Channels;
        var ix = (i / w.Channels % w.Width) + w.Left;
        var iy = (i / (w.Channels * w.Width) % w.Height) + w.Top;
        var sample = i / (w.Channels * w.Width * w.Height);
        var endRow = LastWindow(iy, w.OutHeight, w.StrideH);
        var endColumn = LastWindow(ix, w.OutWidth, w.StrideW);
        var firstColumn = FirstWindow(ix, w.PoolW, w.StrideW);
        var sum = Lane.Zero;
        for (var oy = FirstWindow(iy, w.PoolH, w.StrideH); oy < endRow; oy++)
        {
            for (var ox = firstColumn; ox < endColumn; ox++)
            {
                var at = (((((sample * w.OutHeight) + oy) * w.OutWidth) + ox) * w.Channels) + c;
                if (indices[at] == ((iy - (oy * w.StrideH)) * w.PoolW) + ix - (ox * w.StrideW))
                {
                    sum += new Lane(dy[at]);
                }
            }
        }
        dx[i] = sum.Value;
    }

    /// <summary>
    /// The same where windows lie side by side from the image's corner on: a thread writes all pixels of a window, and there are as many as
    /// cover the image. What is behind the last whole window gets 0.
    /// </summary>
    public static void MaxPool2DGradientSideBySide(
        ArrayView<float> dy, ArrayView<byte> indices, ArrayView<float> dx, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var (rows, columns) = ((w.Height + w.PoolH - 1) / w.PoolH, (w.Width + w.PoolW - 1) / w.PoolW);
        if (i >= batch * (rows * columns * w.Channels))
        {
            return;
        }
        var c = i % w.Channels;
        var ox = i / w.Channels % columns;
        var oy = i / (w.Channels * columns) % rows;
        var sample = i / (w.Channels * columns * rows);
        var (value, position) = (0f, 0);
        if (oy < w.OutHeight && ox < w.OutWidth)
        {
            var at = (((((sample * w.OutHeight) + oy) * w.OutWidth) + ox) * w.Channels) + c;
            // A sum of one number: −0 becomes 0, as on the processor.
            value = (Lane.Zero + new Lane(dy[at])).Value;
            position = indices[at];
        }
        for (var ky = 0; ky < w.PoolH; ky++)
        {
            var iy = (oy * w.PoolH) + ky;
            for (var kx = 0; kx < w.PoolW; kx++)
            {
                var ix = (ox * w.PoolW) + kx;
                if (iy < w.Height && ix < w.Width)
                {
                    dx[(((((sample * w.Height) + iy) * w.Width) + ix) * w.Channels) + c] = position == (ky * w.PoolW) + kx ? value : 0f;
                }
            }
        }
    }

    /// <summary>The mean of each window's real pixels.</summary>
    public static void AveragePool2D(ArrayView<float> x, ArrayView<float> y, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (w.OutHeight * w.OutWidth * w.Channels))
        {
            return;
        }
        var c = i % w.Channels;
        var ox = i / w.Channels % w.OutWidth;
        var oy = i / (w.Channels * w.OutWidth) % w.OutHeight;
        var sample = i / (w.Channels * w.OutWidth * w.OutHeight);
        var firstRow = First(oy, w.StrideH, w.Top);
        var endRow = End(oy, w.Height, w.PoolH, w.StrideH, w.Top);
        var firstColumn = First(ox, w.StrideW, w.Left);
        var endColumn = End(ox, w.Width, w.PoolW, w.StrideW, w.Left);
        var sum = Lane.Zero;
        for (var iy = firstRow; iy < endRow; iy++)
        {
            for (var ix = firstColumn; ix < endColumn; ix++)
            {
                sum += new Lane(x[(((((sample * w.Height) + iy) * w.Width) + ix) * w.Channels) + c]);
            }
        }
        y[i] = (sum * Reciprocal((endRow - firstRow) * (endColumn - firstColumn))).Value;
    }

    /// <summary>dx[pixel] = Σ over the windows that the pixel is in of dy / (real pixels of the window).</summary>
    public static void AveragePool2DGradient(ArrayView<float> dy, ArrayView<float> dx, PoolWindows w, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (w.Height * w.Width * w.Channels))
        {
            return;
        }
        // No window over an edge: all have the same number of pixels.
        var isInside = w.Top == 0 && w.Left == 0 && ((w.OutHeight - 1) * w.StrideH) + w.PoolH <= w.Height && ((w.OutWidth - 1) * w.StrideW) + w.PoolW <= w.Width;
        var c = i % w.Channels;
        var ix = (i / w.Channels % w.Width) + w.Left;
        var iy = (i / (w.Channels * w.Width) % w.Height) + w.Top;
        var sample = i / (w.Channels * w.Width * w.Height);
        var endRow = LastWindow(iy, w.OutHeight, w.StrideH);
        var endColumn = LastWindow(ix, w.OutWidth, w.StrideW);
        var firstColumn = FirstWindow(ix, w.PoolW, w.StrideW);
        var sum = Lane.Zero;
        for (var oy = FirstWindow(iy, w.PoolH, w.StrideH); oy < endRow; oy++)
        {
            for (var ox = firstColumn; ox < endColumn; ox++)
            {
                var part = new Lane(dy[(((((sample * w.OutHeight) + oy) * w.OutWidth) + ox) * w.Channels) + c]);
                if (!isInside)
                {
                    var pixels = (End(oy, w.Height, w.PoolH, w.StrideH, w.Top) - First(oy, w.StrideH, w.Top)) * (End(ox, w.Width, w.PoolW, w.StrideW, w.Left) - First(ox, w.StrideW, w.Left));
                    part *= Reciprocal(pixels);
                }
                sum += part;
            }
        }
        dx[i] = (isInside ? Reciprocal(w.PoolH * w.PoolW) * sum : sum).Value;
    }

    /// <summary>The largest pixel of the window of element <paramref name="i"/> of the result, and its position.</summary>
    private static (float Value, int Position) Largest(
        ArrayView<float> x, int i, PoolWindows w)
    {
        var c = i % w.Channels;
        var ox = i / w.Channels % w.OutWidth;
        var oy = i / (w.Channels * w.OutWidth) % w.OutHeight;
        var sample = i / (w.Channels * w.OutWidth * w.OutHeight);
        var firstRow = First(oy, w.StrideH, w.Top);
        var endRow = End(oy, w.Height, w.PoolH, w.StrideH, w.Top);
        var firstColumn = First(ox, w.StrideW, w.Left);
        var endColumn = End(ox, w.Width, w.PoolW, w.StrideW, w.Left);
        var best = x[(((((sample * w.Height) + firstRow) * w.Width) + firstColumn) * w.Channels) + c];
        // Positions count from the window's corner, which may lie in the padding.
        var position = ((firstRow - (oy * w.StrideH) + w.Top) * w.PoolW) + firstColumn - (ox * w.StrideW) + w.Left;
        for (var iy = firstRow; iy < endRow; iy++)
        {
            for (var ix = firstColumn; ix < endColumn; ix++)
            {
                var value = x[(((((sample * w.Height) + iy) * w.Width) + ix) * w.Channels) + c];
                if (value > best || float.IsNaN(value))
                {
                    best = value;
                    position = ((iy - (oy * w.StrideH) + w.Top) * w.PoolW) + ix - (ox * w.StrideW) + w.Left;
                }
            }
        }
        return (best, position);
    }

    /// <summary>The first line of the image in a window.</summary>
    private static int First(int window, int stride, int before)
    {
        var first = (window * stride) - before;
        return first > 0 ? first : 0;
    }

    /// <summary>The line of the image after a window.</summary>
    private static int End(int window, int extent, int pool, int stride, int before)
    {
        var end = (window * stride) - before + pool;
        return end < extent ? end : extent;
    }

    /// <summary>The first window that contains a line, counted from the first line of padding.</summary>
    private static int FirstWindow(int line, int pool, int stride) => line < pool ? 0 : ((line - pool) / stride) + 1;

    /// <summary>The window after the last that contains a line.</summary>
    private static int LastWindow(int line, int windows, int stride)
    {
        var end = (line / stride) + 1;
        return end < windows ? end : windows;
    }

    private static Lane Reciprocal(int n) => Lane.Broadcast(1f) / Lane.Broadcast(n);
}
