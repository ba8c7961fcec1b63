namespace NetGen;

/// <summary><see cref="Layers.Conv1D"/> as a layer of the attribute form. Initializers are for the field form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute(int filters, int kernel) : LayerAttribute
{
    /// <summary>Channels of the output, at least 1.</summary>
    public int Filters { get; } = filters;

    /// <summary>Places of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Step of the kernel.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Places before and after the sequence.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈length / stride⌉ places (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>What the padding has in it.</summary>
    public PaddingMode PaddingMode { get; set; }

    /// <summary>How far apart the kernel's places are.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Into how many groups channels and filters divide.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary><see cref="Layers.ConvTranspose1D"/> as a layer of the attribute form. Initializers are for the field form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose1DAttribute(int filters, int kernel) : LayerAttribute
{
    /// <summary>Channels of the output, at least 1.</summary>
    public int Filters { get; } = filters;

    /// <summary>Places of the kernel.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Places of the output from a place to the next.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Places that the output has less before and after.</summary>
    public int Padding { get; set; }

    /// <summary>Stride times as many places (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Places that the output has more at the end.</summary>
    public int OutputPadding { get; set; }

    /// <summary>How far apart the kernel's places are.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Into how many groups channels and filters divide.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary><see cref="Layers.MaxPool1D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool1DAttribute(int pool) : LayerAttribute
{
    /// <summary>Places of the window.</summary>
    public int Pool { get; } = pool;

    /// <summary>Step of the window; 0: the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>Places beyond the ends.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈length / stride⌉ places (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Whether a window that reaches over the end counts, as long as it begins before it.</summary>
    public bool CeilMode { get; set; }
}

/// <summary><see cref="Layers.AveragePool1D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AveragePool1DAttribute(int pool) : LayerAttribute
{
    /// <summary>Places of the window.</summary>
    public int Pool { get; } = pool;

    /// <summary>Step of the window; 0: the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>Places beyond the ends.</summary>
    public int Padding { get; set; }

    /// <summary>Pad so that the output has ⌈length / stride⌉ places (<see cref="NetGen.Padding.Same"/>).</summary>
    public bool Same { get; set; }

    /// <summary>Whether a window that reaches over the end counts, as long as it begins before it.</summary>
    public bool CeilMode { get; set; }

    /// <summary>Whether padding counts as zeros.</summary>
    public bool CountPadding { get; set; }
}
