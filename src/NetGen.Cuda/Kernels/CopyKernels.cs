using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Kernels that only move numbers; the meanings are those of NetGen.Runtime.CopyKernels. A thread makes an element of the result. Tensors are dense
/// and row-major, the batch first; the arguments are the operands, the result, constants, the batch.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CopyKernels
{
    /// <summary>mask_bc = 1 where c is label_b, else 0; all 0 where label_b is <paramref name="ignored"/>.</summary>
    public static void LabelMask(ArrayView<int> labels, ArrayView<float> mask, int rows, int classes, int ignored, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * rows * classes)
        {
            var label = labels[i / classes];
            mask[i] = label != ignored && label == i % classes ? 1f : 0f;
        }
    }

    /// <summary>The first <paramref name="count"/> of 16 numbers, given by their bits.</summary>
    public static void Numbers(
        ArrayView<float> y, int count, int n0, int n1, int n2, int n3, int n4, int n5, int n6, int n7, int n8, int n9, int n10, int n11, int n12,
        int n13, int n14, int n15, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= count)
        {
            return;
        }
        var low = i < 4 ? Of4(i, n0, n1, n2, n3) : Of4(i - 4, n4, n5, n6, n7);
        var high = i < 12 ? Of4(i - 8, n8, n9, n10, n11) : Of4(i - 12, n12, n13, n14, n15);
        y[i] = Lane.BroadcastInt(i < 8 ? low : high).Value;
    }

    private static int Of4(int i, int n0, int n1, int n2, int n3) => i < 2 ? (i == 0 ? n0 : n1) : i == 2 ? n2 : n3;

    /// <summary>Convolution weights turned by 180° and each matrix transposed: y[area − 1 − k, o, i] = w[k, i, o].</summary>
    public static void FlipTranspose(ArrayView<float> w, ArrayView<float> y, int area, int inputs, int outputs, int batch) => FlipNumbers(w, y, area, inputs, outputs);

    /// <inheritdoc cref="FlipTranspose"/>
    public static void FlipTransposeBFloat16(ArrayView<ushort> w, ArrayView<ushort> y, int area, int inputs, int outputs, int batch) => FlipNumbers(w, y, area, inputs, outputs);

    /// <summary>The same of each group: y[area − 1 − k, o, g·in + i] = w[k, i, g·out + o].</summary>
    public static void FlipTransposeGroups(ArrayView<float> w, ArrayView<float> y, int area, int inputs, int outputs, int groups, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var (row, column) = (inputs * groups, outputs * groups);
        if (i < area * outputs * row)
        {
            var (k, o, g, c) = (i / (outputs * row), i / row % outputs, i % row / inputs, i % inputs);
            y[i] = w[((((area - 1 - k) * inputs) + c) * column) + (g * outputs) + o];
        }
    }

    /// <summary>An image with zeros around it and between its lines: y[top + i·dilateH, left + j·dilateW, c] = x[i, j, c].</summary>
    public static void Pad2D(
        ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int top, int left,
        int dilateH, int dilateW, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outHeight * outWidth * channels))
        {
            return;
        }
        var c = i % channels;
        var column = (i / channels % outWidth) - left;
        var row = (i / (channels * outWidth) % outHeight) - top;
        var sample = i / (channels * outWidth * outHeight);
        var inside = row >= 0 && column >= 0 && row % dilateH == 0 && column % dilateW == 0 && row / dilateH < height && column / dilateW < width;
        y[i] = inside ? x[(((((sample * height) + (row / dilateH)) * width) + (column / dilateW)) * channels) + c] : 0f;
    }

    /// <summary>Every stepH-th row and stepW-th column from (top, left) on: y[i, j, c] = x[top + i·stepH, left + j·stepW, c].</summary>
    public static void Crop2D(
        ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int top, int left,
        int stepH, int stepW, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outHeight * outWidth * channels))
        {
            return;
        }
        var c = i % channels;
        var column = left + (i / channels % outWidth * stepW);
        var row = top + (i / (channels * outWidth) % outHeight * stepH);
        var sample = i / (channels * outWidth * outHeight);
        y[i] = x[(((((sample * height) + row) * width) + column) * channels) + c];
    }

    /// <summary>Runs of a and b in turn; outer runs per sample (perSample = 1) or in all (perSample = 0).</summary>
    public static void Concat2(
        ArrayView<float> a, ArrayView<float> b, ArrayView<float> y, int perSample, int outer, int lengthA, int lengthB, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var length = lengthA + lengthB;
        if (i >= Runs(perSample, outer, batch) * length)
        {
            return;
        }
        var run = i / length;
        var at = i - (run * length);
        y[i] = at < lengthA ? a[(run * lengthA) + at] : b[(run * lengthB) + at - lengthA];
    }

    /// <summary>Runs of a, b and c in turn.</summary>
    public static void Concat3(
        ArrayView<float> a, ArrayView<float> b, ArrayView<float> c, ArrayView<float> y, int perSample, int outer, int lengthA, int lengthB,
        int lengthC, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var length = lengthA + lengthB + lengthC;
        if (i >= Runs(perSample, outer, batch) * length)
        {
            return;
        }
        var run = i / length;
        var at = i - (run * length);
        if (at < lengthA)
        {
            y[i] = a[(run * lengthA) + at];
        }
        else if (at < lengthA + lengthB)
        {
            y[i] = b[(run * lengthB) + at - lengthA];
        }
        else
        {
            y[i] = c[(run * lengthC) + at - lengthA - lengthB];
        }
    }

    /// <summary>Runs of a, b, c and d in turn.</summary>
    public static void Concat4(
        ArrayView<float> a, ArrayView<float> b, ArrayView<float> c, ArrayView<float> d, ArrayView<float> y, int perSample, int outer,
        int lengthA, int lengthB, int lengthC, int lengthD, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var length = lengthA + lengthB + lengthC + lengthD;
        if (i >= Runs(perSample, outer, batch) * length)
        {
            return;
        }
        var run = i / length;
        var at = i - (run * length);
        if (at < lengthA)
        {
            y[i] = a[(run * lengthA) + at];
        }
        else if (at < lengthA + lengthB)
        {
            y[i] = b[(run * lengthB) + at - lengthA];
        }
        else if (at < lengthA + lengthB + lengthC)
        {
            y[i] = c[(run * lengthC) + at - lengthA - lengthB];
        }
        else
        {
            y[i] = d[(run * lengthD) + at - lengthA - lengthB - lengthC];
        }
    }

    /// <summary>
    /// Axes in another order, the last one among them: y[i0·to0 + i1·to1 + j·to + i] = x[i0·from0 + i1·from1 + i·from + j] in each sample of
    /// <paramref name="count"/> numbers. Where a number stands says its steps along the axes of the result.
    /// </summary>
    public static void Permute(
        ArrayView<float> x, ArrayView<float> y, int perSample, int count, int extent0, int from0, int to0, int extent1, int from1, int to1,
        int rows, int from, int columns, int to, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= Runs(perSample, 1, batch) * count)
        {
            return;
        }
        var at = i % count;
        y[i] = x[i - at + (at / to0 % extent0 * from0) + (at / to1 % extent1 * from1) + (at / to % columns) + (at % rows * from)];
    }

    /// <summary>Each run of x from element before on of a longer run of y; zeros around it.</summary>
    public static void PadAxis(ArrayView<float> x, ArrayView<float> y, int perSample, int outer, int sourceLength, int before, int length, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= Runs(perSample, outer, batch) * length)
        {
            return;
        }
        var at = (i % length) - before;
        y[i] = at >= 0 && at < sourceLength ? x[(i / length * sourceLength) + at] : 0f;
    }

    /// <summary>The same with a number around it, of which <paramref name="bits"/> are the bits.</summary>
    public static void PadAxisWith(
        ArrayView<float> x, ArrayView<float> y, int perSample, int outer, int sourceLength, int before, int length, int bits, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= Runs(perSample, outer, batch) * length)
        {
            return;
        }
        var at = (i % length) - before;
        y[i] = at >= 0 && at < sourceLength ? x[(i / length * sourceLength) + at] : Interop.IntAsFloat((uint)bits);
    }

    /// <summary>
    /// factor² channels of a pixel as a square of pixels: y[h·factor + a, w·factor + b, c] = x[h, w, (c·factor + a)·factor + b].
    /// </summary>
    public static void PixelShuffle(ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int factor, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (height * width * factor * factor * channels))
        {
            y[i] = x[InChannels(i, height, width, channels, factor)];
        }
    }

    /// <summary>A square of pixels as channels of one: y[h, w, (c·factor + a)·factor + b] = x[h·factor + a, w·factor + b, c].</summary>
    public static void PixelUnshuffle(ArrayView<float> x, ArrayView<float> y, int height, int width, int channels, int factor, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (height * width * factor * factor * channels))
        {
            y[InChannels(i, height, width, channels, factor)] = x[i];
        }
    }

    /// <summary>Where an element of the large image stands in the small one.</summary>
    private static int InChannels(int i, int height, int width, int channels, int factor)
    {
        var c = i % channels;
        var column = i / channels % (width * factor);
        var row = i / (channels * width * factor) % (height * factor);
        var sample = i / (channels * width * factor * height * factor);
        var pixel = (((sample * height) + (row / factor)) * width) + (column / factor);
        return (((((pixel * channels) + c) * factor) + (row % factor)) * factor) + (column % factor);
    }

    private static int Runs(int perSample, int outer, int batch) => perSample != 0 ? batch * outer : outer;

    private static void FlipNumbers<T>(ArrayView<T> w, ArrayView<T> y, int area, int inputs, int outputs)
        where T : unmanaged
    {
        var i = Grid.GlobalIndex.X;
        var matrix = inputs * outputs;
        if (i < area * matrix)
        {
            var within = i % matrix;
            y[i] = w[((area - 1 - (i / matrix)) * matrix) + (within % inputs * outputs) + (within / inputs)];
        }
    }
}
