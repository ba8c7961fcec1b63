using System.Buffers.Binary;
using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>A sample as a picture in a report.</summary>
/// <example><code>var picture = new Picture(pixels, height: 28, width: 28);</code></example>
public sealed class Picture
{
    private readonly byte[] file;

    /// <summary>Takes pixels as networks get them: [height, width, channels].</summary>
    /// <param name="pixels">From 0 (black) to 1; what is outside is cut off, and NaN is black.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <exception cref="ArgumentException">There are not as many pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or above 4096, or there are other channels.</exception>
    public Picture(ReadOnlySpan<float> pixels, int height, int width, int channels = 1)
    {
        const int Most = 4096;
        foreach ((int size, string name) in (ReadOnlySpan<(int, string)>)[(height, nameof(height)), (width, nameof(width))])
        {
            if (size is < 1 or > Most)
                throw OutOfRange.Of(name, size, Invariant($"The {name} is {size}; expected 1 to {Most}."));
        }

        if (channels is not (1 or 3))
            throw OutOfRange.Of(nameof(channels), channels, Invariant($"There are {channels} channels; expected 1 (grey) or 3 (red, green, blue)."));
        if (pixels.Length != height * width * channels)
            throw new ArgumentException(Invariant($"There are {pixels.Length} values; expected {height * width * channels} for [{height}, {width}, {channels}]."), nameof(pixels));
        (Height, Width) = (height, width);
        file = Bitmap(pixels, height, width, channels);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>For the <c>src</c> of an <c>img</c>.</summary>
    internal string DataUri => "data:image/bmp;base64," + Convert.ToBase64String(file);

    /// <summary>A Windows bitmap of 24 bits: all browsers read it, and nothing has to be compressed.</summary>
    private static byte[] Bitmap(ReadOnlySpan<float> pixels, int height, int width, int channels)
    {
        const int Header = 54;
        int stride = (3 * width + 3) / 4 * 4;
        byte[] bytes = new byte[Header + stride * height];
        Span<byte> head = bytes;
        "BM"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[2..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[10..], Header);
        BinaryPrimitives.WriteInt32LittleEndian(head[14..], 40);
        BinaryPrimitives.WriteInt32LittleEndian(head[18..], width);
        BinaryPrimitives.WriteInt32LittleEndian(head[22..], height);
        BinaryPrimitives.WriteInt16LittleEndian(head[26..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[28..], 24);
        for (int row = 0; row < height; row++)
        {
            // The last row comes first, and blue before green before red.
            Span<byte> line = bytes.AsSpan(Header + stride * (height - 1 - row));
            for (int column = 0; column < width; column++)
            {
                ReadOnlySpan<float> pixel = pixels.Slice((row * width + column) * channels, channels);
                for (int c = 0; c < 3; c++)
                    line[3 * column + c] = Level(pixel[channels == 1 ? 0 : 2 - c]);
            }
        }

        return bytes;
    }

    private static byte Level(float value) => value > 0 ? (byte)Math.Min(255, MathF.Round(255 * value)) : (byte)0;
}
