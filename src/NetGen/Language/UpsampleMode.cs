namespace NetGen;

/// <summary>Of which pixels those of an image of another size are made.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest one.</summary>
    Nearest,

    /// <summary>The two nearest rows and columns, by distance.</summary>
    Bilinear,
}
