namespace NetGen.Data;

/// <summary>A source whose images are changed one by one.</summary>
internal sealed class AugmentedSource : IndexedSource
{
    private readonly IndexedSource inner;
    private readonly int image;
    private readonly Augmentation[] steps;
    private readonly ImageShape[] shapes;
    private readonly ThreadLocal<Scratch> scratch;

    internal AugmentedSource(IndexedSource inner, string image, ReadOnlySpan<Augmentation> augmentations)
    {
        this.inner = inner;
        (Workers, Ahead) = (inner.Workers, inner.Ahead);
        (this.image, ImageShape shape) = ImageAugmenting.Find(inner.Columns, image);
        steps = Merged(augmentations);
        shapes = new ImageShape[steps.Length + 1];
        shapes[0] = shape;
        int longest = shape.Length;
        for (int i = 0; i < steps.Length; i++)
        {
            shapes[i + 1] = steps[i].ShapeOf(shapes[i]);
            longest = Math.Max(longest, shapes[i + 1].Length);
        }

        ImageShape last = shapes[^1];
        Columns = new([.. inner.Columns.Columns.ToArray().Select(column =>
            column.Name == image ? new DataColumn(image, Array.Empty<float>(), last.Height, last.Width, last.Channels) : column)]);
        scratch = new(() => new(new SampleBuffer(inner.Columns, 1), new float[longest], new float[longest]));
    }

    public override int Count => inner.Count;

    public override Dataset Columns { get; }

    public override string Place(int sample) => inner.Place(sample);

    public override void Load(int sample, SampleTarget target, ref SampleRandom random)
    {
        Scratch own = scratch.Value!;
        SampleTarget loaded = own.Sample.At(0);
        inner.Load(sample, loaded, ref random);
        ImageAugmenting.Copy(Columns, loaded, target, image, image);
        ReadOnlySpan<float> now = loaded.Floats(image);
        for (int i = 0; i < steps.Length; i++)
        {
            Span<float> next = i == steps.Length - 1 ? target.Floats(image) : (i % 2 == 0 ? own.Even : own.Odd).AsSpan(0, shapes[i + 1].Length);
            steps[i].Apply(now, shapes[i], next, ref random);
            now = next;
        }

        if (steps.Length == 0)
            now.CopyTo(target.Floats(image));
    }

    internal override void Finish(SampleBuffer batch, int count, ref SampleRandom random) => inner.Finish(batch, count, ref random);

    /// <summary>Changes of place that follow each other are one.</summary>
    private static Augmentation[] Merged(ReadOnlySpan<Augmentation> augmentations)
    {
        List<Augmentation> steps = [];
        List<Affine> affine = [];
        foreach (Augmentation augmentation in augmentations)
        {
            ArgumentNullException.ThrowIfNull(augmentation, nameof(augmentations));
            if (augmentation is Affine next && affine.TrueForAll(other => other.IsExact || next.IsExact || other.Border == next.Border))
            {
                affine.Add(next);
                continue;
            }

            Close();
            if (augmentation is Affine first)
                affine.Add(first);
            else
                steps.Add(augmentation);
        }

        Close();
        return [.. steps];

        void Close()
        {
            if (affine.Count > 0)
                steps.Add(affine.Count == 1 ? affine[0] : new Affine.Several([.. affine], (affine.Find(one => !one.IsExact) ?? affine[0]).Border));
            affine.Clear();
        }
    }

    private sealed class Scratch(SampleBuffer sample, float[] even, float[] odd)
    {
        internal SampleBuffer Sample => sample;

        internal float[] Even => even;

        internal float[] Odd => odd;
    }
}
