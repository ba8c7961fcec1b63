namespace NetGen;

/// <summary><see cref="Layers.LayerNorm"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute(int axes = 1) : LayerAttribute
{
    /// <summary>How many axes, from the last.</summary>
    public int Axes { get; } = axes;

    /// <summary>Above 0.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>Whether there are weights.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary><see cref="Layers.BatchNorm"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>Above 0.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>The share of each batch in the running statistics, from 0 to 1.</summary>
    public float Momentum { get; set; } = 0.1f;

    /// <summary>Whether there are weights.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary><see cref="Layers.RmsNorm"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RmsNormAttribute(int axes = 1) : LayerAttribute
{
    /// <summary>How many axes, from the last.</summary>
    public int Axes { get; } = axes;

    /// <summary>Above 0.</summary>
    public float Epsilon { get; set; } = 1.1920929e-7f;

    /// <summary>Whether there are weights.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary><see cref="Layers.GroupNorm"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>How many groups of channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>Above 0.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>Whether there are weights.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary><see cref="Layers.InstanceNorm"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InstanceNormAttribute : LayerAttribute
{
    /// <summary>Above 0.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>Whether there are weights.</summary>
    public bool Affine { get; set; } = false;
}
