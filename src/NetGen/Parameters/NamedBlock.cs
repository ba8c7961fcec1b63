using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// A float for each weight of a network, as a file has it: a tensor for each parameter, named as this with something before it.
/// </summary>
/// <param name="Prefix">What stands before the names; nothing for the weights themselves.</param>
/// <param name="Floats">Laid out as the weights.</param>
internal readonly record struct NamedBlock(string Prefix, AlignedFloats Floats)
{
    /// <summary>
    /// Whether a block has shapes and order of memory: what only a training reads is written without turning it. The weights themselves are
    /// PyTorch's.
    /// </summary>
    internal static bool IsInMemoryOrder(string prefix) => prefix.Length > 0;
}
