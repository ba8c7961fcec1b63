using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda;

/// <summary>How many threads of a GPU a kernel is run by, and whether they work together.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CudaSize
{
    /// <summary>Threads of a block.</summary>
    public const int Threads = 256;

    private CudaSize(CudaWork work, long count)
    {
        Work = work;
        Count = count;
    }

    internal CudaWork Work { get; }

    internal long Count { get; }

    /// <summary>Shared memory of a block beside what the kernel itself states.</summary>
    internal int SharedBytes { get; init; }

    /// <summary>A thread for each element; no thread waits for another.</summary>
    public static CudaSize Elements(long count) => new(CudaWork.Elements, count);

    /// <summary>A block for each item, whose threads, however many, fold what they have in shared memory.</summary>
    public static CudaSize Blocks(long count) => new(CudaWork.Blocks, count);

    /// <summary>A block of <see cref="Threads"/> threads for each tile of <paramref name="tileRows"/> rows and of the columns.</summary>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="columnTiles">Tiles beside each other.</param>
    public static CudaSize Tiles(long rows, int tileRows, int columnTiles) => new(CudaWork.Tiles, (rows + tileRows - 1) / tileRows * columnTiles);

    /// <summary>The grid on a GPU.</summary>
    internal KernelConfig OnGpu => new((int)(Work == CudaWork.Elements ? (Count + Threads - 1) / Threads : Count), Threads);
}

/// <summary>How the threads of a kernel work together.</summary>
internal enum CudaWork
{
    Elements,
    Blocks,
    Tiles,
}
