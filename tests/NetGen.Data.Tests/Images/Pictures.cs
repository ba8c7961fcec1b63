using SkiaSharp;

namespace NetGen.Data.Tests.Images;

/// <summary>A folder of pictures that tests write.</summary>
internal sealed class Pictures : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("netgen-pictures-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal string At(string name)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a picture, by the end of its name as PNG, JPEG or BMP.</summary>
    internal string Write(string name, int height, int width, Func<int, int, SKColor> colorOf)
    {
        string path = At(name);
        File.WriteAllBytes(path, Path.GetExtension(name) switch
        {
            ".png" => Encode(height, width, colorOf, SKEncodedImageFormat.Png),
            ".bmp" => Bitmap(height, width, colorOf),
            _ => Encode(height, width, colorOf, SKEncodedImageFormat.Jpeg),
        });
        return path;
    }

    internal static byte[] Encode(int height, int width, Func<int, int, SKColor> colorOf, SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                bitmap.SetPixel(column, row, colorOf(row, column));
        }

        using SKData data = bitmap.Encode(format, quality: 100);
        return data.ToArray();
    }

    /// <summary>A PNG of gray values alone.</summary>
    internal static byte[] GrayPng(int height, int width, Func<int, int, byte> valueOf)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        Span<byte> bytes = bitmap.GetPixelSpan();
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                bytes[row * bitmap.RowBytes + column] = valueOf(row, column);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>24 bits a pixel, rows from below, each of a multiple of four bytes (Skia does not write it).</summary>
    private static byte[] Bitmap(int height, int width, Func<int, int, SKColor> colorOf)
    {
        int line = (3 * width + 3) / 4 * 4;
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write("BM"u8);
        writer.Write(54 + line * height);
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        for (int row = height - 1; row >= 0; row--)
        {
            byte[] bytes = new byte[line];
            for (int column = 0; column < width; column++)
            {
                SKColor color = colorOf(row, column);
                (bytes[3 * column], bytes[3 * column + 1], bytes[3 * column + 2]) = (color.Blue, color.Green, color.Red);
            }

            writer.Write(bytes);
        }

        return stream.ToArray();
    }
}
