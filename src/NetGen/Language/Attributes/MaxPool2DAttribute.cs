namespace NetGen;

/// <summary><see cref="Layers.MaxPool2D"/> as a layer of the attribute form. Rectangular windows are for the field form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2DAttribute(int pool) : LayerAttribute
{
    /// <summary>Rows and columns of the window.</summary>
    public int Pool { get; } = pool;

    /// <summary>Step of the window; 0: the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>Rows and columns beyond the edges on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈size / stride⌉ rows and columns (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Whether a window that reaches over the end counts, as long as it begins before it.</summary>
    public bool CeilMode { get; set; }
}
