using NetGen.Generator.Common;

namespace NetGen.Generator.Graph.Order;

/// <summary>
/// Where PyTorch has the elements of one sample, if the same network is written there: an image [h, w, c] is [c, h, w] there, so its
/// elements are one block of h·w positions and c channels, and stay so when it is flattened. Several such vectors one after the other are
/// several blocks.
/// </summary>
/// <param name="Blocks">All elements, in the order of memory; in normal form, so that equal orders are equal values.</param>
/// <param name="Axes">How many of the dimensions, from the first, count positions; 0 for vectors, and where no dimension moves.</param>
/// <param name="IsKnown">False: two uses contradict each other, or positions and channels were mixed as PyTorch's order does not allow.</param>
internal sealed record FeatureOrder(EquatableArray<FeatureBlock> Blocks, int Axes, bool IsKnown = true)
{
    public static readonly FeatureOrder Unknown = new(default, 0, false);

    /// <summary>The order of memory.</summary>
    public static FeatureOrder Plain(IReadOnlyList<int> dims) => Split(dims, 0);

    /// <summary>[…, channels] here, [channels, …] in PyTorch.</summary>
    public static FeatureOrder Image(IReadOnlyList<int> dims) => Split(dims, dims.Count - 1);

    /// <summary>The first dimensions count positions, the others channels.</summary>
    public static FeatureOrder Split(IReadOnlyList<int> dims, int axes)
    {
        axes = Math.Max(0, Math.Min(axes, dims.Count));
        return new(Normal([new FeatureBlock(Product(dims.Take(axes)), Product(dims.Skip(axes)))]), dims.Count > 1 ? axes : 0);
    }

    /// <summary>The order of a vector.</summary>
    public static FeatureOrder Of(IEnumerable<FeatureBlock> blocks) => new(Normal(blocks), 0);

    /// <summary>Whether PyTorch has the elements in the order of memory.</summary>
    public bool IsPlain => IsKnown && Blocks.All(b => b.IsPlain);

    /// <summary>Both are said of one value. Where nothing moves, dimensions of size 1 may still count as positions.</summary>
    public FeatureOrder Join(FeatureOrder other) => IsKnown && other.IsKnown && Blocks == other.Blocks
        ? this with { Axes = Math.Max(Axes, other.Axes) }
        : Unknown;

    /// <summary>
    /// The same elements with other dimensions. PyTorch can follow where each dimension has either positions or channels; a vector may have
    /// them in any order.
    /// </summary>
    public FeatureOrder Reshape(IReadOnlyList<int> dims)
    {
        if (!IsKnown)
            return this;
        if (dims.Count(d => d != 1) <= 1)
            return this with { Axes = 0 };
        for (var axes = dims.Count - 1; axes > 0 && !IsPlain; axes--)
        {
            if (Split(dims, axes) is var split && split.Blocks == Blocks)
                return split;
        }
        return IsPlain ? Plain(dims) : Unknown;
    }

    /// <summary>Vectors one after the other.</summary>
    public static FeatureOrder Concat(IReadOnlyList<FeatureOrder> parts) =>
        parts.All(p => p.IsKnown) ? Of(parts.SelectMany(p => p.Blocks)) : Unknown;

    /// <summary>Some elements of a vector; unknown where they are a part of a block that moves.</summary>
    public FeatureOrder Slice(int start, int length)
    {
        var taken = new List<FeatureBlock>();
        foreach (var block in Blocks)
        {
            var count = Math.Min(start + length, block.Count) - Math.Max(start, 0);
            if (count > 0 && count < block.Count && !block.IsPlain)
                return Unknown;
            if (count > 0)
                taken.Add(count == block.Count ? block : new FeatureBlock(1, count));
            start -= block.Count;
        }
        return IsKnown ? Of(taken) : Unknown;
    }

    /// <summary>"25×64": positions × channels of each block that moves, and how many elements stand between them.</summary>
    public override string ToString() =>
        !IsKnown ? "unknown" : string.Join(" + ", Blocks.Select(b => b.IsPlain ? $"{b.Count}" : $"{b.Positions}×{b.Channels}"));

    /// <summary>Blocks that do not move have one position, and there are no two of them in a row.</summary>
    private static EquatableArray<FeatureBlock> Normal(IEnumerable<FeatureBlock> blocks)
    {
        var normal = new List<FeatureBlock>();
        foreach (var block in blocks)
        {
            if (!block.IsPlain)
                normal.Add(block);
            else if (normal.Count > 0 && normal[normal.Count - 1] is { Positions: 1 } before)
                normal[normal.Count - 1] = new FeatureBlock(1, before.Count + block.Count);
            else
                normal.Add(new FeatureBlock(1, block.Count));
        }
        return normal.ToEquatableArray();
    }

    private static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => product * dim);
}
