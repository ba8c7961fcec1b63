using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A part at a random place.</summary>
internal sealed class CropAugmentation : Augmentation
{
    private readonly int height, width, padding;

    internal CropAugmentation(int height, int width, int padding)
    {
        OutOfRange.ThrowIfLess(height, 1);
        OutOfRange.ThrowIfLess(width, 1);
        OutOfRange.ThrowIfLess(padding, 0);
        (this.height, this.width, this.padding) = (height, width, padding);
    }

    public override ImageShape ShapeOf(ImageShape image) => height <= image.Height + 2 * padding && width <= image.Width + 2 * padding
        ? new(height, width, image.Channels)
        : throw new ArgumentException(Invariant($"There is no part of {height}×{width} in images of {image} with {padding} zeros on each side."));

    public override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        int top = random.Next(shape.Height + 2 * padding - height + 1) - padding, left = random.Next(shape.Width + 2 * padding - width + 1) - padding;
        (int line, int from) = (width * shape.Channels, Math.Max(0, -left));
        int columns = Math.Min(width, shape.Width - left) - from;
        for (int row = 0; row < height; row++)
        {
            Span<float> to = result.Slice(row * line, line);
            bool isInside = (uint)(top + row) < (uint)shape.Height && columns > 0;
            if (!isInside || columns < width)
                to.Clear();
            if (isInside)
                image.Slice(((top + row) * shape.Width + left + from) * shape.Channels, columns * shape.Channels).CopyTo(to[(from * shape.Channels)..]);
        }
    }
}
