namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>What the choice of tiles assumes of a GPU. Times are in cycles.</summary>
/// <param name="Multiprocessors">How many there are.</param>
/// <param name="SharedBytes">Shared memory of a multiprocessor.</param>
/// <param name="MultiplyAdds">Of floats, per cycle and multiprocessor.</param>
/// <param name="TensorMultiplyAdds">Of TF32 by mma.sync, per cycle and multiprocessor; of BF16 twice as many.</param>
/// <param name="SharedBandwidth">Bytes of shared memory per cycle and multiprocessor: 32 banks of 4 bytes.</param>
/// <param name="CacheBandwidth">Bytes of the second-level cache per cycle and multiprocessor.</param>
/// <param name="MemoryBandwidth">Bytes of memory per cycle, for all multiprocessors.</param>
/// <param name="MemoryLatency">From a load until its data is there.</param>
/// <param name="Launch">From the end of a kernel until the next one in a graph computes.</param>
internal sealed record GpuModel(
    int Multiprocessors, int SharedBytes, double MultiplyAdds, double TensorMultiplyAdds, double SharedBandwidth, double CacheBandwidth, double MemoryBandwidth,
    double MemoryLatency, double Launch)
{
    public const int Registers = 65536, MostBlocks = 32, MostThreads = 2048, RegistersOfThread = 255;

    /// <summary>
    /// H100 SXM at 1.75 GHz. By its data sheet: 132 multiprocessors, 3.35 TB/s, 228 KB. A kernel in a graph as measured (0.77 µs). 62 % of
    /// the nominal tensor rate for mma.sync as others have published (benchmarks/gpu measured 56 %). The second-level cache's bandwidth so
    /// that good ones are chosen of 352 tiles that ran on one: the tile that comes first took 1.07 times as long as the fastest in the
    /// geometric mean of 16 products, and 1.10 times with all of these numbers as measured.
    /// </summary>
    public static readonly GpuModel Hopper = new(132, 227 * 1024, 128, 640, 128, 28, 1970, 800, 1360);
}
