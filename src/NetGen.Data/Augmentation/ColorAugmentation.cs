using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Data;

internal enum ColorChange
{
    Brightness,
    Contrast,
    Saturation,
    Hue,
}

/// <summary>A change of colours that is the same for all pixels.</summary>
internal sealed class ColorAugmentation(ColorChange change, float amount) : Augmentation
{
    /// <summary>Of ITU-R BT.601, as YIQ has them.</summary>
    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    public override ImageShape ShapeOf(ImageShape image) => change is ColorChange.Brightness or ColorChange.Contrast || image.Channels is 3 or 4
        ? image
        : throw new ArgumentException(Invariant($"{change} is of colours; images of {image} have {image.Channels} channels, not 3 or 4."));

    public override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        float drawn = random.Uniform(-amount, amount);
        switch (change)
        {
            case ColorChange.Brightness:
                Add(image, shape.Channels, result, drawn);
                break;
            case ColorChange.Contrast:
                Spread(image, shape.Channels, result, 1 + drawn);
                break;
            case ColorChange.Saturation:
                Saturate(image, shape.Channels, result, 1 + drawn);
                break;
            default:
                Turn(image, shape.Channels, result, drawn);
                break;
        }
    }

    private static void Add(ReadOnlySpan<float> image, int channels, Span<float> result, float amount)
    {
        for (int i = 0; i < image.Length; i++)
            result[i] = IsOpacity(i, channels) ? image[i] : image[i] + amount;
    }

    private static void Spread(ReadOnlySpan<float> image, int channels, Span<float> result, float factor)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < image.Length; i++)
        {
            if (IsOpacity(i, channels))
                continue;
            sum += image[i];
            count++;
        }

        float mean = (float)(sum / count);
        for (int i = 0; i < image.Length; i++)
            result[i] = IsOpacity(i, channels) ? image[i] : mean + (image[i] - mean) * factor;
    }

    private static void Saturate(ReadOnlySpan<float> image, int channels, Span<float> result, float factor)
    {
        for (int i = 0; i < image.Length; i += channels)
        {
            (float r, float g, float b) = (image[i], image[i + 1], image[i + 2]);
            float gray = Red * r + Green * g + Blue * b;
            (result[i], result[i + 1], result[i + 2]) = (gray + (r - gray) * factor, gray + (g - gray) * factor, gray + (b - gray) * factor);
            if (channels == 4)
                result[i + 3] = image[i + 3];
        }
    }

    /// <summary>Y stays, I and Q are turned.</summary>
    private static void Turn(ReadOnlySpan<float> image, int channels, Span<float> result, float turns)
    {
        uint turn = unchecked((uint)(long)(turns * 4294967296.0));
        float cosine = (float)Philox.CosineOfTurn(turn), sine = (float)Philox.CosineOfTurn(unchecked(turn - 0x4000_0000));
        for (int i = 0; i < image.Length; i += channels)
        {
            (float r, float g, float b) = (image[i], image[i + 1], image[i + 2]);
            float y = Red * r + Green * g + Blue * b;
            float before = 0.5959f * r - 0.2746f * g - 0.3213f * b, other = 0.2115f * r - 0.5227f * g + 0.3112f * b;
            float inPhase = before * cosine - other * sine, quadrature = before * sine + other * cosine;
            result[i] = y + 0.956f * inPhase + 0.619f * quadrature;
            result[i + 1] = y - 0.272f * inPhase - 0.647f * quadrature;
            result[i + 2] = y - 1.106f * inPhase + 1.703f * quadrature;
            if (channels == 4)
                result[i + 3] = image[i + 3];
        }
    }

    private static bool IsOpacity(int index, int channels) => channels == 4 && (index & 3) == 3;
}
