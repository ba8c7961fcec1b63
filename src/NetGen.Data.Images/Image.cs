using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A picture: floats, laid out <c>[Height, Width, Channels]</c>, from 0 (black) to 1 as they are read.</summary>
/// <remarks>
/// An image never changes; its methods give other images.
/// <code>
/// Image rose = Image.Load("rose.jpg", ImageColor.Rgb).CropCenter(200, 200).Resize(64, 64);
/// float[] scores = network.Predict(rose.Pixels.Span);
/// </code>
/// </remarks>
public sealed class Image
{
    private readonly float[] pixels;

    /// <summary>Wraps an array (it is not copied).</summary>
    /// <param name="pixels">The values, <c>[height, width, channels]</c>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Values per pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="ArgumentException">The array is not as long as the sizes say.</exception>
    public Image(float[] pixels, int height, int width, int channels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        OutOfRange.ThrowIfLess(height, 1);
        OutOfRange.ThrowIfLess(width, 1);
        OutOfRange.ThrowIfLess(channels, 1);
        if (pixels.Length != (long)height * width * channels)
            throw new ArgumentException(Invariant($"There are {pixels.Length} values; [{height}, {width}, {channels}] has {(long)height * width * channels}."), nameof(pixels));
        this.pixels = pixels;
        (Height, Width, Channels) = (height, width, channels);
    }

    /// <summary>Reads a JPEG, PNG or BMP file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="color">What its pixels are to be, whatever they are in the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">It is no such picture, or a damaged one; the message has the file.</exception>
    public static Image Load(string path, ImageColor color = ImageColor.Rgb)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Decode(File.ReadAllBytes(path), path, color);
    }

    /// <summary>Reads the bytes of a JPEG, PNG or BMP file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="color">What its pixels are to be, whatever they are in the file.</param>
    /// <exception cref="InvalidDataException">It is no such picture, or a damaged one.</exception>
    public static Image Decode(ReadOnlySpan<byte> bytes, string name, ImageColor color = ImageColor.Rgb)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ImageDecoder.Decode(bytes.ToArray(), name, color);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Values per pixel.</summary>
    public int Channels { get; }

    /// <summary>The values, <c>[Height, Width, Channels]</c>.</summary>
    public ReadOnlyMemory<float> Pixels => pixels;

    /// <summary>
    /// The same picture in another size: bilinear, and where it becomes smaller each new pixel is the weighted mean of all old ones that it
    /// covers.
    /// </summary>
    /// <remarks>The weights are a triangle as wide as the factor, as Pillow's <c>BILINEAR</c> and PyTorch's <c>antialias=True</c> have
    /// them: no moiré.</remarks>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Image Resize(int height, int width)
    {
        OutOfRange.ThrowIfLess(height, 1);
        OutOfRange.ThrowIfLess(width, 1);
        return (height, width) == (Height, Width) ? this : new(Resampling.Resize(pixels, Height, Width, Channels, height, width), height, width, Channels);
    }

    /// <summary>A part.</summary>
    /// <param name="top">Its first row.</param>
    /// <param name="left">Its first column.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is empty, or not within the picture.</exception>
    public Image Crop(int top, int left, int height, int width)
    {
        Check(top, height, Height, "rows");
        Check(left, width, Width, "columns");
        if ((height, width) == (Height, Width))
            return this;
        float[] part = new float[height * width * Channels];
        for (int row = 0; row < height; row++)
            pixels.AsSpan(((top + row) * Width + left) * Channels, width * Channels).CopyTo(part.AsSpan(row * width * Channels));
        return new(part, height, width, Channels);

        static void Check(int start, int count, int of, string what)
        {
            OutOfRange.ThrowIfLess(count, 1);
            if (start < 0 || start > of - count)
                throw OutOfRange.Of(nameof(start), start, Invariant($"The picture has {of} {what}; there are no {count} from {start} on."));
        }
    }

    /// <summary>The part in the middle; where it cannot be, half a pixel above or to the left.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is empty, or larger than the picture.</exception>
    public Image CropCenter(int height, int width) => Crop((Height - height) / 2, (Width - width) / 2, height, width);

    /// <summary>The picture in the middle of a larger one.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="value">What is around it; 0 is black.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is smaller than the picture.</exception>
    public Image PadCenter(int height, int width, float value = 0)
    {
        OutOfRange.ThrowIfLess(height, Height);
        OutOfRange.ThrowIfLess(width, Width);
        float[] padded = new float[checked(height * width * Channels)];
        padded.AsSpan().Fill(value);
        (int top, int left) = ((height - Height) / 2, (width - Width) / 2);
        for (int row = 0; row < Height; row++)
            pixels.AsSpan(row * Width * Channels, Width * Channels).CopyTo(padded.AsSpan(((top + row) * width + left) * Channels));
        return new(padded, height, width, Channels);
    }

    /// <summary>For example <c>image [480, 640, 3]</c>.</summary>
    public override string ToString() => Invariant($"image [{Height}, {Width}, {Channels}]");
}
