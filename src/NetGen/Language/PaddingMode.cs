namespace NetGen;

/// <summary>What lines around an image have in them.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>
    /// The image mirrored at its outermost lines, which are not repeated: 3 2 | 1 2 3 4 | 3 2. Fewer lines than the image has.
    /// </summary>
    Reflect,

    /// <summary>Its outermost lines again: 1 1 | 1 2 3 4 | 4 4.</summary>
    Replicate,
}
