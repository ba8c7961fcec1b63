using System.Runtime.InteropServices;
using NetGen.Runtime;

namespace NetGen.Data;

/// <summary>
/// A change of place: a linear map around the middle of the image. Several that follow each other are multiplied, and the image is
/// interpolated once.
/// </summary>
internal abstract class Affine(ImageBorder border) : Augmentation
{
    internal ImageBorder Border => border;

    /// <summary>Whether pixels come to lie on pixels.</summary>
    internal virtual bool IsExact => false;

    /// <summary>From places in the new image to places in the old one.</summary>
    internal abstract Map Draw(ImageShape shape, ref SampleRandom random);

    public sealed override void Apply(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, ref SampleRandom random)
    {
        Map map = Draw(shape, ref random);
        if (map.IsIdentity)
            image.CopyTo(result);
        else if (IsExact)
            Mirrored(image, shape, result, map);
        else
            AffineSampling.Sample(image, shape, result, map, border);
    }

    private static void Mirrored(ReadOnlySpan<float> image, ImageShape shape, Span<float> result, Map map)
    {
        (int line, int channels) = (shape.Width * shape.Channels, shape.Channels);
        for (int row = 0; row < shape.Height; row++)
        {
            ReadOnlySpan<float> from = image.Slice((map.Yy < 0 ? shape.Height - 1 - row : row) * line, line);
            Span<float> to = result.Slice(row * line, line);
            if (map.Xx >= 0)
                from.CopyTo(to);
            else if (channels == 1)
            {
                from.CopyTo(to);
                to.Reverse();
            }
            else
            {
                for (int column = 0; column < line; column += channels)
                    from.Slice(line - channels - column, channels).CopyTo(to[column..]);
            }
        }
    }

    /// <summary>y' = Yy·y + Yx·x + Y and x' = Xy·y + Xx·x + X, in pixels from the middle.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly struct Map(double yy, double yx, double xy, double xx, double y, double x)
    {
        internal static Map Identity => new(1, 0, 0, 1, 0, 0);

        internal double Yy => yy;

        internal double Yx => yx;

        internal double Xy => xy;

        internal double Xx => xx;

        internal double Y => y;

        internal double X => x;

        internal bool IsIdentity => (yy, yx, xy, xx, y, x) == (1, 0, 0, 1, 0, 0);

        /// <summary>First the other one, then this one.</summary>
        internal Map After(in Map o) => new(
            yy * o.Yy + yx * o.Xy, yy * o.Yx + yx * o.Xx, xy * o.Yy + xx * o.Xy, xy * o.Yx + xx * o.Xx, yy * o.Y + yx * o.X + y, xy * o.Y + xx * o.X + x);
    }

    internal sealed class Shifting(float share, ImageBorder border) : Affine(border)
    {
        internal override Map Draw(ImageShape shape, ref SampleRandom random) =>
            new(1, 0, 0, 1, random.Uniform(-share, share) * shape.Height, random.Uniform(-share, share) * shape.Width);
    }

    internal sealed class Rotating(float turns, ImageBorder border) : Affine(border)
    {
        internal override Map Draw(ImageShape shape, ref SampleRandom random)
        {
            // By the library's own cosine, which is the same on every system.
            uint turn = unchecked((uint)(long)(random.Uniform(-turns, turns) * 4294967296.0));
            double cosine = Philox.CosineOfTurn(turn), sine = Philox.CosineOfTurn(unchecked(turn - 0x4000_0000));
            return new(cosine, sine, -sine, cosine, 0, 0);
        }
    }

    internal sealed class Zooming(float smallest, float largest, ImageBorder border) : Affine(border)
    {
        internal override Map Draw(ImageShape shape, ref SampleRandom random)
        {
            double scale = 1 / (smallest * Math.Pow((double)largest / smallest, random.Uniform()));
            return new(scale, 0, 0, scale, 0, 0);
        }
    }

    internal sealed class Flipping(bool vertical) : Affine(ImageBorder.Edge)
    {
        internal override bool IsExact => true;

        internal override Map Draw(ImageShape shape, ref SampleRandom random) =>
            !random.Chance(0.5f) ? Map.Identity : vertical ? new(-1, 0, 0, 1, 0, 0) : new(1, 0, 0, -1, 0, 0);
    }

    /// <summary>Several, one after the other.</summary>
    internal sealed class Several(Affine[] steps, ImageBorder border) : Affine(border)
    {
        internal override bool IsExact { get; } = Array.TrueForAll(steps, step => step.IsExact);

        internal override Map Draw(ImageShape shape, ref SampleRandom random)
        {
            Map map = Map.Identity;
            // Backwards from the new image: what was done last is undone first.
            foreach (Affine step in steps)
                map = map.After(step.Draw(shape, ref random));
            return map;
        }
    }
}
