namespace NetGen.Data;

/// <summary>What is seen beyond the border of an image that was moved.</summary>
public enum ImageBorder
{
    /// <summary>The nearest pixel of the image.</summary>
    Edge,

    /// <summary>The image in a mirror at the border.</summary>
    Mirror,

    /// <summary>Zeros: black, or of normalized images the mean.</summary>
    Zero,
}
