namespace NetGen;

/// <summary>
/// <see cref="Layers.ConvTranspose2D"/> as a layer of the attribute form. Rectangular kernels and initializers are for the field form.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose2DAttribute(int filters, int kernel) : LayerAttribute
{
    /// <summary>Channels of the output, at least 1.</summary>
    public int Filters { get; } = filters;

    /// <summary>Rows and columns of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Rows and columns of the output from a pixel to the next.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns that the output has less on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Stride times as many rows and columns (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Rows and columns that the output has more at the bottom and right.</summary>
    public int OutputPadding { get; set; }

    /// <summary>How far apart the kernel's rows and columns are.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Into how many groups channels and filters divide.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}
