namespace NetGen;

/// <summary>
/// Which order of features a weight file has: that of the inputs of a dense layer which reads a flattened image, for example.
/// </summary>
public enum FileOrder
{
    /// <summary>
    /// What the file says. Files of NetGen say it in their metadata; those that it wrote before it knew PyTorch's order are recognized and
    /// read as <see cref="Memory"/>; all others have PyTorch's.
    /// </summary>
    Stated,

    /// <summary>
    /// PyTorch's, channels first. Parameters whose order the compiler does not know (<see cref="ParameterSpec.IsOrderKnown"/>) are taken as
    /// they lie in memory.
    /// </summary>
    PyTorch,

    /// <summary>
    /// As in memory, channels last: a file of an older NetGen that has lost its metadata, because another program wrote it anew.
    /// </summary>
    Memory,
}
