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
    public static void MaxPool2D(
        ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (outHeight * outWidth * channels))
        {
            y[i] = Largest(x, i, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left).Value;
        }
    }

    /// <summary>The row-major position in its window of each value that <see cref="MaxPool2D"/> takes: the first largest, or the last NaN.</summary>
    public static void MaxPool2DIndices(
        ArrayView<float> x, ArrayView<byte> indices, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (outHeight * outWidth * channels))
        {
            indices[i] = (byte)Largest(x, i, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left).Position;
        }
    }

    /// <summary><see cref="MaxPool2D"/> and <see cref="MaxPool2DIndices"/> in one pass.</summary>
    public static void MaxPool2DWithIndices(
        ArrayView<float> x, ArrayView<float> y, ArrayView<byte> indices, int height, int width, int channels, int outHeight, int outWidth,
        int poolH, int poolW, int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (outHeight * outWidth * channels))
        {
            var largest = Largest(x, i, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left);
            y[i] = largest.Value;
            indices[i] = (byte)largest.Position;
        }
    }

    /// <summary>dx[pixel] = Σ dy of the windows whose maximum the pixel was, by its positions from the forward pass.</summary>
    public static void MaxPool2DGradient(
        ArrayView<float> dy, ArrayView<byte> indices, ArrayView<float> dx, int height, int width, int channels, int outHeight, int outWidth,
        int poolH, int poolW, int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (height * width * channels))
        {
            return;
        }
        var c = i % channels;
        var ix = (i / channels % width) + left;
        var iy = (i / (channels * width) % height) + top;
        var sample = i / (channels * width * height);
        var endRow = LastWindow(iy, outHeight, strideH);
        var endColumn = LastWindow(ix, outWidth, strideW);
        var firstColumn = FirstWindow(ix, poolW, strideW);
        var sum = Lane.Zero;
        for (var oy = FirstWindow(iy, poolH, strideH); oy < endRow; oy++)
        {
            for (var ox = firstColumn; ox < endColumn; ox++)
            {
                var at = (((((sample * outHeight) + oy) * outWidth) + ox) * channels) + c;
                if (indices[at] == ((iy - (oy * strideH)) * poolW) + ix - (ox * strideW))
                {
                    sum += new Lane(dy[at]);
                }
            }
        }
        dx[i] = sum.Value;
    }

    /// <summary>The mean of each window's real pixels.</summary>
    public static void AveragePool2D(
        ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outHeight * outWidth * channels))
        {
            return;
        }
        var c = i % channels;
        var ox = i / channels % outWidth;
        var oy = i / (channels * outWidth) % outHeight;
        var sample = i / (channels * outWidth * outHeight);
        var firstRow = First(oy, strideH, top);
        var endRow = End(oy, height, poolH, strideH, top);
        var firstColumn = First(ox, strideW, left);
        var endColumn = End(ox, width, poolW, strideW, left);
        var sum = Lane.Zero;
        for (var iy = firstRow; iy < endRow; iy++)
        {
            for (var ix = firstColumn; ix < endColumn; ix++)
            {
                sum += new Lane(x[(((((sample * height) + iy) * width) + ix) * channels) + c]);
            }
        }
        y[i] = (sum * Reciprocal((endRow - firstRow) * (endColumn - firstColumn))).Value;
    }

    /// <summary>dx[pixel] = Σ over the windows that the pixel is in of dy / (real pixels of the window).</summary>
    public static void AveragePool2DGradient(
        ArrayView<float> dy, ArrayView<float> dx, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (height * width * channels))
        {
            return;
        }
        // No window over an edge: all have the same number of pixels.
        var isInside = top == 0 && left == 0 && ((outHeight - 1) * strideH) + poolH <= height && ((outWidth - 1) * strideW) + poolW <= width;
        var c = i % channels;
        var ix = (i / channels % width) + left;
        var iy = (i / (channels * width) % height) + top;
        var sample = i / (channels * width * height);
        var endRow = LastWindow(iy, outHeight, strideH);
        var endColumn = LastWindow(ix, outWidth, strideW);
        var firstColumn = FirstWindow(ix, poolW, strideW);
        var sum = Lane.Zero;
        for (var oy = FirstWindow(iy, poolH, strideH); oy < endRow; oy++)
        {
            for (var ox = firstColumn; ox < endColumn; ox++)
            {
                var part = new Lane(dy[(((((sample * outHeight) + oy) * outWidth) + ox) * channels) + c]);
                if (!isInside)
                {
                    var pixels = (End(oy, height, poolH, strideH, top) - First(oy, strideH, top)) * (End(ox, width, poolW, strideW, left) - First(ox, strideW, left));
                    part *= Reciprocal(pixels);
                }
                sum += part;
            }
        }
        dx[i] = (isInside ? Reciprocal(poolH * poolW) * sum : sum).Value;
    }

    /// <summary>The largest pixel of the window of element <paramref name="i"/> of the result, and its position.</summary>
    private static (float Value, int Position) Largest(
        ArrayView<float> x, int i, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW, int strideH, int strideW,
        int top, int left)
    {
        var c = i % channels;
        var ox = i / channels % outWidth;
        var oy = i / (channels * outWidth) % outHeight;
        var sample = i / (channels * outWidth * outHeight);
        var firstRow = First(oy, strideH, top);
        var endRow = End(oy, height, poolH, strideH, top);
        var firstColumn = First(ox, strideW, left);
        var endColumn = End(ox, width, poolW, strideW, left);
        var best = x[(((((sample * height) + firstRow) * width) + firstColumn) * channels) + c];
        // Positions count from the window's corner, which may lie in the padding.
        var position = ((firstRow - (oy * strideH) + top) * poolW) + firstColumn - (ox * strideW) + left;
        for (var iy = firstRow; iy < endRow; iy++)
        {
            for (var ix = firstColumn; ix < endColumn; ix++)
            {
                var value = x[(((((sample * height) + iy) * width) + ix) * channels) + c];
                if (value > best || float.IsNaN(value))
                {
                    best = value;
                    position = ((iy - (oy * strideH) + top) * poolW) + ix - (ox * strideW) + left;
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
