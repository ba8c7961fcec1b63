using System.Text.Json;
using SkiaSharp;
using Xunit;

namespace NetGen.Data.Tests.Images;

public sealed class ImageTests
{
    private static SKColor Colors(int row, int column) => new((byte)(20 * row), (byte)(30 * column), (byte)(200 - 10 * row), 255);

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.bmp")]
    public void What_was_written_is_read(string name)
    {
        using Pictures pictures = new();
        Image image = Image.Load(pictures.Write(name, 5, 7, Colors));
        Assert.Equal((5, 7, 3), (image.Height, image.Width, image.Channels));
        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 7; column++)
            {
                SKColor color = Colors(row, column);
                Assert.Equal([color.Red / 255f, color.Green / 255f, color.Blue / 255f], image.Pixels.Slice((row * 7 + column) * 3, 3).ToArray());
            }
        }
    }

    [Fact]
    public void A_photograph_is_read_nearly()
    {
        using Pictures pictures = new();
        Image image = Image.Load(pictures.Write("a.jpg", 32, 48, (row, column) => new((byte)(4 * row), (byte)(3 * column), 90)));
        Assert.Equal((32, 48), (image.Height, image.Width));
        for (int row = 0; row < 32; row++)
        {
            for (int column = 0; column < 48; column++)
            {
                float[] pixel = image.Pixels.Slice((row * 48 + column) * 3, 3).ToArray();
                // Colours are kept at half the resolution.
                Assert.Equal(4 * row / 255f, pixel[0], 0.05f);
                Assert.Equal(3 * column / 255f, pixel[1], 0.05f);
            }
        }
    }

    [Fact]
    public void Gray_is_the_luma_of_colours_and_three_equal_colours_are_gray()
    {
        using Pictures pictures = new();
        string path = pictures.Write("a.png", 2, 2, (_, column) => column == 0 ? SKColors.Red : SKColors.Lime);
        Image gray = Image.Load(path, ImageColor.Gray);
        Assert.Equal([0.299f, 0.587f, 0.299f, 0.587f], gray.Pixels.ToArray());

        byte[] only = Pictures.GrayPng(2, 3, (row, column) => (byte)(100 * row + column));
        Image one = Image.Decode(only, "gray.png", ImageColor.Gray), three = Image.Decode(only, "gray.png");
        Assert.Equal([0 / 255f, 1 / 255f, 2 / 255f, 100 / 255f, 101 / 255f, 102 / 255f], one.Pixels.ToArray());
        Assert.Equal(one.Pixels.ToArray().SelectMany(value => new[] { value, value, value }), three.Pixels.ToArray());
    }

    [Fact]
    public void What_is_transparent_stands_before_white_or_keeps_its_opacity()
    {
        byte[] bytes = Pictures.Encode(1, 2, (_, column) => new(255, 0, 0, (byte)(column == 0 ? 0 : 51)), SKEncodedImageFormat.Png);
        Assert.Equal([1f, 1, 1, 1, 0.8f, 0.8f], Image.Decode(bytes, "a.png").Pixels.ToArray());
        Assert.Equal(51 / 255f, Image.Decode(bytes, "a.png", ImageColor.Rgba).Pixels.Span[7]);
    }

    /// <summary>The picture of a camera that was turned: Exif says so, and the pixels lie on their side.</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(4, 1, 0)]
    [InlineData(6, 0, 1)]
    [InlineData(8, 1, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(7, 1, 1)]
    public void A_turned_camera_is_turned_back(int orientation, int bottom, int right)
    {
        // White in the stored picture's upper left corner, of 16 rows and 32 columns.
        byte[] jpeg = Pictures.Encode(16, 32, (row, column) => row < 8 && column < 16 ? SKColors.White : SKColors.Black, SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        Image image = Image.Decode([.. jpeg[..2], .. exif, .. jpeg[2..]], "a.jpg", ImageColor.Gray);
        Assert.Equal(orientation >= 5 ? (32, 16) : (16, 32), (image.Height, image.Width));
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < 2; x++)
            {
                float corner = image.Pixels.Span[(y == 0 ? 2 : image.Height - 3) * image.Width + (x == 0 ? 2 : image.Width - 3)];
                Assert.Equal((y, x) == (bottom, right) ? 1 : 0, corner, 0.1f);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("hello, world")]
    public void What_is_no_picture_is_said_to_be_none(string text)
    {
        string message = Assert.Throws<InvalidDataException>(() => Image.Decode(System.Text.Encoding.ASCII.GetBytes(text), "x/cat/3.jpg")).Message;
        Assert.StartsWith("x/cat/3.jpg: it does not begin as a JPEG, PNG or BMP file does", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void A_damaged_file_is_an_error_or_a_picture_but_no_crash(SKEncodedImageFormat format)
    {
        byte[] whole = Pictures.Encode(9, 11, Colors, format);
        string message = Assert.Throws<InvalidDataException>(() => Image.Decode(whole.AsSpan(0, 20), "cut.jpg")).Message;
        Assert.Contains("cut.jpg: a damaged", message, StringComparison.Ordinal);
        Assert.Contains("Mend it, or take it out of the data", message, StringComparison.Ordinal);
        // The head is whole, and the last line of the picture is not there.
        message = Assert.Throws<InvalidDataException>(() => Image.Decode(whole.AsSpan(0, whole.Length - 25), "cut.jpg")).Message;
        Assert.Contains("cut.jpg: a damaged", message, StringComparison.Ordinal);
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. whole];
            for (int k = 0; k < 1 + i % 4; k++)
                bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
            try
            {
                Image image = Image.Decode(bytes.AsSpan(0, i % 3 == 0 ? random.Next(4, bytes.Length) : bytes.Length), "a.png");
                Assert.Equal(image.Height * image.Width * 3, image.Pixels.Length);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory]
    [InlineData(7, 9, 3, 4, 1)]
    [InlineData(7, 9, 14, 27, 3)]
    [InlineData(100, 3, 1, 8, 3)]
    [InlineData(1, 1, 4, 4, 4)]
    [InlineData(64, 48, 20, 48, 3)]
    public void Resizing_is_the_mean_under_a_triangle(int height, int width, int newHeight, int newWidth, int channels)
    {
        Random random = new(3);
        float[] pixels = new float[height * width * channels];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = random.NextSingle();
        Image resized = new Image(pixels, height, width, channels).Resize(newHeight, newWidth);
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double sum = 0, weights = 0;
                    for (int row = 0; row < height; row++)
                    {
                        for (int column = 0; column < width; column++)
                        {
                            double weight = Triangle(row, y, height, newHeight) * Triangle(column, x, width, newWidth);
                            sum += weight * pixels[(row * width + column) * channels + c];
                            weights += weight;
                        }
                    }

                    Assert.Equal(sum / weights, resized.Pixels.Span[(y * newWidth + x) * channels + c], 1e-5);
                }
            }
        }

        // Old pixel i under the triangle around new pixel o.
        static double Triangle(int i, int o, int from, int to)
        {
            double scale = (double)from / to;
            return Math.Max(0, 1 - Math.Abs(i + 0.5 - (o + 0.5) * scale) / Math.Max(1, scale));
        }
    }

    /// <summary>Without anti-aliasing one of two colours is left of narrow stripes.</summary>
    [Fact]
    public void Stripes_that_are_too_narrow_become_gray()
    {
        float[] stripes = new float[64 * 64];
        for (int i = 0; i < stripes.Length; i++)
            stripes[i] = i % 2;
        Assert.All(new Image(stripes, 64, 64, 1).Resize(16, 16).Pixels.ToArray(), value => Assert.Equal(0.5f, value, 0.05f));
    }

    public static TheoryData<string> OfPillow => [.. Pillow.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    private static JsonElement Pillow { get; } = JsonDocument.Parse(typeof(ImageTests).Assembly.GetManifestResourceStream("pillow.json")!).RootElement.GetProperty("resize");

    /// <summary>Both sum in another order: a few units in the last place of numbers below 1.</summary>
    [Theory]
    [MemberData(nameof(OfPillow))]
    public void Resizing_gives_the_pixels_of_Pillow(string name)
    {
        JsonElement entry = Pillow.EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
        int[] from = Numbers("from", value => value.GetInt32()), to = Numbers("to", value => value.GetInt32());
        Image resized = new Image(Numbers("pixels", value => value.GetSingle()), from[0], from[1], from[2]).Resize(to[0], to[1]);
        float[] expected = Numbers("resized", value => value.GetSingle());
        Assert.Equal(expected.Length, resized.Pixels.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], resized.Pixels.Span[i], 1e-6f);

        T[] Numbers<T>(string property, Func<JsonElement, T> number) => [.. entry.GetProperty(property).EnumerateArray().Select(number)];
    }

    [Fact]
    public void Parts_are_where_they_should_be()
    {
        Image image = new(Enumerable.Range(0, 5 * 6).Select(i => (float)i).ToArray(), 5, 6, 1);
        Assert.Equal([8f, 9, 14, 15], image.Crop(1, 2, 2, 2).Pixels.ToArray());
        Assert.Equal([8f, 9, 14, 15, 20, 21], image.CropCenter(3, 2).Pixels.ToArray());
        Assert.Equal([9f, 9, 9, 9, 8, 9, 9, 9, 9], image.Crop(1, 2, 1, 1).PadCenter(3, 3, 9).Pixels.ToArray());
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(3, 0, 3, 6)).Message;
        Assert.Contains("The picture has 5 rows; there are no 3 from 3 on.", message, StringComparison.Ordinal);
    }
}
