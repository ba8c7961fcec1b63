namespace Kernels;

/// <summary>The multiplications that a benchmark's layers ask for; each goes with an addition.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProductsAttribute(long perSample) : Attribute
{
    public long PerSample => perSample;

    /// <summary>Samples in a call, if the benchmark has no parameter of that name.</summary>
    public int Batch { get; init; } = 1;
}
