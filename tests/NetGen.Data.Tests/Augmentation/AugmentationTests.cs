using NetGen.Data.Tests.Sources;
using Xunit;

namespace NetGen.Data.Tests;

public sealed class AugmentationTests
{
    private static readonly ImageShape Gray = new(9, 12, 1), Colors = new(8, 8, 3);

    private static float[] Random(ImageShape shape, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, shape.Length).Select(_ => random.NextSingle())];
    }

    private static float[] Apply(Augmentation augmentation, float[] image, ImageShape shape, int sample = 0)
    {
        SampleRandom random = new(7, 1, sample);
        float[] result = new float[augmentation.ShapeOf(shape).Length];
        result.AsSpan().Fill(float.NaN);
        augmentation.Apply(image, shape, result, ref random);
        Assert.DoesNotContain(float.NaN, result);
        return result;
    }

    public static TheoryData<string, Augmentation> All => new()
    {
        { "shift", Augmentation.Shift(0.3f) },
        { "shift, zero", Augmentation.Shift(0.3f, ImageBorder.Zero) },
        { "rotate", Augmentation.Rotate(180) },
        { "zoom", Augmentation.Zoom(0.5f, 2, ImageBorder.Mirror) },
        { "flip", Augmentation.FlipHorizontal() },
        { "flip", Augmentation.FlipVertical() },
        { "crop", Augmentation.Crop(5, 7, 3) },
        { "brightness", Augmentation.Brightness(0.3f) },
        { "contrast", Augmentation.Contrast(0.5f) },
        { "saturation", Augmentation.Saturation(0.5f) },
        { "hue", Augmentation.Hue(0.5f) },
        { "noise", Augmentation.Noise(0.1f) },
        { "cutout", Augmentation.Cutout(3, 2) },
        { "sometimes", Augmentation.Sometimes(0.5f, Augmentation.Noise(1)) },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Samples_differ_and_a_sample_does_not(string name, Augmentation augmentation)
    {
        float[] image = Random(Colors);
        float[][] results = [.. Enumerable.Range(0, 50).Select(sample => Apply(augmentation, image, Colors, sample))];
        Assert.All(Enumerable.Range(0, 50), sample => Assert.Equal(results[sample], Apply(augmentation, image, Colors, sample)));
        int different = results.Select(result => string.Join(' ', result)).Distinct().Count();
        Assert.True(name == "flip" ? different == 2 : different > 20, $"{different} of 50 are different");
    }

    [Theory]
    [InlineData(ImageBorder.Edge)]
    [InlineData(ImageBorder.Mirror)]
    public void What_has_one_colour_keeps_it_wherever_it_is_moved(ImageBorder border)
    {
        float[] image = [.. Enumerable.Repeat(0.7f, Gray.Length)];
        foreach (Augmentation augmentation in (Augmentation[])[Augmentation.Shift(1, border), Augmentation.Rotate(180, border), Augmentation.Zoom(0.2f, 3, border)])
            Assert.All(Apply(augmentation, image, Gray), value => Assert.Equal(0.7f, value, 1e-6f));
    }

    /// <summary>A plane that rises evenly is interpolated exactly, so each pixel says where it came from.</summary>
    [Fact]
    public void A_pixel_comes_from_where_the_map_says()
    {
        float[] plane = new float[Gray.Length];
        for (int row = 0; row < 9; row++)
        {
            for (int column = 0; column < 12; column++)
                plane[row * 12 + column] = 100 * row + column;
        }

        for (int sample = 0; sample < 20; sample++)
        {
            Affine turn = (Affine)Augmentation.Rotate(30, ImageBorder.Zero), zoom = (Affine)Augmentation.Zoom(0.8f, 1.3f, ImageBorder.Zero);
            Affine several = new Affine.Several([turn, zoom, (Affine)Augmentation.FlipHorizontal()], ImageBorder.Zero);
            SampleRandom random = new(7, 1, sample), again = new(7, 1, sample);
            // The same draws, and by hand: the last change is undone first.
            Affine.Map first = turn.Draw(Gray, ref again), second = zoom.Draw(Gray, ref again);
            double side = again.Chance(0.5f) ? -1 : 1;
            float[] result = new float[Gray.Length];
            several.Apply(plane, Gray, result, ref random);
            int seen = 0;
            for (int row = 0; row < 9; row++)
            {
                for (int column = 0; column < 12; column++)
                {
                    (double y, double x) = (row - 4.0, side * (column - 5.5));
                    (y, x) = (second.Yy * y, second.Xx * x);
                    (y, x) = (first.Yy * y + first.Yx * x + 4, first.Xy * y + first.Xx * x + 5.5);
                    if (y is < 0 or > 8 || x is < 0 or > 11)
                        continue;
                    Assert.Equal(100 * y + x, result[row * 12 + column], 0.01);
                    seen++;
                }
            }

            Assert.True(seen > 30);
            // A rotation keeps lengths, and its angle is at most the one that was said.
            Assert.Equal(1, first.Yy * first.Xx - first.Yx * first.Xy, 1e-12);
            Assert.InRange(Math.Acos(first.Yy) * 180 / Math.PI, 0, 30.0001);
            Assert.InRange(1 / second.Yy, 0.8, 1.3);
        }
    }

    [Fact]
    public void A_shift_moves_by_what_was_drawn_and_zeros_come_in()
    {
        Affine shift = (Affine)Augmentation.Shift(0.5f, ImageBorder.Zero);
        SampleRandom random = new(7, 1, 3);
        Affine.Map map = shift.Draw(Gray, ref random);
        Assert.InRange(Math.Abs(map.Y), 0, 4.5);
        Assert.InRange(Math.Abs(map.X), 0, 6);
        float[] result = Apply(shift, [.. Enumerable.Repeat(1f, Gray.Length)], Gray, 3);
        double kept = (9 - Math.Abs(map.Y)) * (12 - Math.Abs(map.X));
        Assert.Equal(kept, result.Sum(), 1e-3);
    }

    [Fact]
    public void Flips_are_exact()
    {
        float[] image = Random(Colors);
        float[] mirrored = [.. Enumerable.Range(0, 8).SelectMany(row => Enumerable.Range(0, 8).SelectMany(column => image[((row * 8 + 7 - column) * 3)..][..3]))];
        float[] upsideDown = [.. Enumerable.Range(0, 8).SelectMany(row => image[((7 - row) * 24)..][..24])];
        float[][] horizontal = [.. Enumerable.Range(0, 1000).Select(sample => Apply(Augmentation.FlipHorizontal(), image, Colors, sample))];
        Assert.All(horizontal, result => Assert.True(result.SequenceEqual(image) || result.SequenceEqual(mirrored)));
        Assert.InRange(horizontal.Count(result => result.SequenceEqual(mirrored)), 420, 580);
        Assert.All(Enumerable.Range(0, 20).Select(sample => Apply(Augmentation.FlipVertical(), image, Colors, sample)),
            result => Assert.True(result.SequenceEqual(image) || result.SequenceEqual(upsideDown)));
    }

    [Fact]
    public void A_part_is_of_the_image_with_zeros_around_it()
    {
        float[] image = Random(Gray);
        HashSet<(int, int)> places = [];
        for (int sample = 0; sample < 400; sample++)
        {
            float[] part = Apply(Augmentation.Crop(8, 10, 2), image, Gray, sample);
            (int Top, int Left) place = Enumerable.Range(-2, 6).SelectMany(top => Enumerable.Range(-2, 7).Select(left => (top, left)))
                .Single(at => Enumerable.Range(0, 80).All(i => part[i] == Padded(at.top + i / 10, at.left + i % 10)));
            places.Add(place);
        }

        Assert.Equal(6 * 7, places.Count);
        string message = Assert.Throws<ArgumentException>(() => Augmentation.Crop(14, 10, 2).ShapeOf(Gray)).Message;
        Assert.StartsWith("There is no part of 14×10 in images of [9, 12, 1]", message, StringComparison.Ordinal);

        float Padded(int row, int column) => row is >= 0 and < 9 && column is >= 0 and < 12 ? image[row * 12 + column] : 0;
    }

    [Fact]
    public void Colours_change_as_they_should()
    {
        float[] image = Random(Colors);
        float[] lighter = Apply(Augmentation.Brightness(0.3f), image, Colors);
        float amount = lighter[0] - image[0];
        Assert.InRange(Math.Abs(amount), 0.001f, 0.3f);
        Assert.All(lighter.Zip(image), pair => Assert.Equal(amount, pair.First - pair.Second, 1e-6f));

        float[] contrast = Apply(Augmentation.Contrast(0.5f), image, Colors);
        Assert.Equal(image.Average(), contrast.Average(), 1e-6f);
        Assert.NotEqual(image[0], contrast[0], 1e-4f);

        foreach (Augmentation augmentation in (Augmentation[])[Augmentation.Saturation(0.5f), Augmentation.Hue(0.5f)])
        {
            float[] result = Apply(augmentation, image, Colors);
            Assert.NotEqual(image[0], result[0], 1e-4f);
            for (int i = 0; i < result.Length; i += 3)
                Assert.Equal(Luma(image.AsSpan(i)), Luma(result.AsSpan(i)), 0.003f);
        }

        // Gray has no colours, and what was turned by nothing is what it was.
        float[] gray = [.. image.Chunk(3).SelectMany(pixel => new[] { pixel[0], pixel[0], pixel[0] })];
        Assert.All(Apply(Augmentation.Hue(0.5f), gray, Colors).Zip(gray), pair => Assert.Equal(pair.Second, pair.First, 0.003f));
        Assert.All(Apply(Augmentation.Hue(0), image, Colors).Zip(image), pair => Assert.Equal(pair.Second, pair.First, 0.003f));
        string message = Assert.Throws<ArgumentException>(() => Augmentation.Hue(0.1f).ShapeOf(Gray)).Message;
        Assert.Equal("Hue is of colours; images of [9, 12, 1] have 1 channels, not 3 or 4.", message);

        static float Luma(ReadOnlySpan<float> pixel) => 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
    }

    [Fact]
    public void Opacity_is_no_colour()
    {
        ImageShape shape = new(4, 4, 4);
        float[] image = Random(shape);
        foreach (Augmentation augmentation in (Augmentation[])[
            Augmentation.Brightness(1), Augmentation.Contrast(1), Augmentation.Saturation(1), Augmentation.Hue(0.5f)])
        {
            float[] result = Apply(augmentation, image, shape);
            for (int i = 0; i < image.Length; i++)
                Assert.Equal(i % 4 == 3, result[i] == image[i]);
        }
    }

    [Fact]
    public void Noise_is_normal_with_its_deviation()
    {
        ImageShape shape = new(100, 333, 3);
        float[] noise = Apply(Augmentation.Noise(0.5f), new float[shape.Length], shape);
        Assert.Equal(0, noise.Average(), 0.006);
        Assert.Equal(0.25, noise.Average(value => value * value), 0.006);
        Assert.Equal(0.6827, noise.Count(value => Math.Abs(value) < 0.5f) / (double)noise.Length, 0.006);
    }

    [Fact]
    public void A_square_is_cut_out()
    {
        float[] ones = [.. Enumerable.Repeat(1f, Colors.Length)];
        int[] zeros = [.. Enumerable.Range(0, 300).Select(sample => Apply(Augmentation.Cutout(4), ones, Colors, sample).Count(value => value == 0))];
        // Whole where it fits; at the border a part of it.
        Assert.Equal(48, zeros.Max());
        Assert.Equal(2 * 2 * 3, zeros.Min());
    }

    [Fact]
    public void What_is_mixed_has_the_shares_of_its_label()
    {
        // Images of one value, which is the class.
        float[] images = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat((float)(i % 3), 36))];
        Dataset data = new(new DataColumn("image", images, 6, 6, 1), new DataColumn("label", [.. Enumerable.Range(0, 300).Select(i => i % 3)]));
        foreach (Mixing[] ways in (Mixing[][])[[Mixing.Mixup(0.4f)], [Mixing.CutMix()], [Mixing.Mixup(1), Mixing.CutMix(0.5f)]])
        {
            using SampleReader reader = data.AsSource().Mix("image", "label", 3, ways).Read(new() { Epoch = 1, Shuffle = true, BatchSize = 100 });
            Dataset batch = reader.Next();
            int mixed = 0;
            for (int i = 0; i < 100; i++)
            {
                ReadOnlySpan<float> shares = batch["label"].Floats.Span.Slice(i * 3, 3);
                Assert.Equal(1, shares[0] + shares[1] + shares[2], 1e-5f);
                double mean = batch["image"].Floats.Slice(i * 36, 36).ToArray().Average();
                Assert.Equal(shares[1] + 2 * shares[2], mean, 1e-4);
                mixed += shares.IndexOf(1f) < 0 ? 1 : 0;
            }

            Assert.InRange(mixed, 20, 95);
        }
    }

    [Fact]
    public void A_network_trains_with_shares_and_the_same_for_any_number_of_threads()
    {
        Dataset data = TinyData.Of(120), test = TinyData.Of(60, seed: 2).OneHot("label", 3);
        float[] one = Train(0), other = Train(3);
        Assert.Equal(one, other);

        float[] Train(int workers)
        {
            IndexedSource source = data.AsSource(workers)
                .Augment("image", Augmentation.Shift(0.05f), Augmentation.FlipHorizontal(), Augmentation.Noise(0.05f), Augmentation.Cutout(2))
                .Mix("image", "label", 3, Mixing.Mixup(0.2f), Mixing.CutMix());
            Assert.Equal("120 samples (image: Float [6, 6, 1]; label: Float [3])", source.ToString());
            using TinyOfShares network = new(seed: 1);
            History history = network.Fit(source, new FitOptions { Epochs = 30, BatchSize = 12, ValidationData = test }, new Adam(0.01f));
            Assert.True(history.Last!.ValidationAccuracy > 0.95, $"{history.Last}");
            return TinyData.Weights(network);
        }
    }

    [Fact]
    public void Images_that_are_cut_have_another_shape()
    {
        IndexedSource source = TinyData.Of(10).Augment("image", Augmentation.Noise(0.1f), Augmentation.Crop(4, 5), Augmentation.FlipVertical(), Augmentation.Crop(3, 3));
        Assert.Equal([3, 3, 1], source.Columns["image"].Shape.ToArray());
        using SampleReader reader = source.Read(new() { BatchSize = 10 });
        Assert.Equal(90, reader.Next()["image"].Floats.Length);
        Assert.Throws<ArgumentException>(() => TinyData.Of(10).Augment("label", Augmentation.Noise(0.1f)));
        Assert.Throws<KeyNotFoundException>(() => TinyData.Of(10).Augment("picture", Augmentation.Noise(0.1f)));
        Assert.Throws<ArgumentException>(() => TinyData.Of(10).Augment("image", Augmentation.Sometimes(0.5f, Augmentation.Crop(3, 3))));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Shift(1.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Rotate(181));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Zoom(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Zoom(1.2f, 1.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Hue(0.6f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Noise(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Cutout(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Crop(3, 3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mixing.Mixup(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyData.Of(6).OneHot("label", 2));
        Assert.Throws<ArgumentException>(() => TinyData.Of(6).OneHot("image", 2));
        InvalidDataException label = Assert.Throws<InvalidDataException>(() =>
        {
            using SampleReader reader = TinyData.Of(6).AsSource(workers: 0).Mix("image", "label", 2, Mixing.Mixup()).Read(new() { BatchSize = 6 });
            reader.Next();
        });
        Assert.Equal("row 2: the label is 2; expected 0 to 1.", label.Message);
    }
}
