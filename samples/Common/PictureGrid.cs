using StbImageWriteSharp;

/// <summary>A picture of equal cells, each a small grey image, which is written as PNG.</summary>
internal sealed class PictureGrid(int rows, int columns, int side)
{
    private const int Enlarged = 3, Gap = 4;

    private readonly int width = (columns * ((side * Enlarged) + Gap)) + Gap;
    private readonly byte[] pixels = [.. Enumerable.Repeat((byte)255, (((rows * ((side * Enlarged) + Gap)) + Gap) * ((columns * ((side * Enlarged) + Gap)) + Gap)))];

    /// <summary>Draws a square image, of any side, into a cell: the lowest number is black, the highest is white.</summary>
    public void Draw(int row, int column, ReadOnlySpan<float> image, float lowest, float highest)
    {
        var own = (int)Math.Sqrt(image.Length);
        var (top, left) = ((row * ((side * Enlarged) + Gap)) + Gap, (column * ((side * Enlarged) + Gap)) + Gap);
        for (var y = 0; y < side * Enlarged; y++)
        {
            for (var x = 0; x < side * Enlarged; x++)
            {
                var value = image[(y * own / (side * Enlarged) * own) + (x * own / (side * Enlarged))];
                var share = highest > lowest ? (value - lowest) / (highest - lowest) : 0;
                pixels[((top + y) * width) + left + x] = (byte)(255 * Math.Clamp(share, 0, 1));
            }
        }
    }

    /// <summary>The same from the image's own lowest number to its highest.</summary>
    public void Draw(int row, int column, ReadOnlySpan<float> image)
    {
        var (lowest, highest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in image)
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        Draw(row, column, image, lowest, highest);
    }

    public void Save(string path)
    {
        using var file = File.Create(path);
        new ImageWriter().WritePng(pixels, width, pixels.Length / width, ColorComponents.Grey, file);
    }
}
