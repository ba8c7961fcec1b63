namespace NetGen;

/// <summary>
/// One layer of a network in attribute form. The order of the attributes in the source text is the order of the layers, and the position
/// names the weights: <c>0.weight</c>.
/// </summary>
/// <example>
/// <code>
/// [Network, Input(28, 28, 1)]
/// [Conv2D(32, 3), Relu, MaxPool2D(2)]
/// [Flatten, Dense(10)]
/// public sealed partial class Stack;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }
}
