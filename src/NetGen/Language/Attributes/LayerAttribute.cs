namespace NetGen;

/// <summary>
/// One layer of a network in attribute form. The order of the attributes in the source text is the order of the layers, and the position
/// names the weights: <c>0.weight</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }
}
