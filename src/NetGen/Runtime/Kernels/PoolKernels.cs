using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Windows over images [batch, height, width, channels], vectorized over the channels. See <see cref="CopyKernels"/> for the form.
/// Constants of all: the image's height, width, channels; the number of windows outHeight × outWidth; the window poolH × poolW; the
/// stride; the lines of padding before the image (those after it follow from the number of windows).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PoolKernels
{
    /// <summary>The largest value of each window; padding does not count, a NaN wins.</summary>
    public static void MaxPool2D<V>(
        ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Max<V, Values>(
            ref x, ref y, ref Unsafe.NullRef<byte>(), height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left,
            batch, worker, workers);

    /// <summary>The row-major position in its window of each value that <see cref="MaxPool2D"/> takes: the first largest, or the last NaN.</summary>
    public static void MaxPool2DIndices<V>(
        ref float x, ref byte indices, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Max<V, Positions>(
            ref x, ref Unsafe.NullRef<float>(), ref indices, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top,
            left, batch, worker, workers);

    /// <summary><see cref="MaxPool2D"/> and <see cref="MaxPool2DIndices"/> in one pass.</summary>
    public static void MaxPool2DWithIndices<V>(
        ref float x, ref float y, ref byte indices, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Max<V, Both>(
            ref x, ref y, ref indices, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left, batch, worker,
            workers);

    /// <summary>dx[pixel] = Σ dy of the windows whose maximum the pixel was, by its positions from the forward pass.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void MaxPool2DGradient<V>(
        ref float dy, ref byte indices, ref float dx, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        if (IsDisjoint(height, width, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left))
        {
            Spread<V, ToPosition<V>>(
                ref dy, ref indices, ref dx, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, batch, worker, workers);
            return;
        }
        var (nextRow, nextColumn) = (V.Broadcast(strideH * poolW), V.Broadcast(strideW));
        var line = (nint)outWidth * channels;
        var (begin, end) = Partition.Items((nint)batch * height, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / height;
            var iy = (int)(row - (sample * height)) + top;
            var rows = new Covering(iy, outHeight, poolH, strideH);
            ref var target = ref Unsafe.Add(ref dx, row * width * channels);
            if (rows.First >= rows.End)
            {
                CopyKernels.Clear<V>(ref target, width * channels);
                continue;
            }
            // Columns are walked with their covering windows [first, last) and no division.
            int first = 0, last = 0;
            for (var ix = left; ix < width + left; ix++)
            {
                while (last < outWidth && last * strideW <= ix)
                    last++;
                while (first < last && (first * strideW) + poolW <= ix)
                    first++;
                // Where the pixel lies in the first of its windows; in the next ones it lies a stride nearer to their corner.
                var here = V.Broadcast(((iy - (rows.First * strideH)) * poolW) + ix - (first * strideW));
                var from = ((((sample * outHeight) + rows.First) * outWidth) + first) * channels;
                var (down, across) = (rows.End - rows.First, last - first);
                var c = 0;
                for (; c <= channels - V.Count; c += V.Count)
                {
                    Gather(
                        ref Unsafe.Add(ref dy, from + c), ref Unsafe.Add(ref indices, from + c), here, nextRow, nextColumn, down, across, line,
                        channels, V.Count).Store(ref Unsafe.Add(ref target, c));
                }
                if (c < channels)
                {
                    Gather(
                        ref Unsafe.Add(ref dy, from + c), ref Unsafe.Add(ref indices, from + c), here, nextRow, nextColumn, down, across, line,
                        channels, channels - c).StorePartial(ref Unsafe.Add(ref target, c), channels - c);
                }
                target = ref Unsafe.Add(ref target, channels);
            }
        }
    }

    /// <summary>Σ dy of those of some windows, down × across, whose position is <paramref name="here"/>, counted from each window's corner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gather<V>(
        ref float dy, ref byte indices, V here, V nextRow, V nextColumn, int down, int across, nint line, int channels, int count)
        where V : struct, IVector<V>
    {
        var sum = V.Zero;
        for (var i = 0; i < down; i++)
        {
            var position = here;
            nint at = 0;
            for (var j = 0; j < across; j++)
            {
                var index = count == V.Count
                    ? V.LoadBytes(in Unsafe.Add(ref indices, at))
                    : V.LoadBytesPartial(in Unsafe.Add(ref indices, at), count);
                sum += V.And(V.Equal(index, position), LoadAt<V>(ref dy, at, count));
                position -= nextColumn;
                at += channels;
            }
            here -= nextRow;
            dy = ref Unsafe.Add(ref dy, line);
            indices = ref Unsafe.Add(ref indices, line);
        }
        return sum;
    }

    /// <summary>The mean of each window's real pixels.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void AveragePool2D<V>(
        ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var line = (nint)width * channels;
        var (begin, end) = Partition.Items((nint)batch * outHeight, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / outHeight;
            var rows = new Covered((int)(row - (sample * outHeight)), height, poolH, strideH, top);
            for (var ox = 0; ox < outWidth; ox++)
            {
                var columns = new Covered(ox, width, poolW, strideW, left);
                var scale = V.Broadcast(1f / (rows.Count * columns.Count));
                ref var origin = ref Unsafe.Add(ref x, ((((sample * height) + rows.First) * width) + columns.First) * channels);
                ref var target = ref Unsafe.Add(ref y, ((row * outWidth) + ox) * channels);
                var c = 0;
                for (; c <= channels - V.Count; c += V.Count)
                    (Sum<V>(ref Unsafe.Add(ref origin, c), rows.Count, columns.Count, line, channels, V.Count) * scale).Store(ref Unsafe.Add(ref target, c));
                if (c < channels)
                {
                    (Sum<V>(ref Unsafe.Add(ref origin, c), rows.Count, columns.Count, line, channels, channels - c) * scale)
                        .StorePartial(ref Unsafe.Add(ref target, c), channels - c);
                }
            }
        }
    }

    /// <summary>dx[pixel] = Σ over the windows that the pixel is in of dy / (real pixels of the window).</summary>
    [MethodImpl(Jit.Kernel)]
    public static void AveragePool2DGradient<V>(
        ref float dy, ref float dx, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        if (IsDisjoint(height, width, outHeight, outWidth, poolH, poolW, strideH, strideW, top, left))
        {
            Spread<V, ToAll<V>>(
                ref dy, ref Unsafe.NullRef<byte>(), ref dx, height, width, channels, outHeight, outWidth, poolH, poolW, strideH, strideW, batch,
                worker, workers);
            return;
        }
        // No window over an edge: all have the same number of pixels.
        var isInside = top == 0 && left == 0 && ((outHeight - 1) * strideH) + poolH <= height && ((outWidth - 1) * strideW) + poolW <= width;
        var scale = V.Broadcast(1f / (poolH * poolW));
        var line = (nint)outWidth * channels;
        var (begin, end) = Partition.Items((nint)batch * height, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / height;
            var rows = new Covering((int)(row - (sample * height)) + top, outHeight, poolH, strideH);
            ref var target = ref Unsafe.Add(ref dx, row * width * channels);
            for (var ix = 0; ix < width; ix++)
            {
                var columns = new Covering(ix + left, outWidth, poolW, strideW);
                var from = ((((sample * outHeight) + rows.First) * outWidth) + columns.First) * channels;
                for (var c = 0; c < channels; c += V.Count)
                {
                    var count = Math.Min(V.Count, channels - c);
                    V sum;
                    if (isInside)
                    {
                        ref var first = ref Unsafe.Add(ref dy, from + c);
                        var (down, across) = (rows.End - rows.First, columns.End - columns.First);
                        sum = scale * (count == V.Count
                            ? Sum<V>(ref first, down, across, line, channels, V.Count)
                            : Sum<V>(ref first, down, across, line, channels, count));
                    }
                    else
                    {
                        sum = V.Zero;
                        for (var oy = rows.First; oy < rows.End; oy++)
                        {
                            var rowCount = new Covered(oy, height, poolH, strideH, top).Count;
                            for (var ox = columns.First; ox < columns.End; ox++)
                            {
                                var share = V.Broadcast(1f / (rowCount * new Covered(ox, width, poolW, strideW, left).Count));
                                sum += LoadAt<V>(ref dy, (((((sample * outHeight) + oy) * outWidth) + ox) * channels) + c, count) * share;
                            }
                        }
                    }
                    StoreAt(sum, ref target, c, count);
                }
                target = ref Unsafe.Add(ref target, channels);
            }
        }
    }

    /// <summary>The sum of down × across pixels from the first one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(ref float first, int down, int across, nint line, int channels, int count)
        where V : struct, IVector<V>
    {
        var sum = V.Zero;
        for (var i = 0; i < down; i++)
        {
            nint at = 0;
            for (var j = 0; j < across; j++)
            {
                sum += LoadAt<V>(ref first, at, count);
                at += channels;
            }
            first = ref Unsafe.Add(ref first, line);
        }
        return sum;
    }

    [MethodImpl(Jit.Kernel)]
    private static void Max<V, TWhat>(
        ref float x, ref float y, ref byte indices, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int top, int left, int batch, int worker, int workers)
        where V : struct, IVector<V>
        where TWhat : struct, IWhat
    {
        var line = (nint)width * channels;
        var (begin, end) = Partition.Items((nint)batch * outHeight, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / outHeight;
            var oy = (int)(row - (sample * outHeight));
            var rows = new Covered(oy, height, poolH, strideH, top);
            for (var ox = 0; ox < outWidth; ox++)
            {
                var columns = new Covered(ox, width, poolW, strideW, left);
                var origin = (((sample * height) + rows.First) * width) + columns.First;
                // Positions count from the window's corner, which may lie in the padding.
                var corner = ((rows.First - (oy * strideH) + top) * poolW) + columns.First - (ox * strideW) + left;
                var to = ((row * outWidth) + ox) * channels;
                var c = 0;
                for (; c <= channels - V.Count; c += V.Count)
                {
                    var best = Largest<V, TWhat>(
                        ref Unsafe.Add(ref x, (origin * channels) + c), corner, rows.Count, columns.Count, line, channels, poolW, V.Count, out var position);
                    if (TWhat.Values)
                        best.Store(ref Unsafe.Add(ref y, to + c));
                    if (TWhat.Positions)
                        position.StoreBytes(ref Unsafe.Add(ref indices, to + c));
                }
                if (c < channels)
                {
                    var count = channels - c;
                    var best = Largest<V, TWhat>(
                        ref Unsafe.Add(ref x, (origin * channels) + c), corner, rows.Count, columns.Count, line, channels, poolW, count, out var position);
                    if (TWhat.Values)
                        best.StorePartial(ref Unsafe.Add(ref y, to + c), count);
                    if (TWhat.Positions)
                        position.StoreBytesPartial(ref Unsafe.Add(ref indices, to + c), count);
                }
            }
        }
    }

    /// <summary>The largest of down × across pixels from the first one on, and its position; the first one's is <paramref name="corner"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest<V, TWhat>(
        ref float first, int corner, int down, int across, nint line, int channels, int poolW, int count, out V position)
        where V : struct, IVector<V>
        where TWhat : struct, IWhat
    {
        var best = LoadAt<V>(ref first, 0, count);
        position = V.Broadcast(corner);
        var here = position;
        var nextRow = V.Broadcast(poolW - across);
        var one = V.Broadcast(1f);
        for (var i = 0; i < down; i++)
        {
            nint at = 0;
            for (var j = 0; j < across; j++)
            {
                var value = LoadAt<V>(ref first, at, count);
                // Kept unless the new value is larger or NaN.
                var keep = V.AndNot(V.Equal(value, value), V.Greater(value, best));
                best = V.Select(keep, best, value);
                if (TWhat.Positions)
                {
                    position = V.Select(keep, position, here);
                    here += one;
                }
                at += channels;
            }
            here += nextRow;
            first = ref Unsafe.Add(ref first, line);
        }
        return best;
    }

    /// <summary>No pixel in two windows and no window over an edge: then each window can write its own pixels.</summary>
    private static bool IsDisjoint(
        int height, int width, int outHeight, int outWidth, int poolH, int poolW, int strideH, int strideW, int top, int left) =>
        top == 0 && left == 0 && strideH >= poolH && strideW >= poolW
        && ((outHeight - 1) * strideH) + poolH <= height && ((outWidth - 1) * strideW) + poolW <= width;

    /// <summary>The gradient of disjoint windows: each reads its dy once and writes the pixels from its corner to the next window's.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Spread<V, TRule>(
        ref float dy, ref byte indices, ref float dx, int height, int width, int channels, int outHeight, int outWidth, int poolH, int poolW,
        int strideH, int strideW, int batch, int worker, int workers)
        where V : struct, IVector<V>
        where TRule : struct, IRule<V>
    {
        var scale = V.Broadcast(1f / (poolH * poolW));
        var line = width * channels;
        var (begin, end) = Partition.Items((nint)batch * outHeight, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var sample = row / outHeight;
            var oy = (int)(row - (sample * outHeight));
            ref var corner = ref Unsafe.Add(ref dx, ((sample * height) + (oy * strideH)) * line);
            for (var ox = 0; ox < outWidth; ox++)
            {
                ref var target = ref Unsafe.Add(ref corner, ox * strideW * channels);
                var from = ((row * outWidth) + ox) * channels;
                var c = 0;
                for (; c <= channels - V.Count; c += V.Count)
                {
                    var g = TRule.Gradient(V.Load(in Unsafe.Add(ref dy, from + c)), scale);
                    var index = TRule.ReadsPosition ? V.LoadBytes(in Unsafe.Add(ref indices, from + c)) : V.Zero;
                    SpreadWindow<V, TRule>(g, index, ref Unsafe.Add(ref target, c), line, channels, poolH, poolW);
                }
                if (c < channels)
                {
                    var count = channels - c;
                    var g = TRule.Gradient(V.LoadPartial(in Unsafe.Add(ref dy, from + c), count), scale);
                    var index = TRule.ReadsPosition ? V.LoadBytesPartial(in Unsafe.Add(ref indices, from + c), count) : V.Zero;
                    var here = V.Zero;
                    for (var i = 0; i < poolH; i++)
                    {
                        for (var j = 0; j < poolW; j++)
                        {
                            TRule.Part(g, index, here).StorePartial(ref Unsafe.Add(ref target, (i * line) + (j * channels) + c), count);
                            here += V.Broadcast(1f);
                        }
                    }
                }
            }
            // What no window reads: between and after the windows of these rows, and the rows before the next windows.
            var rows = oy == outHeight - 1 ? height - (oy * strideH) : strideH;
            for (var i = 0; i < rows; i++)
            {
                ref var target = ref Unsafe.Add(ref corner, i * line);
                if (i >= poolH)
                {
                    CopyKernels.Clear<V>(ref target, line);
                    continue;
                }
                for (var ox = 0; ox < outWidth - 1 && strideW > poolW; ox++)
                    CopyKernels.Clear<V>(ref Unsafe.Add(ref target, ((ox * strideW) + poolW) * channels), (strideW - poolW) * channels);
                var used = ((outWidth - 1) * strideW) + poolW;
                CopyKernels.Clear<V>(ref Unsafe.Add(ref target, used * channels), (width - used) * channels);
            }
        }
    }

    /// <summary>One vector of channels of a window, from its corner on. The window that most networks have needs no loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadWindow<V, TRule>(V gradient, V index, ref float corner, nint line, int channels, int poolH, int poolW)
        where V : struct, IVector<V>
        where TRule : struct, IRule<V>
    {
        if (poolH == 2 && poolW == 2)
        {
            ref var below = ref Unsafe.Add(ref corner, line);
            TRule.Part(gradient, index, V.Zero).Store(ref corner);
            TRule.Part(gradient, index, V.Broadcast(1f)).Store(ref Unsafe.Add(ref corner, channels));
            TRule.Part(gradient, index, V.Broadcast(2f)).Store(ref below);
            TRule.Part(gradient, index, V.Broadcast(3f)).Store(ref Unsafe.Add(ref below, channels));
            return;
        }
        var here = V.Zero;
        for (var i = 0; i < poolH; i++)
        {
            ref var target = ref Unsafe.Add(ref corner, i * line);
            for (var j = 0; j < poolW; j++)
            {
                TRule.Part(gradient, index, here).Store(ref target);
                target = ref Unsafe.Add(ref target, channels);
                here += V.Broadcast(1f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LoadAt<V>(ref float source, nint offset, int count)
        where V : struct, IVector<V> =>
        count == V.Count ? V.Load(in Unsafe.Add(ref source, offset)) : V.LoadPartial(in Unsafe.Add(ref source, offset), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreAt<V>(V value, ref float target, nint offset, int count)
        where V : struct, IVector<V>
    {
        if (count == V.Count)
            value.Store(ref Unsafe.Add(ref target, offset));
        else
            value.StorePartial(ref Unsafe.Add(ref target, offset), count);
    }

    /// <summary>How much of a window's gradient a pixel gets.</summary>
    private interface IRule<V>
        where V : struct, IVector<V>
    {
        static abstract bool ReadsPosition { get; }

        static abstract V Gradient(V gradient, V scale);

        static abstract V Part(V gradient, V index, V here);
    }

    private readonly struct ToPosition<V> : IRule<V>
        where V : struct, IVector<V>
    {
        public static bool ReadsPosition => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Gradient(V gradient, V scale) => gradient;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Part(V gradient, V index, V here) => V.Select(V.Equal(index, here), gradient, V.Zero);
    }

    private readonly struct ToAll<V> : IRule<V>
        where V : struct, IVector<V>
    {
        public static bool ReadsPosition => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Gradient(V gradient, V scale) => gradient * scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Part(V gradient, V index, V here) => gradient;
    }

    private interface IWhat
    {
        static abstract bool Values { get; }

        static abstract bool Positions { get; }
    }

    private readonly struct Values : IWhat
    {
        static bool IWhat.Values => true;

        static bool IWhat.Positions => false;
    }

    private readonly struct Positions : IWhat
    {
        static bool IWhat.Values => false;

        static bool IWhat.Positions => true;
    }

    private readonly struct Both : IWhat
    {
        static bool IWhat.Values => true;

        static bool IWhat.Positions => true;
    }

    /// <summary>The lines of the image in one window, without padding.</summary>
    private readonly ref struct Covered
    {
        public readonly int First;

        public readonly int End;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Covered(int window, int extent, int pool, int stride, int before)
        {
            First = Math.Max((window * stride) - before, 0);
            End = Math.Min((window * stride) - before + pool, extent);
        }

        public int Count => End - First;
    }

    /// <summary>The windows that contain a line, counted from the first line of padding: those o with o·stride ≤ line &lt; o·stride + pool.</summary>
    private readonly ref struct Covering
    {
        public readonly int First;

        public readonly int End;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Covering(int line, int windows, int pool, int stride)
        {
            First = line < pool ? 0 : ((line - pool) / stride) + 1;
            End = Math.Min((line / stride) + 1, windows);
        }
    }

    /// <summary>The largest of each window's rows in place of the first, and where it stands among them; of equal ones the first.</summary>
    /// <param name="x">[rows, window, width]; becomes [rows, width].</param>
    /// <param name="window">Rows of a window: at most 256.</param>
    /// <param name="rows">Windows.</param>
    /// <param name="width">Floats of a row: whole vectors.</param>
    /// <param name="columns">Columns that there are of them.</param>
    /// <param name="positions">[rows, columns]</param>
    /// <param name="stride">From one row of the positions to the next.</param>
    [MethodImpl(Jit.Kernel)]
    internal static void Maxima<V>(ref float x, int window, int rows, nint width, int columns, ref byte positions, nint stride)
        where V : struct, IVector<V>
    {
        var (second, third) = (2 * width, 3 * width);
        ref var from = ref x;
        ref var to = ref x;
        for (var row = 0; row < rows; row++)
        {
            for (var n = 0; n < columns; n += V.Count)
            {
                ref var at = ref Unsafe.Add(ref from, n);
                var (largest, position) = (V.Load(in at), V.Zero);
                if (window == 4)
                {
                    Larger(ref largest, ref position, V.Load(in Unsafe.Add(ref at, width)), 1f);
                    Larger(ref largest, ref position, V.Load(in Unsafe.Add(ref at, second)), 2f);
                    Larger(ref largest, ref position, V.Load(in Unsafe.Add(ref at, third)), 3f);
                }
                else
                {
                    for (var i = 1; i < window; i++)
                        Larger(ref largest, ref position, V.Load(in Unsafe.Add(ref at, i * width)), i);
                }
                largest.Store(ref Unsafe.Add(ref to, n));
                if (columns - n >= V.Count)
                    position.StoreBytes(ref Unsafe.Add(ref positions, n));
                else
                    position.StoreBytesPartial(ref Unsafe.Add(ref positions, n), columns - n);
            }
            from = ref Unsafe.Add(ref from, window * width);
            to = ref Unsafe.Add(ref to, width);
            positions = ref Unsafe.Add(ref positions, stride);
        }
    }

    /// <summary>Takes one more number of a window: the first of equal ones stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Larger<V>(ref V largest, ref V position, V x, float place)
        where V : struct, IVector<V>
    {
        position = V.Select(V.Greater(x, largest), V.Broadcast(place), position);
        largest = V.Max(largest, x);
    }
}
