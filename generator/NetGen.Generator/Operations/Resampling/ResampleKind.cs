namespace NetGen.Generator.Operations.Resampling;

/// <summary>
/// Which lines of an axis make a line of another number of them; the numbers are those of NetGen.Runtime.ResampleKernels.
/// </summary>
internal enum ResampleKind
{
    /// <summary>Line ⌊i·n/m⌋.</summary>
    Nearest,

    /// <summary>The two around (i + ½)·n/m − ½, the first and the last repeated.</summary>
    Linear,

    /// <summary>The two around i·(n − 1)/(m − 1).</summary>
    LinearAlignedCorners,

    /// <summary>The mean of lines ⌊i·n/m⌋ to before ⌈(i + 1)·n/m⌉.</summary>
    Mean,

    /// <summary>i − before, mirrored at the first and the last line, which are not repeated.</summary>
    Reflect,

    /// <summary>i − before, or the first or the last line.</summary>
    Replicate,
}
