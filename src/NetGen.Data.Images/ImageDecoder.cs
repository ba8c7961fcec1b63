using StbImageSharp;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Files of pictures as floats.</summary>
internal static class ImageDecoder
{
    /// <summary>The ends of names that are pictures.</summary>
    internal static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp"];

    /// <summary>
    /// More pixels than that no byte of a file can stand for: deflate packs 1032 to one, and a byte of a PNG may have eight of them.
    /// </summary>
    private const long PixelsOfByte = 8 * 1032;

    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    internal static bool IsPicture(string path) => Array.Exists(Extensions, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="InvalidDataException">It is no picture of these formats, or damaged.</exception>
    internal static Image Decode(byte[] bytes, string name, ImageColor color)
    {
        if (!Enum.IsDefined(color))
            throw OutOfRange.Of(nameof(color), color, "There is no such colour.");
        string format = Format(bytes) ?? throw new InvalidDataException(
            $"{name}: it does not begin as a JPEG, PNG or BMP file does ({(bytes.Length == 0 ? "it is empty" : "its first bytes are " + Convert.ToHexString(bytes.AsSpan(0, Math.Min(4, bytes.Length))))}). Convert it, or take it out of the data.");
        ImageResult result;
        try
        {
            // What the head of a damaged file claims would cost gigabytes before anything of it is seen to be wrong.
            using WholeFile head = new(bytes), whole = new(bytes);
            if (ImageInfo.FromStream(head) is { } info && (long)info.Width * info.Height > PixelsOfByte * bytes.Length)
                throw new InvalidDataException(Invariant($"{info.Width}×{info.Height} pixels in {bytes.Length} bytes"));
            result = ImageResult.FromStream(whole, ColorComponents.Default);
        }
        // Of damaged files the decoder throws whatever its loops come upon.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{name}: a damaged {format} file, or of a kind that is not read ({exception.Message}). Mend it, or take it out of the data.", exception);
        }

        int from = (int)result.SourceComp;
        if (from is < 1 or > 4 || result.Width < 1 || result.Height < 1 || result.Data.Length != (long)result.Width * result.Height * from)
            throw new InvalidDataException(Invariant($"{name}: the {format} file says {result.Width}×{result.Height} pixels of {from} values, and has {result.Data.Length}."));
        if ((long)result.Width * result.Height * (int)color > Array.MaxLength)
            throw new InvalidDataException(Invariant($"{name}: {result.Width}×{result.Height} pixels are more than an array can hold. Make the picture smaller."));
        float[] pixels = new float[result.Width * result.Height * (int)color];
        ToFloats(result.Data, from, pixels, color);
        Image image = new(pixels, result.Height, result.Width, (int)color);
        return format == "JPEG" ? Orientation.Upright(image, Orientation.Of(bytes)) : image;
    }

    private static string? Format(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "JPEG"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "PNG"
        : bytes.StartsWith("BM"u8) ? "BMP"
        : null;

    /// <param name="bytes">Gray, gray and opacity, colours, or colours and opacity.</param>
    /// <param name="from">Values of a pixel there.</param>
    /// <param name="pixels">Receives values from 0 to 1.</param>
    /// <param name="color">What they are to be.</param>
    private static void ToFloats(ReadOnlySpan<byte> bytes, int from, Span<float> pixels, ImageColor color)
    {
        int to = (int)color;
        bool hasOpacity = from is 2 or 4;
        for (int i = 0, o = 0; i < bytes.Length; i += from, o += to)
        {
            float red = Pixels.ToFloat(bytes[i]);
            float green = from >= 3 ? Pixels.ToFloat(bytes[i + 1]) : red, blue = from >= 3 ? Pixels.ToFloat(bytes[i + 2]) : red;
            float opacity = hasOpacity ? Pixels.ToFloat(bytes[i + from - 1]) : 1;
            if (color == ImageColor.Rgba)
            {
                (pixels[o], pixels[o + 1], pixels[o + 2], pixels[o + 3]) = (red, green, blue, opacity);
                continue;
            }

            if (opacity < 1)
                (red, green, blue) = (OnWhite(red, opacity), OnWhite(green, opacity), OnWhite(blue, opacity));
            if (color == ImageColor.Rgb)
                (pixels[o], pixels[o + 1], pixels[o + 2]) = (red, green, blue);
            else
                pixels[o] = from >= 3 ? Red * red + Green * green + Blue * blue : red;
        }
    }

    private static float OnWhite(float value, float opacity) => value * opacity + (1 - opacity);
}
