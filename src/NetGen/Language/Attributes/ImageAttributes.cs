namespace NetGen;

/// <summary><see cref="Layers.AdaptiveAveragePool2D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AdaptiveAveragePool2DAttribute(int size) : LayerAttribute
{
    /// <summary>Rows and columns of the output.</summary>
    public int Size { get; } = size;
}

/// <summary><see cref="Ops.GlobalMaxPool(Tensor)"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPoolAttribute : LayerAttribute;

/// <summary><see cref="Layers.Upsample2D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Upsample2DAttribute(int factor) : LayerAttribute
{
    /// <summary>How many times as many rows and columns.</summary>
    public int Factor { get; } = factor;

    /// <summary>Each pixel several times, or numbers between those of pixels.</summary>
    public UpsampleMode Mode { get; set; }

    /// <summary>
    /// For <see cref="UpsampleMode.Bilinear"/>: whether the centers of the corner pixels of both images are at the same places.
    /// </summary>
    public bool AlignCorners { get; set; }
}

/// <summary><see cref="Layers.PixelShuffle"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PixelShuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>Rows and columns of the square of pixels.</summary>
    public int Factor { get; } = factor;
}

/// <summary><see cref="Layers.PixelUnshuffle"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PixelUnshuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>Rows and columns of the square of pixels.</summary>
    public int Factor { get; } = factor;
}

/// <summary><see cref="Layers.Pad2D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Pad2DAttribute(int top, int bottom, int left, int right, PaddingMode mode = PaddingMode.Zeros) : LayerAttribute
{
    /// <summary>Rows before the image.</summary>
    public int Top { get; } = top;

    /// <summary>Rows after it.</summary>
    public int Bottom { get; } = bottom;

    /// <summary>Columns before it.</summary>
    public int Left { get; } = left;

    /// <summary>Columns after it.</summary>
    public int Right { get; } = right;

    /// <summary>What is in them.</summary>
    public PaddingMode Mode { get; } = mode;
}

/// <summary><see cref="Layers.Crop2D"/> as a layer of the attribute form.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Crop2DAttribute(int top, int bottom, int left, int right) : LayerAttribute
{
    /// <summary>Rows that go at the top.</summary>
    public int Top { get; } = top;

    /// <summary>Rows that go at the bottom.</summary>
    public int Bottom { get; } = bottom;

    /// <summary>Columns that go on the left.</summary>
    public int Left { get; } = left;

    /// <summary>Columns that go on the right.</summary>
    public int Right { get; } = right;
}
