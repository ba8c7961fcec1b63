using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda;

/// <summary>How many threads of a GPU a kernel is run by, and how they work together.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CudaSize
{
    /// <summary>Threads of a block where the kernel does not say otherwise.</summary>
    public const int Threads = 256;

    private CudaSize(CudaWork work, long count, int parts = 1)
    {
        Work = work;
        Count = count;
        Parts = parts;
    }

    internal CudaWork Work { get; }

    internal long Count { get; }

    /// <summary>Blocks of the grid in y.</summary>
    internal int Parts { get; }

    /// <summary>A thread for each element; no thread waits for another.</summary>
    public static CudaSize Elements(long count) => new(CudaWork.Elements, count);

    /// <summary>A block for each item, whose threads, however many, fold what they have in shared memory.</summary>
    public static CudaSize Blocks(long count) => new(CudaWork.Blocks, count);

    /// <summary>A block for each tile of a product and each part of its sum.</summary>
    /// <param name="count">Rows of the result.</param>
    /// <param name="rows">Rows of a tile.</param>
    /// <param name="across">Tiles beside each other.</param>
    /// <param name="threads">Threads of a block: the kernel is written for so many.</param>
    /// <param name="resident">Blocks that shall fit on a multiprocessor at a time: bounds the registers of a thread.</param>
    /// <param name="parts">Parts that each sum is cut into.</param>
    /// <param name="sharedBytes">Shared memory of a block that the kernel does not declare itself: more than 48 KB, which the driver gives on demand.</param>
    public static CudaSize Tiles(long count, int rows, int across, int threads, int resident, int parts = 1, int sharedBytes = 0) =>
        new(new CudaWork(CudaCooperation.Tiles, threads, resident, sharedBytes), (count + rows - 1) / rows * across, parts);

    /// <summary>The grid on a GPU.</summary>
    internal KernelConfig OnGpu => Config(Work.Cooperation == CudaCooperation.Elements ? (Count + Threads - 1) / Threads : Count, Work.Threads);

    /// <summary>A grid of so many blocks, for each part.</summary>
    internal KernelConfig Config(long blocks, int threads)
    {
        var (grid, block) = (new Index3D((int)blocks, Parts, 1), new Index3D(threads, 1, 1));
        return Work.SharedBytes == 0 ? new KernelConfig(grid, block) : new KernelConfig(grid, block, SharedMemoryConfig.RequestDynamic<byte>(Work.SharedBytes));
    }
}

/// <summary>What a kernel is compiled for.</summary>
/// <param name="Cooperation">How its threads work together.</param>
/// <param name="Threads">Threads of a block.</param>
/// <param name="Resident">Blocks that shall fit on a multiprocessor at a time.</param>
/// <param name="SharedBytes">Shared memory of a block beside what the kernel declares.</param>
internal readonly record struct CudaWork(CudaCooperation Cooperation, int Threads, int Resident, int SharedBytes = 0)
{
    public static CudaWork Elements => new(CudaCooperation.Elements, CudaSize.Threads, 2);

    public static CudaWork Blocks => new(CudaCooperation.Blocks, CudaSize.Threads, 2);
}

/// <summary>How the threads of a kernel work together.</summary>
internal enum CudaCooperation
{
    /// <summary>Not at all.</summary>
    Elements,

    /// <summary>However many there are in a block, they fold what they have.</summary>
    Blocks,

    /// <summary>So many as the kernel is written for make a tile.</summary>
    Tiles,
}
