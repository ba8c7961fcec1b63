namespace NetGen;

/// <summary><see cref="Layers.Conv2D"/> as a layer of the attribute form. Rectangular kernels and initializers are for the field form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute(int filters, int kernel) : LayerAttribute
{
    /// <summary>Channels of the output, at least 1.</summary>
    public int Filters { get; } = filters;

    /// <summary>Rows and columns of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Step of the kernel.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns of zeros on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈size / stride⌉ rows and columns (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>What the rows and columns around the image have in them.</summary>
    public PaddingMode PaddingMode { get; set; }

    /// <summary>How far apart the kernel's rows and columns read the image.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Into how many groups channels and filters divide.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}
