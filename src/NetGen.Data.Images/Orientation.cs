using System.Buffers.Binary;

namespace NetGen.Data;

/// <summary>
/// How a camera was held: phones write the pixels as their sensor has them, and say in Exif (tag 0x0112, CIPA DC-008) how they are to be
/// turned. Who does not look there trains on pictures that lie on their side.
/// </summary>
internal static class Orientation
{
    private const int Normal = 1, Tag = 0x0112, Short = 3;

    /// <summary>1 (as it is) to 8; what is damaged or absent is 1.</summary>
    internal static int Of(ReadOnlySpan<byte> jpeg)
    {
        // Segments: 0xFF, their kind, their length in big endian with itself; the picture's data begin at 0xDA.
        for (int at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length)
                return Normal;
            ReadOnlySpan<byte> segment = jpeg.Slice(at + 4, length - 2);
            if (jpeg[at + 1] == 0xE1 && segment.StartsWith("Exif\0\0"u8))
                return OfTiff(segment[6..]);
            at += 2 + length;
        }

        return Normal;
    }

    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return Normal;
        bool little = tiff.StartsWith("II"u8);
        long first = Word(tiff, 4);
        if (first + 2 > tiff.Length)
            return Normal;
        int count = Half(tiff, (int)first);
        for (int i = 0; i < count; i++)
        {
            long entry = first + 2 + 12L * i;
            if (entry + 12 > tiff.Length)
                return Normal;
            if (Half(tiff, (int)entry) == Tag && Half(tiff, (int)entry + 2) == Short)
                return Half(tiff, (int)entry + 8) is >= 1 and <= 8 and int found ? found : Normal;
        }

        return Normal;

        int Half(ReadOnlySpan<byte> bytes, int at) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

        uint Word(ReadOnlySpan<byte> bytes, int at) =>
            little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
    }

    internal static Image Upright(Image image, int orientation)
    {
        if (orientation == Normal)
            return image;
        bool turns = orientation >= 5;
        (int height, int width, int channels) = (turns ? image.Width : image.Height, turns ? image.Height : image.Width, image.Channels);
        ReadOnlySpan<float> source = image.Pixels.Span;
        float[] pixels = new float[source.Length];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (int y, int x) = orientation switch
                {
                    2 => (row, width - 1 - column),
                    3 => (height - 1 - row, width - 1 - column),
                    4 => (height - 1 - row, column),
                    5 => (column, row),
                    6 => (width - 1 - column, row),
                    7 => (width - 1 - column, height - 1 - row),
                    _ => (column, height - 1 - row),
                };
                source.Slice((y * image.Width + x) * channels, channels).CopyTo(pixels.AsSpan((row * width + column) * channels));
            }
        }

        return new(pixels, height, width, channels);
    }
}
