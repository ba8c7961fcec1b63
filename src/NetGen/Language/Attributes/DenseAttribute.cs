namespace NetGen;

/// <summary><see cref="Layers.Dense"/> as a layer of the attribute form. Initializers are for the field form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : LayerAttribute
{
    /// <summary>Size of the output, at least 1.</summary>
    public int Units { get; } = units;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}
