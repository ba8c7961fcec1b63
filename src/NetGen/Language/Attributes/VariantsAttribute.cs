namespace NetGen;

/// <summary>
/// On a network: makes a class for each of some values of a constant, so that a search can try sizes, which are constants of a class. Of a
/// constant <c>Width</c> and 64 they are called <c>Net.Width64</c>; of two attributes each combination is one, as
/// <c>Net.Width64_Depth2</c>.
/// </summary>
/// <remarks>
/// A variant has what NetGen generates for the network itself: constructor, <c>Predict</c>, <c>Step</c>, <c>Fit</c>, <c>Save</c>,
/// <c>Load</c>; what else you wrote into the class is the class's alone. <c>Net.CreateVariant(width)</c> makes one of a size that is known
/// at run time only, and <c>Net.WidthVariants</c> has the values. The class itself stays as it is declared.
/// </remarks>
/// <param name="constant">The constant, a <see langword="const"/> <see langword="int"/> of the class: <c>nameof(Width)</c>.</param>
/// <param name="values">What it is instead, each once.</param>
/// <example>
/// <code>
/// [Network, Variants(nameof(Width), 64, 128, 256)]
/// public sealed partial class Net
/// {
///     private const int Width = 128;
///
///     private readonly Layer layers = Sequential(Dense(Width), Relu, Dense(1));
///
///     public Tensor Forward([Shape(12)] Tensor x) => layers(x);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class VariantsAttribute(string constant, params int[] values) : Attribute
{
    /// <summary>The name of the constant.</summary>
    public string Constant { get; } = constant;

    /// <summary>What it is instead.</summary>
    public IReadOnlyList<int> Values { get; } = values;
}
