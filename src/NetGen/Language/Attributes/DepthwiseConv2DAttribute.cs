namespace NetGen;

/// <summary>
/// <see cref="Layers.DepthwiseConv2D"/> as a layer of the attribute form. Rectangular kernels and initializers are for the field form.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute(int kernel) : LayerAttribute
{
    /// <summary>Rows and columns of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Step of the kernel.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns of zeros on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈size / stride⌉ rows and columns (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Filters of each channel, at least 1.</summary>
    public int Multiplier { get; set; } = 1;

    /// <summary>How far apart the kernel's rows and columns read the image.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}
