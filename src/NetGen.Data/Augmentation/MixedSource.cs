using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A source whose samples are mixed with others of their batch.</summary>
internal sealed class MixedSource : IndexedSource
{
    private readonly IndexedSource inner;
    private readonly int image, label, classes;
    private readonly bool hasShares;
    private readonly Mixing[] ways;
    private readonly ThreadLocal<SampleBuffer> scratch;
    private readonly ThreadLocal<(float[] Images, float[] Shares)> copies = new(() => ([], []));

    internal MixedSource(IndexedSource inner, string image, string label, int classes, ReadOnlySpan<Mixing> ways)
    {
        OutOfRange.ThrowIfLess(classes, 2);
        if (ways.IsEmpty)
            throw new ArgumentException("There is no way to mix.", nameof(ways));
        foreach (Mixing way in ways)
            ArgumentNullException.ThrowIfNull(way, nameof(ways));
        this.inner = inner;
        this.classes = classes;
        this.ways = ways.ToArray();
        (Workers, Ahead) = (inner.Workers, inner.Ahead);
        (this.image, _) = ImageAugmenting.Find(inner.Columns, image);
        DataColumn labels = inner.Columns[label];
        this.label = inner.Columns.Columns.IndexOf(labels);
        hasShares = labels.Type == ColumnType.Float;
        if (labels.Length != (hasShares ? classes : 1))
            throw new ArgumentException(Invariant($"'{label}' is neither one label per sample nor a share of each of {classes} classes: {labels}."), nameof(label));
        Columns = new([.. inner.Columns.Columns.ToArray().Select(column =>
            column.Name == label ? new DataColumn(label, Array.Empty<float>(), classes) : column)]);
        scratch = new(() => new(inner.Columns, 1));
    }

    public override int Count => inner.Count;

    public override Dataset Columns { get; }

    public override string Place(int sample) => inner.Place(sample);

    public override void Load(int sample, SampleTarget target, ref SampleRandom random)
    {
        if (hasShares)
        {
            inner.Load(sample, target, ref random);
            return;
        }

        SampleTarget loaded = scratch.Value!.At(0);
        inner.Load(sample, loaded, ref random);
        ImageAugmenting.Copy(Columns, loaded, target, label, label);
        int answer = loaded.Labels(label)[0];
        if ((uint)answer >= (uint)classes)
            throw new InvalidDataException(Invariant($"{Place(sample)}: the label is {answer}; expected 0 to {classes - 1}."));
        Span<float> shares = target.Floats(label);
        shares.Clear();
        shares[answer] = 1;
    }

    internal override void Finish(SampleBuffer batch, int count, ref SampleRandom random)
    {
        inner.Finish(batch, count, ref random);
        ReadOnlySpan<int> size = batch.All.Columns[image].Shape;
        ImageShape shape = new(size[0], size[1], size[2]);
        Span<float> images = batch.Floats(image)[..(count * shape.Length)], shares = batch.Floats(label)[..(count * classes)];
        (float[] Images, float[] Shares) copy = copies.Value;
        if (copy.Images.Length < images.Length || copy.Shares.Length < shares.Length)
            copies.Value = copy = (new float[images.Length], new float[shares.Length]);
        images.CopyTo(copy.Images);
        shares.CopyTo(copy.Shares);
        int[] others = new int[count];
        for (int i = 0; i < count; i++)
        {
            int place = random.Next(i + 1);
            (others[i], others[place]) = (others[place], i);
        }

        for (int i = 0; i < count; i++)
        {
            Mixing way = ways[ways.Length == 1 ? 0 : random.Next(ways.Length)];
            float share = way.Mix(images.Slice(i * shape.Length, shape.Length), copy.Images.AsSpan(others[i] * shape.Length, shape.Length), shape, ref random);
            Span<float> own = shares.Slice(i * classes, classes);
            ReadOnlySpan<float> other = copy.Shares.AsSpan(others[i] * classes, classes);
            for (int k = 0; k < classes; k++)
                own[k] = Math.Clamp(other[k] + (own[k] - other[k]) * share, 0, 1);
        }
    }
}
