using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Data;

/// <summary>
/// Bilinear interpolation at mapped places, several pixels at once. The same operations in the same order on every processor.
/// </summary>
/// <remarks>
/// For each row first where its pixels come from, then what is there: two short loops keep in registers what one long loop does not. What
/// is beyond the border is never asked for: places are brought inside first, or there are zeros around the image.
/// </remarks>
internal static class AffineSampling
{
    /// <summary>Behind the image, for loads of four values.</summary>
    private const int Slack = 4;

    [ThreadStatic]
    private static float[]? copy, rights, downs;

    [ThreadStatic]
    private static int[]? offsets;

    internal static void Sample(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, in Affine.Map map, ImageBorder border)
    {
        // An image of one row or column has two here.
        int margin = border == ImageBorder.Zero || shape.Height < 2 || shape.Width < 2 ? 1 : 0;
        Sides sides = new(shape, margin, border);
        ref float start = ref MemoryMarshal.GetArrayDataReference(Copied(image, shape, margin, border));
        int whole = (shape.Width + 7) / 8 * 8;
        if (offsets is null || offsets.Length < whole)
            (offsets, rights, downs) = (new int[whole], new float[whole], new float[whole]);
        Span<int> places = offsets.AsSpan(0, whole);
        Span<float> right = rights.AsSpan(0, whole), down = downs.AsSpan(0, whole);
        (double middleY, double middleX) = ((shape.Height - 1) / 2.0, (shape.Width - 1) / 2.0);
        int line = shape.Width * shape.Channels;
        for (int row = 0; row < shape.Height; row++)
        {
            double v = row - middleY;
            float y = (float)(map.Yy * v - map.Yx * middleX + map.Y + middleY), x = (float)(map.Xy * v - map.Xx * middleX + map.X + middleX);
            Find(y, (float)map.Yx, x, (float)map.Xx, sides, places, right, down);
            Span<float> to = result.Slice(row * line, line);
            if (shape.Channels == 1)
                TakeOne(ref start, sides.Line, places, right, down, to);
            else
                TakeSeveral(ref start, sides.Line, shape.Channels, places, right, down, to);
        }
    }

