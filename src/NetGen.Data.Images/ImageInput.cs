using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// What a network takes of a picture: size, colours, how another size is brought to it, mean and deviation, and what its classes are
/// called. Saved beside the weights it makes the same bits of a picture for ever.
/// </summary>
/// <remarks>
/// It never changes, and any number of threads may use it at once.
/// <code>
/// ImageFiles files = ImageFiles.InFolders("flowers/train");
/// ImageInput input = new ImageInput(64, 64).Normalize(files).WithClasses(files.Classes);
/// network.Fit(files.Load(input), options, new Adam(1e-3f));
/// network.Save("flowers.safetensors", input);
/// </code>
/// </remarks>
public sealed class ImageInput
{
    /// <summary>The name among the texts of a weight file.</summary>
    private const string Key = "netgen.images";

    private const int Version = 1;

    private readonly float[] mean = [], deviation = [];
    private readonly string[] classes = [];

    /// <summary>States size, colours, and what becomes of other sizes.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="color">What the values of a pixel are.</param>
    /// <param name="fit">What becomes of a picture of another size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there is no such colour or way.</exception>
    public ImageInput(int height, int width, ImageColor color = ImageColor.Rgb, ImageFit fit = ImageFit.Stretch)
    {
        OutOfRange.ThrowIfLess(height, 1);
        OutOfRange.ThrowIfLess(width, 1);
        if (!Enum.IsDefined(color))
            throw OutOfRange.Of(nameof(color), color, "There is no such colour.");
        if (!Enum.IsDefined(fit))
            throw OutOfRange.Of(nameof(fit), fit, "There is no such way.");
        (Height, Width, Color, Fit) = (height, width, color, fit);
    }

    private ImageInput(ImageInput other, float[] mean, float[] deviation, string[] classes)
        : this(other.Height, other.Width, other.Color, other.Fit) => (this.mean, this.deviation, this.classes) = (mean, deviation, classes);

    /// <summary>The means of red, green and blue over ImageNet, by which most published networks were trained.</summary>
    public static ReadOnlySpan<float> ImageNetMean => [0.485f, 0.456f, 0.406f];

    /// <summary>The deviations of red, green and blue over ImageNet.</summary>
    public static ReadOnlySpan<float> ImageNetDeviation => [0.229f, 0.224f, 0.225f];

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>What the values of a pixel are.</summary>
    public ImageColor Color { get; }

    /// <summary>What becomes of a picture of another size.</summary>
    public ImageFit Fit { get; }

    /// <summary>Values per pixel.</summary>
    public int Channels => (int)Color;

    /// <summary>Values of a picture.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>What is subtracted from each channel; empty where values stay from 0 to 1.</summary>
    public ReadOnlySpan<float> Mean => mean;

    /// <summary>What each channel is divided by then.</summary>
    public ReadOnlySpan<float> Deviation => deviation;

    /// <summary>What the classes are called, by their labels; empty where nobody said.</summary>
    public IReadOnlyList<string> Classes => classes;

    /// <summary>The same with a mean to subtract from each channel, and a deviation to divide by.</summary>
    /// <param name="mean">One number, or one for each channel, of pixels from 0 to 1.</param>
    /// <param name="deviation">As many.</param>
    /// <exception cref="ArgumentException">There are not as many as channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite, or a deviation is not above 0.</exception>
    public ImageInput Normalize(ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation) =>
        new(this, EachChannel(mean, nameof(mean)), EachChannel(deviation, nameof(deviation), above: 0), classes);

