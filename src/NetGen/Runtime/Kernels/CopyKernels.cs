using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <summary>
/// Kernels that only move numbers: transposes, padding, joining. Generated code calls them; they trust their arguments.
/// </summary>
/// <remarks>
/// All run-time kernels have the form <c>Name&lt;V&gt;(ref operands…, ref result, constants…, batch, worker, workers)</c>. Tensors are dense and
/// row-major, the batch first; each worker does its part and the parts together do everything.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CopyKernels
{
    /// <summary>y[j, i] = x[i, j] of a matrix of rows × columns without a batch.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Transpose<V>(ref float x, ref float y, int rows, int columns, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(columns, worker, workers);
        TransposeColumns(ref x, ref y, rows, columns, (int)begin, (int)end);
    }

    /// <summary>
    /// Convolution weights [kh, kw, in, out] with <paramref name="area"/> = kh · kw, turned by 180° and each matrix transposed:
    /// y[area − 1 − k, o, i] = w[k, i, o].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void FlipTranspose<V>(
        ref float w, ref float y, int area, int inputs, int outputs, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var matrix = inputs * outputs;
        var (begin, end) = Partition.Items(area * outputs, worker, workers);
        // The worker's columns (k, o), matrix by matrix.
        for (var start = (int)begin; start < end;)
        {
            var k = start / outputs;
            var first = start - (k * outputs);
            var last = Math.Min(outputs, first + (int)end - start);
            TransposeColumns(
                ref Unsafe.Add(ref w, k * matrix), ref Unsafe.Add(ref y, (area - 1 - k) * matrix), inputs, outputs, first, last);
            start += last - first;
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

    /// <summary>Elements start to start + length of each run of x.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Slice<V>(
        ref float x, ref float y, int perSample, int outer, int sourceLength, int start, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * outer : outer, worker, workers);
        CopyRuns<V>(ref Unsafe.Add(ref x, start), sourceLength, ref y, length, length, begin, end);
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
        where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= count - V.Count; i += V.Count)
            V.Zero.Store(ref Unsafe.Add(ref target, i));
        if (i < count)
            V.Zero.StorePartial(ref Unsafe.Add(ref target, i), count - i);
    }

    /// <summary>
    /// Columns first to last of x as rows of y, in blocks of 16 × 16: a block is 16 cache lines on each side, which stay in the first-level
    /// cache while they are used. Whole 8 × 8 squares go through registers where there is AVX.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    private static void TransposeColumns(ref float x, ref float y, int rows, int columns, int first, int last)
    {
        const int Block = 16;
        for (var columnBlock = first; columnBlock < last; columnBlock += Block)
        {
            var columnEnd = Math.Min(columnBlock + Block, last);
            for (var rowBlock = 0; rowBlock < rows; rowBlock += Block)
            {
                var rowEnd = Math.Min(rowBlock + Block, rows);
                var j = columnBlock;
                for (; Avx.IsSupported && j <= columnEnd - 8; j += 8)
                {
                    var i = rowBlock;
                    for (; i <= rowEnd - 8; i += 8)
                        Transpose8x8(ref Unsafe.Add(ref x, ((nint)i * columns) + j), columns, ref Unsafe.Add(ref y, ((nint)j * rows) + i), rows);
                    TransposeElements(ref x, ref y, rows, columns, i, rowEnd, j, j + 8);
                }
                TransposeElements(ref x, ref y, rows, columns, rowBlock, rowEnd, j, columnEnd);
            }
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void TransposeElements(
        ref float x, ref float y, int rows, int columns, int firstRow, int lastRow, int firstColumn, int lastColumn)
    {
        for (var j = firstColumn; j < lastColumn; j++)
        {
            for (var i = firstRow; i < lastRow; i++)
                Unsafe.Add(ref y, ((nint)j * rows) + i) = Unsafe.Add(ref x, ((nint)i * columns) + j);
        }
    }

    /// <summary>Pairs of rows are interleaved, then pairs of pairs, then the halves of the registers change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8x8(ref float x, nint xStride, ref float y, nint yStride)
    {
        var r0 = Vector256.LoadUnsafe(ref x);
        var r1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, xStride));
        var r2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 2 * xStride));
        var r3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 3 * xStride));
        var r4 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 4 * xStride));
        var r5 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 5 * xStride));
        var r6 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 6 * xStride));
        var r7 = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 7 * xStride));

        var (a0, a1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (a2, a3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (a4, a5) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
        var (a6, a7) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));

        var (b0, b1) = (Avx.Shuffle(a0, a2, 0x44), Avx.Shuffle(a0, a2, 0xEE));
        var (b2, b3) = (Avx.Shuffle(a1, a3, 0x44), Avx.Shuffle(a1, a3, 0xEE));
        var (b4, b5) = (Avx.Shuffle(a4, a6, 0x44), Avx.Shuffle(a4, a6, 0xEE));
        var (b6, b7) = (Avx.Shuffle(a5, a7, 0x44), Avx.Shuffle(a5, a7, 0xEE));

        Avx.Permute2x128(b0, b4, 0x20).StoreUnsafe(ref y);
        Avx.Permute2x128(b1, b5, 0x20).StoreUnsafe(ref Unsafe.Add(ref y, yStride));
        Avx.Permute2x128(b2, b6, 0x20).StoreUnsafe(ref Unsafe.Add(ref y, 2 * yStride));
        Avx.Permute2x128(b3, b7, 0x20).StoreUnsafe(ref Unsafe.Add(ref y, 3 * yStride));
        Avx.Permute2x128(b0, b4, 0x31).StoreUnsafe(ref Unsafe.Add(ref y, 4 * yStride));
        Avx.Permute2x128(b1, b5, 0x31).StoreUnsafe(ref Unsafe.Add(ref y, 5 * yStride));
        Avx.Permute2x128(b2, b6, 0x31).StoreUnsafe(ref Unsafe.Add(ref y, 6 * yStride));
        Avx.Permute2x128(b3, b7, 0x31).StoreUnsafe(ref Unsafe.Add(ref y, 7 * yStride));
    }
}
