using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// A change of images at random, other in each epoch: the same answer under another light, at another place. Several, one after the other,
/// are given to <see cref="ImageAugmenting.Augment(Dataset, string, ReadOnlySpan{Augmentation})"/>.
/// </summary>
/// <remarks>
/// <code>
/// SampleSource source = train.Augment("image",
///     Augmentation.Rotate(10), Augmentation.Shift(0.1f), Augmentation.FlipHorizontal(),
///     Augmentation.Brightness(0.2f), Augmentation.Cutout(8));
/// network.Fit(source, options, new Adam(1e-3f));
/// </code>
/// What is drawn for an image depends on the seed of the training, the epoch and the number of the image, not on threads. Changes of place
/// that follow each other become one, so an image is interpolated once. A change of one's own derives from this class.
/// </remarks>
public abstract class Augmentation
{
    /// <summary>The shape that becomes of a shape; the same, unless it says otherwise.</summary>
    /// <exception cref="ArgumentException">It cannot be made of images of that shape.</exception>
    public virtual ImageShape ShapeOf(ImageShape image) => image;

    /// <summary>Makes another image of one. Several threads call it at once.</summary>
    /// <param name="image">The image, <c>[height, width, channels]</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="result">Receives the other one, of <see cref="ShapeOf"/>; all of it is to be written.</param>
    /// <param name="random">The sample's own random numbers.</param>
    public abstract void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random);

    /// <summary>Moves by up to a share of the height, and of the width, in both directions.</summary>
    /// <param name="share">From 0 to 1: 0.1 is a tenth.</param>
    /// <param name="border">What comes in from beyond the border.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public static Augmentation Shift(float share, ImageBorder border = ImageBorder.Edge) => new Affine.Shifting(Share(share, nameof(share)), border);

    /// <summary>Turns around the middle by up to an angle, to both sides.</summary>
    /// <param name="degrees">From 0 to 180.</param>
    /// <param name="border">What comes in from beyond the border.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degrees"/> is not from 0 to 180.</exception>
    public static Augmentation Rotate(float degrees, ImageBorder border = ImageBorder.Edge) => degrees is >= 0 and <= 180
        ? new Affine.Rotating(degrees / 360, border)
        : throw OutOfRange.Of(nameof(degrees), degrees, Invariant($"The angle is {degrees}; expected 0 to 180 degrees."));

    /// <summary>Makes larger or smaller around the middle, by a factor between two (even in the logarithm).</summary>
    /// <param name="smallest">The least factor, above 0.</param>
    /// <param name="largest">The greatest.</param>
    /// <param name="border">What comes in from beyond the border.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factors are not 0 &lt; smallest ≤ largest.</exception>
    public static Augmentation Zoom(float smallest, float largest, ImageBorder border = ImageBorder.Edge) => smallest > 0 && largest >= smallest && float.IsFinite(largest)
        ? new Affine.Zooming(smallest, largest, border)
        : throw OutOfRange.Of(nameof(smallest), smallest, Invariant($"The factors are {smallest} to {largest}; expected 0 < smallest ≤ largest."));

    /// <summary>Exchanges left and right in half of all cases.</summary>
    public static Augmentation FlipHorizontal() => new Affine.Flipping(vertical: false);

    /// <summary>Exchanges above and below in half of all cases.</summary>
    public static Augmentation FlipVertical() => new Affine.Flipping(vertical: true);

    /// <summary>A part of a size at a random place, of the image with zeros around it.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="padding">How many zeros there are on each side: 4 with a part of the image's own size is the usual of CIFAR.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the padding negative.</exception>
    public static Augmentation Crop(int height, int width, int padding = 0) => new CropAugmentation(height, width, padding);

    /// <summary>
    /// Adds a number of up to an amount, positive or negative, to all values: lighter or darker. Values are not cut off at 0 and 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative or not finite.</exception>
    public static Augmentation Brightness(float amount) => new ColorAugmentation(ColorChange.Brightness, Amount(amount, nameof(amount)));

    /// <summary>Multiplies the differences from the image's mean by a factor of 1 − amount to 1 + amount.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not from 0 to 1.</exception>
    public static Augmentation Contrast(float amount) => new ColorAugmentation(ColorChange.Contrast, Share(amount, nameof(amount)));

    /// <summary>
    /// Multiplies the differences of each pixel's colours from its gray by a factor of 1 − amount to 1 + amount. For images of three or
    /// four channels.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not from 0 to 1.</exception>
    public static Augmentation Saturation(float amount) => new ColorAugmentation(ColorChange.Saturation, Share(amount, nameof(amount)));

    /// <summary>
    /// Turns the colours around gray (in YIQ) by up to a part of the circle, to both sides. For images of three or four channels.
    /// </summary>
    /// <param name="turn">From 0 to 0.5: half of the circle exchanges each colour with its complement.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="turn"/> is not from 0 to 0.5.</exception>
    public static Augmentation Hue(float turn) => turn is >= 0 and <= 0.5f
        ? new ColorAugmentation(ColorChange.Hue, turn)
        : throw OutOfRange.Of(nameof(turn), turn, Invariant($"The turn is {turn}; expected 0 to 0.5 of the circle."));

    /// <summary>Adds a normally distributed number to each value.</summary>
    /// <param name="deviation">Their deviation.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is negative or not finite.</exception>
    public static Augmentation Noise(float deviation) => new NoiseAugmentation(Amount(deviation, nameof(deviation)));

    /// <summary>Sets squares to zero, with their middle anywhere in the image (DeVries and Taylor 2017).</summary>
    /// <param name="size">Rows and columns of a square.</param>
    /// <param name="count">How many squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static Augmentation Cutout(int size, int count = 1) => new CutoutAugmentation(size, count);

    /// <summary>Another change, with a probability; else none.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not from 0 to 1.</exception>
    public static Augmentation Sometimes(float probability, Augmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        return new SometimesAugmentation(Share(probability, nameof(probability)), augmentation);
    }

    private static float Share(float value, string name) => value is >= 0 and <= 1
        ? value
        : throw OutOfRange.Of(name, value, Invariant($"'{name}' is {value}; expected 0 to 1."));

    private static float Amount(float value, string name) => value >= 0 && float.IsFinite(value)
        ? value
        : throw OutOfRange.Of(name, value, Invariant($"'{name}' is {value}; expected a finite number of at least 0."));
}
