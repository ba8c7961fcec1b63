namespace NetGen;

/// <summary>
/// The dimensions of one sample of a tensor parameter, without the batch: <c>[Shape(28, 28, 1)] Tensor image</c>; no dimensions: one
/// number per sample. A method's parameter without it takes the shape of <c>Forward</c>'s parameter of the same name.
/// </summary>
/// <example><code>public Tensor Area([Shape(28, 28, 1)] Tensor image) => Sum(image, [0, 1]);</code></example>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(params int[] dims) : Attribute
{
    /// <summary>The dimensions, each at least 1.</summary>
    public int[] Dims { get; } = dims;
}
