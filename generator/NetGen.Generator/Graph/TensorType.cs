using NetGen.Generator.Common;

namespace NetGen.Generator.Graph;

internal enum ElementType
{
    Float32,

    /// <summary>Class labels and indices.</summary>
    Int32,

    /// <summary>Positions inside a pooling window.</summary>
    UInt8,

    /// <summary>Operands of products on tensor cores, in 16 bits.</summary>
    BFloat16,
}

/// <summary>
/// The type of a value: its element type, its constant dimensions, and the rows of which each has one such array. The number of rows is
/// the only dimension that is not known at build time and it is always the first.
/// </summary>
internal sealed record TensorType(ElementType Element, RowSpace Rows, EquatableArray<int> Dims)
{
    public static TensorType PerSample(params int[] dims) => new(ElementType.Float32, RowSpace.Samples, dims.ToEquatableArray());

    public static TensorType Shared(params int[] dims) => new(ElementType.Float32, RowSpace.None, dims.ToEquatableArray());

    public static TensorType Integers(params int[] dims) => new(ElementType.Int32, RowSpace.Samples, dims.ToEquatableArray());

    /// <summary>Whether it has rows of its own: one a sample, or one a step.</summary>
    public bool Batched => Rows != RowSpace.None;

    public int Rank => Dims.Count;

    /// <summary>Elements of one sample (or of the whole, when there is no batch).</summary>
    public long Count => Dims.Aggregate(1L, (product, dim) => product * dim);

    public TensorType WithDims(IEnumerable<int> dims) => this with { Dims = dims.ToEquatableArray() };

    /// <summary>"[13, 13, 32]": how messages to users name a shape; the batch is not part of it.</summary>
    public string Shape => Dims.ToString();

    /// <summary>"[B, 13, 13, 32]", of steps "[tokens, 32]": how dumps and generated comments name it.</summary>
    public override string ToString()
    {
        var dims = Dims.Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Batched)
            dims = new[] { Rows.Name }.Concat(dims);
        var element = Element switch { ElementType.Float32 => "", ElementType.Int32 => "int ", ElementType.UInt8 => "byte ", _ => "bf16 " };
        return element + "[" + string.Join(", ", dims) + "]";
    }
}
