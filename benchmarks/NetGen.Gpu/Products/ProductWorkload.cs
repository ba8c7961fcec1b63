namespace Gpu;

/// <summary>A product at a batch.</summary>
internal sealed record ProductWorkload(ProductKernel Kernel, int Batch)
{
    private static readonly int[] Batches = [1, 32, 128, 1024], LargeBatches = [1, 32, 128, 1024, 4096];

    public string Name => Kernel.Name(Batch);

    public long Flops => Kernel.Flops(Batch);

    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<ProductWorkload> All { get; } =
    [
        .. from kernel in ProductKernels.All
           from batch in kernel.Inputs == 4096 ? LargeBatches : Batches
           select new ProductWorkload(kernel, batch),
    ];
}