    /// <summary>
    /// The same with the mean and the deviation of each channel of some pictures: those for training only, so that nothing is learned from
    /// those that are tested.
    /// </summary>
    /// <param name="train">The pictures to train on; all of them are read.</param>
    /// <exception cref="InvalidDataException">One cannot be read; the message has the file. Or a channel is the same in all of
    /// them.</exception>
    public ImageInput Normalize(ImageFiles train)
    {
        ArgumentNullException.ThrowIfNull(train);
        ImageInput plain = new(this, [], [], classes);
        double[] sums = new double[train.Count * Channels], squares = new double[train.Count * Channels];
        train.ForEach(plain, (file, pixels) =>
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                int place = file * Channels + i % Channels;
                sums[place] += pixels[i];
                squares[place] += (double)pixels[i] * pixels[i];
            }
        }, CancellationToken.None);

        float[] means = new float[Channels], deviations = new float[Channels];
        double count = (double)train.Count * Height * Width;
        for (int channel = 0; channel < Channels; channel++)
        {
            double sum = 0, square = 0;
            for (int i = channel; i < sums.Length; i += Channels)
                (sum, square) = (sum + sums[i], square + squares[i]);
            double variance = square / count - sum / count * (sum / count);
            if (!(variance > 1e-12))
                throw new InvalidDataException(Invariant($"Channel {channel} has the same value in all {train.Count} pictures: there is no deviation to divide by."));
            (means[channel], deviations[channel]) = ((float)(sum / count), (float)Math.Sqrt(variance));
        }

        return new(this, means, deviations, classes);
    }

    /// <summary>The same with names for classes, by their labels.</summary>
    /// <exception cref="ArgumentException">There is none, or one twice.</exception>
    public ImageInput WithClasses(IReadOnlyList<string> classes) => new(this, mean, deviation, ImageFiles.Different(classes));

    /// <summary>The numbers of a picture, <c>[Height, Width, Channels]</c>, for <c>network.Predict</c>.</summary>
    /// <exception cref="ArgumentException">The picture has other channels.</exception>
    /// <exception cref="InvalidDataException">Its size is another one, and must not be.</exception>
    public float[] Encode(Image image)
    {
        float[] values = new float[Length];
        Encode(image, values);
        return values;
    }

    /// <summary>The numbers of a picture, into memory of the caller.</summary>
    /// <exception cref="ArgumentException">The picture has other channels, or <paramref name="target"/> is not as long as its
    /// numbers.</exception>
    /// <exception cref="InvalidDataException">Its size is another one, and must not be.</exception>
    public void Encode(Image image, Span<float> target) => Encode(image, "the picture", target);

    /// <summary>The numbers of a JPEG, PNG or BMP file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such picture, a damaged one, or of a size that must not be; the message has the
    /// file.</exception>
    public float[] Read(string path)
    {
        float[] values = new float[Length];
        Encode(Image.Load(path, Color), path, values);
        return values;
    }

    /// <summary>The numbers of the bytes of a JPEG, PNG or BMP file: what a service receives.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is no such picture, a damaged one, or of a size that must not be.</exception>
    public float[] Read(ReadOnlySpan<byte> bytes, string name = "the picture")
    {
        float[] values = new float[Length];
        Encode(Image.Decode(bytes, name, Color), name, values);
        return values;
    }

    /// <summary>All of it as JSON.</summary>
    public string ToJson()
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("height", Height);
            json.WriteNumber("width", Width);
            json.WriteString("color", Color.ToString());
            json.WriteString("fit", Fit.ToString());
            Numbers("mean", mean);
            Numbers("deviation", deviation);
            json.WriteStartArray("classes");
            foreach (string name in classes)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();

            void Numbers(string name, float[] values)
            {
                json.WriteStartArray(name);
                foreach (float value in values)
                    json.WriteNumberValue(value);
                json.WriteEndArray();
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>What a text of <see cref="ToJson"/> says.</summary>
    /// <exception cref="InvalidDataException">The text is no such one.</exception>
    public static ImageInput FromJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement json = document.RootElement;
            int version = json.GetProperty("version").GetInt32();
            if (version != Version)
                throw new InvalidDataException(Invariant($"What is said of pictures is of version {version}; this version of NetGen knows {Version}."));
            ImageInput input = new(
                json.GetProperty("height").GetInt32(), json.GetProperty("width").GetInt32(), Enum.Parse<ImageColor>(json.GetProperty("color").GetString()!),
                Enum.Parse<ImageFit>(json.GetProperty("fit").GetString()!));
            float[] mean = Numbers("mean"), deviation = Numbers("deviation");
            if (mean.Length > 0 || deviation.Length > 0)
                input = input.Normalize(mean, deviation);
            string[] classes = [.. json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
            return classes.Length > 0 ? input.WithClasses(classes) : input;

            float[] Numbers(string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"What is said of pictures cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what <see cref="ImageInputFiles.Save"/> has put into a weight file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">Nothing is said of pictures there, or the file is not well-formed.</exception>
    public static ImageInput Load(string path)
    {
        if (!SafeTensors.ReadMetadata(path).TryGetValue(Key, out string? text))
            throw new InvalidDataException($"{path} says nothing of pictures: it was saved without. network.Save(path, input) puts it beside the weights.");
        try
        {
            return FromJson(text);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>
    /// It as a text for a file of weights, for who has other texts to put beside it:
    /// <see cref="SafeTensors.Save(string, NetworkParameters, IReadOnlyDictionary{string, string}, bool)"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> AsMetadata() => new Dictionary<string, string> { [Key] = ToJson() };

    /// <summary>For example <c>[64, 64, 3], Crop, 5 classes</c>.</summary>
    public override string ToString() =>
        Invariant($"[{Height}, {Width}, {Channels}], {Fit}{(mean.Length > 0 ? ", normalized" : "")}{(classes.Length > 0 ? Invariant($", {classes.Length} classes") : "")}");

    internal void Encode(Image image, string name, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels != Channels)
            throw new ArgumentException(Invariant($"{name} has {image.Channels} channels; expected {Channels} ({Color})."), nameof(image));
        if (target.Length != Length)
            throw new ArgumentException(Invariant($"There is room for {target.Length} values; [{Height}, {Width}, {Channels}] has {Length}."), nameof(target));
        Sized(image, name).Pixels.Span.CopyTo(target);
        if (mean.Length == 0)
            return;
        for (int i = 0; i < target.Length; i += mean.Length)
        {
            for (int channel = 0; channel < mean.Length; channel++)
                target[i + channel] = (target[i + channel] - mean[channel]) / deviation[channel];
        }
    }

    private Image Sized(Image image, string name)
    {
        if ((image.Height, image.Width) == (Height, Width))
            return image;
        switch (Fit)
        {
            case ImageFit.Stretch:
                return image.Resize(Height, Width);
            case ImageFit.Crop:
                Image covering = Scaled(image, Math.Max((double)Height / image.Height, (double)Width / image.Width), Math.Max);
                return covering.CropCenter(Height, Width);
            case ImageFit.Pad:
                Image within = Scaled(image, Math.Min((double)Height / image.Height, (double)Width / image.Width), Math.Min);
                return within.PadCenter(Height, Width);
            default:
                throw new InvalidDataException(
                    Invariant($"{name} has {image.Height}×{image.Width} pixels; expected {Height}×{Width}. Resize it, or let {nameof(ImageInput)} do so ({nameof(ImageFit)}.{nameof(ImageFit.Stretch)}, {nameof(ImageFit.Crop)} or {nameof(ImageFit.Pad)})."));
        }
    }

    private Image Scaled(Image image, double factor, Func<int, int, int> bound) => image.Resize(
        bound(Height, Math.Max(1, (int)Math.Round(image.Height * factor))), bound(Width, Math.Max(1, (int)Math.Round(image.Width * factor))));

    private float[] EachChannel(ReadOnlySpan<float> values, string name, float above = float.NegativeInfinity)
    {
        if (values.Length != 1 && values.Length != Channels)
            throw new ArgumentException(Invariant($"There are {values.Length} numbers; expected one, or one for each of {Channels} channels."), name);
        float[] all = new float[Channels];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = values.Length == 1 ? values[0] : values[i];
            if (!(float.IsFinite(all[i]) && all[i] > above))
                throw OutOfRange.Of(name, all[i], Invariant($"'{name}' has {all[i]}; expected a finite number{(float.IsFinite(above) ? " above 0" : "")}."));
        }

        return all;
    }
}
