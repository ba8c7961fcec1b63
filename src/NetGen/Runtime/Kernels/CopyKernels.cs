using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Kernels that only move numbers: transposes, padding, joining. Generated code calls them; they trust their arguments.
/// </summary>
/// <remarks>
/// All run-time kernels have the form <c>Name&lt;V&gt;(ref operands…, ref result, constants…, batch, worker, workers)</c>. Tensors are
/// dense and row-major, the batch first; each worker does its part and the parts together do everything.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CopyKernels
{
    /// <summary>The floats of a cache line.</summary>
    private const int Line = 16;

    /// <summary>mask_bc = 1 where c is label_b, else 0; all 0 where label_b is <paramref name="ignored"/>.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void LabelMask<V>(ref int labels, ref float mask, int rows, int classes, int ignored, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var b = begin; b < end; b++)
        {
            ref var row = ref Unsafe.Add(ref mask, b * classes);
            var c = 0;
            for (; c <= classes - V.Count; c += V.Count)
                V.Zero.Store(ref Unsafe.Add(ref row, c));
            V.Zero.StorePartial(ref Unsafe.Add(ref row, c), classes - c);
            var label = Unsafe.Add(ref labels, b);
            if (label != ignored)
                Unsafe.Add(ref row, label) = 1f;
        }
    }

    /// <summary>The first <paramref name="count"/> of 16 numbers, given by their bits.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Numbers<V>(
        ref float y, int count, int n0, int n1, int n2, int n3, int n4, int n5, int n6, int n7, int n8, int n9, int n10, int n11, int n12, int n13,
        int n14, int n15, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        if (worker != 0)
            return;
        ReadOnlySpan<int> bits = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15];
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref y, i) = BitConverter.Int32BitsToSingle(bits[i]);
    }

    /// <summary>y[j, i] = x[i, j] of a matrix of rows × columns without a batch.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Transpose<V>(ref float x, ref float y, int rows, int columns, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        // The workers share the longer side, a cache line at a time.
        var side = Math.Max(rows, columns);
        var (begin, end) = Partition.Items((side + Line - 1) / Line, worker, workers);
        var first = (int)begin * Line;
        var last = Math.Min((int)end * Line, side);
        if (rows > columns)
            TransposePart<V>(ref x, ref y, rows, columns, first, last, 0, columns);
        else
            TransposePart<V>(ref x, ref y, rows, columns, 0, rows, first, last);
    }

    /// <summary>
    /// Axes in another order, the last one among them: in each sample of <paramref name="count"/> numbers y[i0·to0 + i1·to1 + j·to + i] =
    /// x[i0·from0 + i1·from1 + i·from + j] for all i0 &lt; extent0, i1 &lt; extent1, i &lt; rows, j &lt; columns.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Permute<V>(
        ref float x, ref float y, int perSample, int count, int extent0, int from0, int to0, int extent1, int from1, int to1,
        int rows, int from, int columns, int to, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (columns + Line - 1) / Line;
        var (begin, end) = Partition.Items((perSample != 0 ? (nint)batch : 1) * extent0 * extent1 * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var matrix = item / blocks;
            var first = (int)(item - (matrix * blocks)) * Line;
            var outer = matrix / extent1;
            var i1 = matrix - (outer * extent1);
            var sample = outer / extent0;
            var i0 = outer - (sample * extent0);
            TransposePart<V>(
                ref Unsafe.Add(ref x, (sample * count) + (i0 * from0) + (i1 * from1)), ref Unsafe.Add(ref y, (sample * count) + (i0 * to0) + (i1 * to1)),
                to, from, 0, rows, first, Math.Min(first + Line, columns));
        }
    }

    /// <summary>
    /// Convolution weights [kh, kw, in, out] with <paramref name="area"/> = kh · kw, turned by 180° and each matrix transposed:
    /// y[area − 1 − k, o, i] = w[k, i, o].
    /// </summary>
    public static void FlipTranspose<V>(
        ref float w, ref float y, int area, int inputs, int outputs, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        FlipTransposeGroups<V>(ref w, ref y, area, inputs, outputs, 1, batch, worker, workers);

    /// <summary>
    /// The same of each group: [kh, kw, in, groups·out] to y[area − 1 − k, o, g·in + i] = w[k, i, g·out + o].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void FlipTransposeGroups<V>(
        ref float w, ref float y, int area, int inputs, int outputs, int groups, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var matrix = inputs * outputs * groups;
        var blocks = (outputs + Line - 1) / Line;
        var (begin, end) = Partition.Items((nint)area * groups * blocks, worker, workers);
        for (var block = (int)begin; block < end; block++)
        {
            var item = block / blocks;
            var (k, g) = (item / groups, item % groups);
            var first = (block - (item * blocks)) * Line;
            TransposePart<V>(
                ref Unsafe.Add(ref w, (k * matrix) + (g * outputs)), ref Unsafe.Add(ref y, ((area - 1 - k) * matrix) + (g * inputs)),
                inputs * groups, outputs * groups, 0, inputs, first, Math.Min(first + Line, outputs));
        }
    }

    /// <summary>
    /// An image with zeros around it and between its lines: y[top + i·dilateH, left + j·dilateW, c] = x[i, j, c], other elements 0.
    /// x is [batch, height, width, channels], y is [batch, outHeight, outWidth, channels].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Pad2D<V>(
        ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int top, int left,
        int dilateH, int dilateW, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * outHeight, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / outHeight;
            var line = row - (sample * outHeight) - top;
            var i = line / dilateH;
            ref var target = ref Unsafe.Add(ref y, row * outWidth * channels);
            if (line < 0 || i >= height || i * dilateH != line)
            {
                Clear<V>(ref target, outWidth * channels);
                continue;
            }
            ref var source = ref Unsafe.Add(ref x, ((sample * height) + i) * width * channels);
            Clear<V>(ref target, left * channels);
            target = ref Unsafe.Add(ref target, left * channels);
            if (dilateW == 1)
            {
                Copy<V>(ref source, ref target, width * channels);
                target = ref Unsafe.Add(ref target, width * channels);
            }
            else
            {
                for (var j = 0; j < width; j++)
                {
                    Copy<V>(ref Unsafe.Add(ref source, j * channels), ref target, channels);
                    target = ref Unsafe.Add(ref target, channels);
                    if (j == width - 1)
                        break;
                    Clear<V>(ref target, (dilateW - 1) * channels);
                    target = ref Unsafe.Add(ref target, (dilateW - 1) * channels);
                }
            }
            Clear<V>(ref target, (outWidth - left - ((width - 1) * dilateW) - 1) * channels);
        }
    }

    /// <summary>
    /// Every stepH-th row and stepW-th column from (top, left) on: y[i, j, c] = x[top + i·stepH, left + j·stepW, c]. x is
    /// [batch, height, width, channels], y is [batch, outHeight, outWidth, channels].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Crop2D<V>(
        ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int top, int left,
        int stepH, int stepW, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * outHeight, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / outHeight;
            var line = top + ((row - (sample * outHeight)) * stepH);
            ref var target = ref Unsafe.Add(ref y, row * outWidth * channels);
            ref var source = ref Unsafe.Add(ref x, ((((sample * height) + line) * width) + left) * channels);
            if (stepW == 1)
            {
                Copy<V>(ref source, ref target, outWidth * channels);
                continue;
            }
            for (var j = 0; j < outWidth; j++)
                Copy<V>(ref Unsafe.Add(ref source, j * stepW * channels), ref Unsafe.Add(ref target, j * channels), channels);
        }
    }

    /// <summary>
    /// Runs of a and b in turn. A tensor has <paramref name="outer"/> runs per sample (perSample = 1) or in all (perSample = 0).
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Concat<V>(
        ref float a, ref float b, ref float y, int perSample, int outer, int lengthA, int lengthB, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        var length = lengthA + lengthB;
        CopyRuns<V>(ref a, lengthA, ref y, length, lengthA, begin, end);
        CopyRuns<V>(ref b, lengthB, ref Unsafe.Add(ref y, lengthA), length, lengthB, begin, end);
    }

    /// <summary>Runs of a, b and c in turn.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Concat<V>(
        ref float a, ref float b, ref float c, ref float y, int perSample, int outer, int lengthA, int lengthB, int lengthC,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        var length = lengthA + lengthB + lengthC;
        CopyRuns<V>(ref a, lengthA, ref y, length, lengthA, begin, end);
        CopyRuns<V>(ref b, lengthB, ref Unsafe.Add(ref y, lengthA), length, lengthB, begin, end);
        CopyRuns<V>(ref c, lengthC, ref Unsafe.Add(ref y, lengthA + lengthB), length, lengthC, begin, end);
    }

    /// <summary>Runs of a, b, c and d in turn.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Concat<V>(
        ref float a, ref float b, ref float c, ref float d, ref float y, int perSample, int outer, int lengthA, int lengthB, int lengthC,
        int lengthD, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        var length = lengthA + lengthB + lengthC + lengthD;
        CopyRuns<V>(ref a, lengthA, ref y, length, lengthA, begin, end);
        CopyRuns<V>(ref b, lengthB, ref Unsafe.Add(ref y, lengthA), length, lengthB, begin, end);
        CopyRuns<V>(ref c, lengthC, ref Unsafe.Add(ref y, lengthA + lengthB), length, lengthC, begin, end);
        CopyRuns<V>(ref d, lengthD, ref Unsafe.Add(ref y, lengthA + lengthB + lengthC), length, lengthD, begin, end);
    }

    /// <summary>Each run of x from element before on of a longer run of y; zeros around it.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void PadAxis<V>(
        ref float x, ref float y, int perSample, int outer, int sourceLength, int before, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        var after = length - before - sourceLength;
        for (var run = begin; run < end; run++)
        {
            ref var target = ref Unsafe.Add(ref y, run * length);
            Clear<V>(ref target, before);
            Copy<V>(ref Unsafe.Add(ref x, run * sourceLength), ref Unsafe.Add(ref target, before), sourceLength);
            Clear<V>(ref Unsafe.Add(ref target, before + sourceLength), after);
        }
    }

    /// <summary>The same with a number around it, of which <paramref name="bits"/> are the bits.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void PadAxisWith<V>(
        ref float x, ref float y, int perSample, int outer, int sourceLength, int before, int length, int bits, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        var value = V.BroadcastInt(bits);
        for (var run = begin; run < end; run++)
        {
            ref var target = ref Unsafe.Add(ref y, run * length);
            Fill(value, ref target, before);
            Copy<V>(ref Unsafe.Add(ref x, run * sourceLength), ref Unsafe.Add(ref target, before), sourceLength);
            Fill(value, ref Unsafe.Add(ref target, before + sourceLength), length - before - sourceLength);
        }
    }

    /// <summary>
    /// factor² channels of a pixel as a square of pixels: y[h·factor + a, w·factor + b, c] = x[h, w, (c·factor + a)·factor + b]. x is
    /// [batch, height, width,
    /// channels·factor²], y is [batch, height·factor, width·factor, channels].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void PixelShuffle<V>(
        ref float x, ref float y, int height, int width, int channels, int factor, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var square = factor * factor;
        var (begin, end) = Partition.Items((nint)batch * height * factor, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var line = row / factor;
            ref var source = ref Unsafe.Add(ref x, (line * width * channels * square) + ((row - (line * factor)) * factor));
            ref var target = ref Unsafe.Add(ref y, row * width * factor * channels);
            for (nint w = 0; w < width; w++)
            {
                TransposePart<V>(
                    ref Unsafe.Add(ref source, w * channels * square), ref Unsafe.Add(ref target, w * factor * channels), channels, square,
                    0, channels, 0, factor);
            }
        }
    }

    /// <summary>
    /// A square of pixels as channels of one: y[h, w, (c·factor + a)·factor + b] = x[h·factor + a, w·factor + b, c]. x is [batch,
    /// height·factor, width·factor, channels], y is
    /// [batch, height, width, channels·factor²].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void PixelUnshuffle<V>(
        ref float x, ref float y, int height, int width, int channels, int factor, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var square = factor * factor;
        var (begin, end) = Partition.Items((nint)batch * height, worker, workers);
        for (var line = begin; line < end; line++)
        {
            for (var a = 0; a < factor; a++)
            {
                ref var source = ref Unsafe.Add(ref x, ((line * factor) + a) * width * factor * channels);
                ref var target = ref Unsafe.Add(ref y, (line * width * channels * square) + (a * factor));
                for (nint w = 0; w < width; w++)
                {
                    TransposePart<V>(
                        ref Unsafe.Add(ref source, w * factor * channels), ref Unsafe.Add(ref target, w * channels * square), square, channels,
                        0, factor, 0, channels);
                }
            }
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void CopyRuns<V>(
        ref float source, int sourceStride, ref float target, int targetStride, int length, nint start, nint end)
        where V : struct, IVector<V>
    {
        for (var run = start; run < end; run++)
            Copy<V>(ref Unsafe.Add(ref source, run * sourceStride), ref Unsafe.Add(ref target, run * targetStride), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy<V>(ref float source, ref float target, int count)
        where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            V.Load(in Unsafe.Add(ref source, i)).Store(ref Unsafe.Add(ref target, i));
        if (i < count)
            V.LoadPartial(in Unsafe.Add(ref source, i), count - i).StorePartial(ref Unsafe.Add(ref target, i), count - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Clear<V>(ref float target, int count)
        where V : struct, IVector<V> => Fill(V.Zero, ref target, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill<V>(V value, ref float target, int count)
        where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            value.Store(ref Unsafe.Add(ref target, i));
        if (i < count)
            value.StorePartial(ref Unsafe.Add(ref target, i), count - i);
    }

    /// <summary>
    /// Rows and columns from first to before end of x, as columns and rows of y. Squares of a vector's lanes go through registers, cache
    /// line after cache line on both sides; narrower vectors do the edges.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    internal static void TransposePart<V>(
        ref float x, ref float y, int rows, int columns, int firstRow, int endRow, int firstColumn, int endColumn)
        where V : struct, IVector<V>
    {
        var wholeRows = endRow - ((endRow - firstRow) % V.Count);
        var wholeColumns = endColumn - ((endColumn - firstColumn) % V.Count);
        for (var columnBlock = firstColumn; columnBlock < wholeColumns; columnBlock += Line)
        {
            var columnBlockEnd = Math.Min(columnBlock + Line, wholeColumns);
            for (var rowBlock = firstRow; rowBlock < wholeRows; rowBlock += Line)
            {
                var rowBlockEnd = Math.Min(rowBlock + Line, wholeRows);
                for (var j = columnBlock; j < columnBlockEnd; j += V.Count)
                {
                    for (var i = rowBlock; i < rowBlockEnd; i += V.Count)
                        V.Transpose(in Unsafe.Add(ref x, ((nint)i * columns) + j), columns, ref Unsafe.Add(ref y, ((nint)j * rows) + i), rows);
                }
            }
        }
        TransposeEdge<V>(ref x, ref y, rows, columns, wholeRows, endRow, firstColumn, endColumn);
        TransposeEdge<V>(ref x, ref y, rows, columns, firstRow, wholeRows, wholeColumns, endColumn);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEdge<V>(
        ref float x, ref float y, int rows, int columns, int firstRow, int endRow, int firstColumn, int endColumn)
        where V : struct, IVector<V>
    {
        var side = Math.Min(endRow - firstRow, endColumn - firstColumn);
        if (side == 0)
            return;
        if (V.Count > V256.Count && side >= V256.Count)
            TransposePart<V256>(ref x, ref y, rows, columns, firstRow, endRow, firstColumn, endColumn);
        else if (V.Count > V128.Count && side >= V128.Count)
            TransposePart<V128>(ref x, ref y, rows, columns, firstRow, endRow, firstColumn, endColumn);
        else if (V.Count > V1.Count)
            TransposePart<V1>(ref x, ref y, rows, columns, firstRow, endRow, firstColumn, endColumn);
    }
}
