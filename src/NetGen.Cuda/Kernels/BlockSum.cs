using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>Sums, and other folds, over the threads of a block.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BlockSum
{
    /// <summary>
    /// The sum of what the threads of a block have; all of them must call it, and the first gets it. Halves are added to each other, so the order of the
    /// additions is always the same for a number of threads, which is a power of two and at most <see cref="CudaSize.Threads"/>.
    /// </summary>
    public static Lane Of(Lane part)
    {
        var sums = SharedMemory.Allocate<float>(CudaSize.Threads);
        var thread = Group.IdxX;
        sums[thread] = part.Value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                sums[thread] = (new Lane(sums[thread]) + new Lane(sums[thread + half])).Value;
            }
            Group.Barrier();
        }
        return new Lane(sums[0]);
    }

    /// <summary>The largest of what the threads of a block have, as <see cref="Of"/>.</summary>
    public static Lane Largest(Lane part)
    {
        var parts = SharedMemory.Allocate<float>(CudaSize.Threads);
        var thread = Group.IdxX;
        parts[thread] = part.Value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                parts[thread] = Lane.Max(new Lane(parts[thread]), new Lane(parts[thread + half])).Value;
            }
            Group.Barrier();
        }
        return new Lane(parts[0]);
    }

    /// <summary>The product of what the threads of a block have, as <see cref="Of"/>.</summary>
    public static Lane Product(Lane part)
    {
        var parts = SharedMemory.Allocate<float>(CudaSize.Threads);
        var thread = Group.IdxX;
        parts[thread] = part.Value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                parts[thread] = (new Lane(parts[thread]) * new Lane(parts[thread + half])).Value;
            }
            Group.Barrier();
        }
        return new Lane(parts[0]);
    }
}
