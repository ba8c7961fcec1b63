using System.Buffers.Binary;
using System.IO.Compression;
using static System.FormattableString;

namespace NetGen;

/// <summary>An image for a log, of pixels as networks have them: [height, width, channels].</summary>
/// <example><code>var picture = new LoggedImage(pixels, height: 28, width: 28);</code></example>
public sealed class LoggedImage
{
    private readonly byte[] levels;

    /// <summary>Takes pixels.</summary>
    /// <param name="pixels">From 0 (black) to 1; what is outside is cut off, and NaN is black.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <exception cref="ArgumentException">There are not as many pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or above 16384, or there are other channels.</exception>
    public LoggedImage(ReadOnlySpan<float> pixels, int height, int width, int channels = 1)
    {
        const int Most = 16384;
        foreach ((int size, string name) in (ReadOnlySpan<(int, string)>)[(height, nameof(height)), (width, nameof(width))])
        {
            if (size is < 1 or > Most)
                throw OutOfRange.Of(name, size, Invariant($"The {name} is {size}; expected 1 to {Most}."));
        }

        if (channels is not (1 or 3))
            throw OutOfRange.Of(
                nameof(channels), channels, Invariant($"There are {channels} channels; expected 1 (grey) or 3 (red, green, blue)."));
        if (pixels.Length != (long)height * width * channels)
            throw new ArgumentException(
                Invariant(
                $"There are {pixels.Length} values; expected {(long)height * width * channels} for [{height}, {width}, {channels}]."),
                nameof(pixels));
        (Height, Width, Channels) = (height, width, channels);
        levels = new byte[pixels.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = pixels[i] > 0 ? (byte)Math.Min(255, MathF.Round(255 * pixels[i])) : (byte)0;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>A PNG file: a head, the lines without any filter, deflated, and an end.</summary>
    internal byte[] Png()
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        head[8] = 8;
        head[9] = (byte)(Channels == 1 ? 0 : 2);
        Chunk(file, "IHDR"u8, head);
        using MemoryStream data = new();
        using (ZLibStream deflated = new(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int row = 0; row < Height; row++)
            {
                deflated.WriteByte(0);
                deflated.Write(levels, row * Width * Channels, Width * Channels);
            }
        }

        Chunk(file, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Length, type, data, and the CRC-32 of the last two.</summary>
    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        uint crc = uint.MaxValue;
        Crc(type, ref crc);
        Crc(data, ref crc);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }

    private static void Crc(ReadOnlySpan<byte> data, ref uint crc)
    {
        const uint Polynomial = 0xEDB88320;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? Polynomial : 0);
        }
    }
}
