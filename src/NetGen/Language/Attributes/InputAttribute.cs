namespace NetGen;

/// <summary>
/// The dimensions of one input sample of a network in attribute form: <c>[Network, Input(28, 28, 1)]</c>; no dimensions: one number.
/// </summary>
/// <example>
/// <code>
/// [Network, Input(28, 28, 1)]
/// [Conv2D(32, 3), Relu, MaxPool2D(2)]
/// [Flatten, Dense(10)]
/// [Objective(Loss.CrossEntropy)]
/// public sealed partial class Tiny;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params int[] dims) : Attribute
{
    /// <summary>The dimensions, each at least 1.</summary>
    public int[] Dims { get; } = dims;
}
