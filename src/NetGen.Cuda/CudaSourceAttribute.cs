using System.ComponentModel;

namespace NetGen.Cuda;

/// <summary>The text that a generated program was compiled from: kernels that were compiled from another one are not used.</summary>
/// <param name="hash">Of the text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class)]
public sealed class CudaSourceAttribute(string hash) : Attribute
{
    /// <summary>Of the text.</summary>
    public string Hash { get; } = hash;
}
