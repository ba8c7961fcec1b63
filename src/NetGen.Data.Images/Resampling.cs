using System.Numerics;

namespace NetGen.Data;

/// <summary>
/// Bilinear resizing with anti-aliasing: along rows, then along columns. A new pixel is the mean of the old ones around its place, weighted
/// by a triangle that is as wide as the factor of shrinking (at least two old pixels), and cut at the border.
/// </summary>
internal static class Resampling
{
    /// <param name="source"><c>[fromHeight, fromWidth, channels]</c>.</param>
    /// <returns><c>[toHeight, toWidth, channels]</c>.</returns>
    internal static float[] Resize(ReadOnlySpan<float> source, int fromHeight, int fromWidth, int channels, int toHeight, int toWidth)
    {
        float[] wide = new float[checked(fromHeight * toWidth * channels)];
        Weights across = new(fromWidth, toWidth);
        for (int row = 0; row < fromHeight; row++)
        {
            ReadOnlySpan<float> from = source.Slice(row * fromWidth * channels, fromWidth * channels);
            Span<float> to = wide.AsSpan(row * toWidth * channels, toWidth * channels);
            for (int column = 0; column < toWidth; column++)
            {
                ReadOnlySpan<float> weights = across.Of(column, out int first);
                for (int channel = 0; channel < channels; channel++)
                {
                    float sum = 0;
                    int at = first * channels + channel;
                    foreach (float weight in weights)
                    {
                        sum += weight * from[at];
                        at += channels;
                    }

                    to[column * channels + channel] = sum;
                }
            }
        }

        float[] target = new float[checked(toHeight * toWidth * channels)];
        Weights down = new(fromHeight, toHeight);
        int length = toWidth * channels;
        for (int row = 0; row < toHeight; row++)
        {
            ReadOnlySpan<float> weights = down.Of(row, out int first);
            Span<float> to = target.AsSpan(row * length, length);
            for (int i = 0; i < weights.Length; i++)
                AddScaled(to, wide.AsSpan((first + i) * length, length), weights[i]);
        }

        return target;
    }

    private static void AddScaled(Span<float> sums, ReadOnlySpan<float> values, float weight)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + new Vector<float>(values[i..]) * weight).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += values[i] * weight;
    }

    /// <summary>For each new place the old ones that it is made of.</summary>
    private sealed class Weights
    {
        private readonly int[] firsts, counts;
        private readonly float[] weights;
        private readonly int most;

        internal Weights(int from, int to)
        {
            double scale = (double)from / to, support = Math.Max(1, scale);
            most = (int)Math.Ceiling(support) * 2 + 1;
            firsts = new int[to];
            counts = new int[to];
            weights = new float[checked(to * most)];
            double[] exact = new double[most];
            for (int place = 0; place < to; place++)
            {
                double center = (place + 0.5) * scale;
                int first = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(from, (int)(center + support + 0.5));
                double sum = 0;
                for (int i = first; i < end; i++)
                    sum += exact[i - first] = Math.Max(0, 1 - Math.Abs((i + 0.5 - center) / support));
                (firsts[place], counts[place]) = (first, end - first);
                for (int i = first; i < end; i++)
                    weights[place * most + i - first] = (float)(exact[i - first] / sum);
            }
        }

        internal ReadOnlySpan<float> Of(int place, out int first)
        {
            first = firsts[place];
            return weights.AsSpan(place * most, counts[place]);
        }
    }
}