    /// <summary>
    /// Where the pixels of a row come from: the offset of the upper left of four, and the shares of the right and of the lower ones.
    /// </summary>
    private static void Find(float y0, float yStep, float x0, float xStep, in Sides sides, Span<int> offsets, Span<float> rights, Span<float> downs)
    {
        Vector256<float> column = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), eight = Vector256.Create(8f), margin = Vector256.Create(sides.Margin);
        Vector256<float> beginY = Vector256.Create(y0), stepY = Vector256.Create(yStep), beginX = Vector256.Create(x0), stepX = Vector256.Create(xStep);
        Vector256<float> lowest = Vector256.Create(sides.Lowest), bottom = Vector256.Create(sides.Bottom), end = Vector256.Create(sides.Right);
        Vector256<int> lastRow = Vector256.Create(sides.LastRow), lastColumn = Vector256.Create(sides.LastColumn);
        Vector256<int> line = Vector256.Create(sides.Line), channels = Vector256.Create(sides.Channels);
        for (int i = 0; i < offsets.Length; i += 8)
        {
            Vector256<float> y = beginY + column * stepY, x = beginX + column * stepX;
            column += eight;
            if (sides.IsMirror)
                (y, x) = (Mirrored(y, sides.Bottom + 1), Mirrored(x, sides.Right + 1));
            y = Vector256.MinNative(Vector256.MaxNative(y, lowest), bottom) + margin;
            x = Vector256.MinNative(Vector256.MaxNative(x, lowest), end) + margin;
            Vector256<int> top = Vector256.Min(Vector256.ConvertToInt32Native(y), lastRow), left = Vector256.Min(Vector256.ConvertToInt32Native(x), lastColumn);
            (y - Vector256.ConvertToSingle(top)).CopyTo(downs[i..]);
            (x - Vector256.ConvertToSingle(left)).CopyTo(rights[i..]);
            (top * line + left * channels).CopyTo(offsets[i..]);
        }
    }

    /// <summary>… c b a | a b c | c b a …: the border is half a pixel before the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mirrored(Vector256<float> place, float count)
    {
        Vector256<float> half = Vector256.Create(0.5f), twice = Vector256.Create(2 * count);
        Vector256<float> turns = (place + half) * (0.5f / count), within = (turns - Vector256.Floor(turns)) * twice;
        return Vector256.MinNative(within, twice - within) - half;
    }

    /// <summary>Pixels of one value, four at once.</summary>
    private static void TakeOne(ref float start, int line, ReadOnlySpan<int> offsets, ReadOnlySpan<float> rights, ReadOnlySpan<float> downs, Span<float> to)
    {
        for (int i = 0; i < to.Length; i += 4)
        {
            ReadOnlySpan<int> four = offsets.Slice(i, 4);
            Vector128<float> right = Vector128.Create(rights.Slice(i, 4)), down = Vector128.Create(downs.Slice(i, 4));
            ref float a = ref Unsafe.Add(ref start, four[0]), b = ref Unsafe.Add(ref start, four[1]);
            // Neighbours in a row are loaded together: left and right of two pixels.
            Vector128<float> above = Pairs(ref a, ref b), below = Pairs(ref Unsafe.Add(ref a, line), ref Unsafe.Add(ref b, line));
            Vector128<float> first = above + (below - above) * Vector128.Shuffle(down, Vector128.Create(0, 0, 1, 1));
            a = ref Unsafe.Add(ref start, four[2]);
            b = ref Unsafe.Add(ref start, four[3]);
            above = Pairs(ref a, ref b);
            below = Pairs(ref Unsafe.Add(ref a, line), ref Unsafe.Add(ref b, line));
            Vector128<float> second = above + (below - above) * Vector128.Shuffle(down, Vector128.Create(2, 2, 3, 3));
            Vector128<float> left = Halves(Vector128.Shuffle(first, Vector128.Create(0, 2, 0, 2)), Vector128.Shuffle(second, Vector128.Create(0, 2, 0, 2)));
            Vector128<float> other = Halves(Vector128.Shuffle(first, Vector128.Create(1, 3, 1, 3)), Vector128.Shuffle(second, Vector128.Create(1, 3, 1, 3)));
            Vector128<float> values = left + (other - left) * right;
            if (i + 4 <= to.Length)
                values.CopyTo(to[i..]);
            else
                Some(values, to[i..]);
        }
    }

    /// <summary>The first of four values.</summary>
    private static void Some(Vector128<float> values, Span<float> to)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = values[i];
    }

    /// <summary>The lower halves of both, as doubles: halves of floats would go through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halves(Vector128<float> one, Vector128<float> other) =>
        Vector128.Create(one.AsDouble().ToScalar(), other.AsDouble().ToScalar()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pairs(ref float one, ref float other) => Vector128.Create(
        Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref one)), Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref other))).AsSingle();

    /// <summary>Pixels of several values, up to four of one at once.</summary>
    private static void TakeSeveral(
        ref float start, int line, int channels, ReadOnlySpan<int> offsets, ReadOnlySpan<float> rights, ReadOnlySpan<float> downs, Span<float> to)
    {
        for (int pixel = 0, place = 0; place < to.Length; pixel++, place += channels)
        {
            Vector128<float> right = Vector128.Create(rights[pixel]), down = Vector128.Create(downs[pixel]);
            for (int channel = 0; channel < channels; channel += 4)
            {
                ref float near = ref Unsafe.Add(ref start, offsets[pixel] + channel);
                Vector128<float> above = Vector128.LoadUnsafe(ref near), below = Vector128.LoadUnsafe(ref near, (nuint)line);
                Vector128<float> left = above + (below - above) * down;
                above = Vector128.LoadUnsafe(ref near, (nuint)channels);
                below = Vector128.LoadUnsafe(ref near, (nuint)(line + channels));
                Vector128<float> other = above + (below - above) * down;
                Vector128<float> values = left + (other - left) * right;
                // What is behind the pixel is the next one's, which comes later.
                if (place + channel + 4 <= to.Length)
                    values.CopyTo(to[(place + channel)..]);
                else
                    Some(values, to[(place + channel)..]);
            }
        }
    }

    /// <summary>The image with a margin, and room behind it.</summary>
    private static float[] Copied(ReadOnlySpan<float> image, ImageShape shape, int margin, ImageBorder border)
    {
        int line = (shape.Width + 2 * margin) * shape.Channels, length = (shape.Height + 2 * margin) * line;
        if (copy is null || copy.Length < length + Slack)
            copy = new float[length + Slack];
        if (margin == 0)
        {
            image.CopyTo(copy);
            return copy;
        }

        copy.AsSpan(0, length).Clear();
        for (int row = -margin; row < shape.Height + margin; row++)
        {
            if (border == ImageBorder.Zero && (uint)row >= (uint)shape.Height)
                continue;
            ReadOnlySpan<float> from = image.Slice(Math.Clamp(row, 0, shape.Height - 1) * shape.Width * shape.Channels, shape.Width * shape.Channels);
            Span<float> to = copy.AsSpan((row + margin) * line, line);
            from.CopyTo(to[(margin * shape.Channels)..]);
            if (border == ImageBorder.Zero)
                continue;
            from[..shape.Channels].CopyTo(to);
            from[^shape.Channels..].CopyTo(to[^shape.Channels..]);
        }

        return copy;
    }

    /// <summary>Where there are pixels.</summary>
    private readonly struct Sides(ImageShape shape, int margin, ImageBorder border)
    {
        internal float Margin { get; } = margin;

        internal bool IsMirror { get; } = border == ImageBorder.Mirror;

        /// <summary>The least place, and the greatest ones: the last pixels, or the zeros behind them.</summary>
        internal float Lowest { get; } = border == ImageBorder.Zero ? -1 : 0;

        internal float Bottom { get; } = border == ImageBorder.Zero ? shape.Height : shape.Height - 1;

        internal float Right { get; } = border == ImageBorder.Zero ? shape.Width : shape.Width - 1;

        /// <summary>The last ones that have another one behind them.</summary>
        internal int LastRow { get; } = shape.Height + 2 * margin - 2;

        internal int LastColumn { get; } = shape.Width + 2 * margin - 2;

        internal int Line { get; } = (shape.Width + 2 * margin) * shape.Channels;

        internal int Channels { get; } = shape.Channels;
    }
}
