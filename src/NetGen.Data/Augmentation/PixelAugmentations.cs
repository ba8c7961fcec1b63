namespace NetGen.Data;

/// <summary>Numbers that are added to all values.</summary>
internal sealed class NoiseAugmentation(float deviation) : Augmentation
{
    public override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        image.CopyTo(result);
        random.AddNormal(result, deviation);
    }
}

/// <summary>Squares of zeros.</summary>
internal sealed class CutoutAugmentation : Augmentation
{
    private readonly int size, count;

    internal CutoutAugmentation(int size, int count)
    {
        OutOfRange.ThrowIfLess(size, 1);
        OutOfRange.ThrowIfLess(count, 1);
        (this.size, this.count) = (size, count);
    }

    public override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        image.CopyTo(result);
        for (int square = 0; square < count; square++)
        {
            int top = random.Next(shape.Height) - size / 2, left = random.Next(shape.Width) - size / 2;
            int from = Math.Max(0, left), columns = Math.Min(shape.Width, left + size) - from;
            for (int row = Math.Max(0, top); row < Math.Min(shape.Height, top + size); row++)
                result.Slice((row * shape.Width + from) * shape.Channels, columns * shape.Channels).Clear();
        }
    }
}

/// <summary>Another change, or none.</summary>
internal sealed class SometimesAugmentation(float probability, Augmentation other) : Augmentation
{
    public override ImageShape ShapeOf(ImageShape image)
    {
        ImageShape shape = other.ShapeOf(image);
        return shape.Height == image.Height && shape.Width == image.Width && shape.Channels == image.Channels
            ? shape
            : throw new ArgumentException($"What happens sometimes must not make images of {shape} out of images of {image}.");
    }

    public override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        if (random.Chance(probability))
            other.Apply(image, shape, result, ref random);
        else
            image.CopyTo(result);
    }
}
