using static System.FormattableString;

namespace NetGen.Data;

/// <summary>How two samples become one, and their labels with them.</summary>
/// <example><code>IndexedSource source = train.AsSource().Mix("image", "label", classes: 10, Mixing.Mixup(0.2f));</code></example>
public abstract class Mixing
{
    private readonly float alpha;

    private Mixing(float alpha) => this.alpha = alpha > 0 && float.IsFinite(alpha)
        ? alpha
        : throw OutOfRange.Of(nameof(alpha), alpha, Invariant($"'alpha' is {alpha}; expected a finite number above 0."));

    /// <summary>
    /// The mean of two images by a share that is distributed as Beta(α, α) (Zhang et al. 2018). 0.2 is usual: mostly much of one and little
    /// of the other.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not above 0.</exception>
    public static Mixing Mixup(float alpha = 0.2f) => new OfWhole(alpha);

    /// <summary>
    /// A rectangle of another image, as large as a share that is distributed as Beta(α, α), at a random place (Yun et al. 2019). 1, all
    /// shares alike, is usual.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not above 0.</exception>
    public static Mixing CutMix(float alpha = 1) => new OfParts(alpha);

    /// <summary>Mixes an image with another one.</summary>
    /// <param name="image">The one, which is changed.</param>
    /// <param name="other">The other.</param>
    /// <param name="shape">Of both.</param>
    /// <param name="random">The batch's random numbers.</param>
    /// <returns>The share of the one.</returns>
    internal abstract float Mix(Span<float> image, ReadOnlySpan<float> other, ImageShape shape, ref SampleRandom random);

    /// <summary>A number that is distributed as Beta(α, α): of two that are distributed as Gamma(α) the share of the first.</summary>
    private float Share(ref SampleRandom random)
    {
        double first = Gamma(alpha, ref random), second = Gamma(alpha, ref random);
        return first + second > 0 ? (float)(first / (first + second)) : 0.5f;
    }

    /// <summary>Marsaglia and Tsang 2000; below 1 by a root of a uniform number.</summary>
    private static double Gamma(double alpha, ref SampleRandom random)
    {
        if (alpha < 1)
            return Gamma(alpha + 1, ref random) * Math.Pow(1 - random.Uniform(), 1 / alpha);
        double d = alpha - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = random.Normal(), v = 1 + c * normal;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.Uniform()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    private sealed class OfWhole(float alpha) : Mixing(alpha)
    {
        internal override float Mix(Span<float> image, ReadOnlySpan<float> other, ImageShape shape, ref SampleRandom random)
        {
            float share = Share(ref random);
            for (int i = 0; i < image.Length; i++)
                image[i] = other[i] + (image[i] - other[i]) * share;
            return share;
        }
    }

    private sealed class OfParts(float alpha) : Mixing(alpha)
    {
        internal override float Mix(Span<float> image, ReadOnlySpan<float> other, ImageShape shape, ref SampleRandom random)
        {
            double side = Math.Sqrt(1 - Share(ref random));
            (int top, int bottom) = Part(random.Next(shape.Height), (int)(shape.Height * side), shape.Height);
            (int left, int right) = Part(random.Next(shape.Width), (int)(shape.Width * side), shape.Width);
            for (int row = top; row < bottom; row++)
            {
                (int start, int length) = ((row * shape.Width + left) * shape.Channels, (right - left) * shape.Channels);
                other.Slice(start, length).CopyTo(image.Slice(start, length));
            }

            return 1 - (float)((bottom - top) * (right - left)) / (shape.Height * shape.Width);

            static (int From, int To) Part(int middle, int length, int of) => (Math.Max(0, middle - length / 2), Math.Min(of, middle - length / 2 + length));
        }
    }
}
