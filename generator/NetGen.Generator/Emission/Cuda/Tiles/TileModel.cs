namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>A product for which a tile is to be chosen.</summary>
/// <param name="Rows">By batch.</param>
/// <param name="Columns">A constant.</param>
/// <param name="Depth">By batch: that of a weight's gradient is what the batch sums over.</param>
/// <param name="LeftKIsContiguous">See <see cref="MatMulOperand.KIsContiguous"/>.</param>
/// <param name="RightKIsContiguous">See <see cref="MatMulOperand.KIsContiguous"/>.</param>
/// <param name="Precision">What is multiplied.</param>
internal sealed record ProductShape(
    Func<int, int> Rows, int Columns, Func<int, int> Depth, bool LeftKIsContiguous, bool RightKIsContiguous, TilePrecision Precision)
{
    /// <summary>A shape that does not depend on the batch.</summary>
    public static ProductShape Of(int rows, int columns, int depth, bool leftKIsContiguous, bool rightKIsContiguous, TilePrecision precision) =>
        new(_ => rows, columns, _ => depth, leftKIsContiguous, rightKIsContiguous, precision);
}

/// <summary>
/// Chooses tiles by a model of the time that the busiest multiprocessor takes. It gets ⌈tiles / multiprocessors⌉ blocks, as many at a time as fit by registers, shared
/// memory and threads. A step of a block (one tile of k) keeps the multiprocessor for the longest of its multiply-adds, its instructions, its reads of shared memory and
/// its copies from the second-level cache, and for a quarter of the others, since they never overlap perfectly. Blocks that are there together share that, but a step
/// never takes less than its warps need one instruction after the other, nor less than the memory's latency over the tiles that are under way. Cutting the sum into parts
/// makes more blocks, and costs another kernel and the parts' way to memory and back.
/// </summary>
internal static class TileModel
{
    /// <summary>Batches that people take.</summary>
    public static readonly IReadOnlyList<int> TypicalBatches = [1, 32, 128, 1024];

    private static readonly (int Down, int Across)[] WarpGrids = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 4), (4, 1), (2, 4), (4, 2)];

    private static readonly (int Rows, int Columns)[] ThreadTiles = [(16, 8), (8, 16), (8, 8), (8, 4), (4, 8), (4, 4), (2, 4), (4, 2)];

    private static readonly (int Rows, int Columns)[] WarpTiles = [(64, 64), (64, 32), (32, 64), (32, 32), (16, 64), (16, 32), (32, 16), (16, 16)];

    /// <summary>Of a multiprocessor: each issues an instruction of a warp per cycle.</summary>
    private const double Schedulers = 4;

    /// <summary>What a step waits for that has a multiprocessor for itself.</summary>
    private const double BarrierAndReads = 80;

    private static readonly int[] PartCounts = [1, 2, 4, 8, 16, 32];

    /// <summary>The tile with the least time: over several batches, the sum of its times, each relative to the best for that batch.</summary>
    /// <param name="batches">Batches that are to be expected; default: <see cref="TypicalBatches"/>.</param>
    /// <param name="sharedBytes">Shared memory that a block may have: what needs no word to the driver, unless the host says that word.</param>
    /// <param name="mayCut">Whether a sum may be cut into parts.</param>
    public static MatMulTile Choose(ProductShape shape, IReadOnlyList<int>? batches = null, int sharedBytes = TileRules.StaticSharedBytes, bool mayCut = true, GpuModel? gpu = null)
    {
        gpu ??= GpuModel.Hopper;
        batches ??= TypicalBatches;
        var tiles = Candidates(shape, sharedBytes).SelectMany(tile => PartCounts.Where(parts => parts == 1 || mayCut).Select(parts => tile with { Parts = parts })).ToArray();
        var costs = tiles.Select(tile => batches.Select(batch => Cycles(tile, shape, batch, gpu)).ToArray()).ToArray();
        var least = batches.Select((_, i) => costs.Min(cost => cost[i])).ToArray();
        var (best, bestCost) = (tiles[0], double.MaxValue);
        for (var i = 0; i < tiles.Length; i++)
        {
            var cost = costs[i].Select((cycles, batch) => cycles / least[batch]).Sum();
            // The first of equals, and sums of doubles that are equal but for rounding are equal.
            if (cost < bestCost * (1 - 1e-9))
                (best, bestCost) = (tiles[i], cost);
        }
        return best;
    }

    /// <summary>All tiles for operands in this order, in one part.</summary>
    public static IEnumerable<MatMulTile> Candidates(ProductShape shape, int sharedBytes) =>
        from grid in WarpGrids
        from warp in shape.Precision == TilePrecision.Float32
            ? from thread in ThreadTiles from lanes in new[] { 4, 8 } select (Rows: thread.Rows * MatMulTile.WarpThreads / lanes, Columns: thread.Columns * lanes, Lanes: lanes)
            : from tile in WarpTiles select (tile.Rows, tile.Columns, Lanes: 4)
        from depth in shape.Precision == TilePrecision.BFloat16 ? [16, 32, 64] : new[] { 8, 16, 32 }
        from stages in new[] { 2, 3, 4 }
        let tile = new MatMulTile(shape.Precision, grid.Down, grid.Across, warp.Rows, warp.Columns, warp.Lanes, depth, stages, 1, 1)
        where tile.SharedBytes <= sharedBytes && TileRules.Wrong(tile, shape.LeftKIsContiguous, shape.RightKIsContiguous) is null && !Spills(tile, shape)
        select tile with { BlocksPerMultiprocessor = Resident(tile) };

    /// <summary>With both operands' numbers four k at a time, and 128 sums, the assembler finds no way through with 255 registers.</summary>
    private static bool Spills(MatMulTile tile, ProductShape shape) =>
        tile.Precision == TilePrecision.Float32 && tile.Accumulators >= 128 && shape.LeftKIsContiguous && shape.RightKIsContiguous;

    /// <summary>The modelled time.</summary>
    public static double Cycles(MatMulTile tile, ProductShape shape, int batch, GpuModel gpu)
    {
        double rows = shape.Rows(batch), columns = shape.Columns, depth = shape.Depth(batch);
        var blocks = Math.Ceiling(rows / tile.Rows) * Math.Ceiling(columns / tile.Columns) * tile.Parts;
        var steps = Math.Ceiling(Math.Ceiling(depth / tile.Depth) / tile.Parts);
        var ofBusiest = Math.Ceiling(blocks / gpu.Multiprocessors);
        var together = Math.Min(ofBusiest, Math.Min(tile.BlocksPerMultiprocessor, Math.Floor((double)gpu.SharedBytes / (tile.SharedBytes + 1024))));

        var instructions = Instructions(tile);
        var warpsOfScheduler = tile.WarpsDown * tile.WarpsAcross / Schedulers;
        double[] uses =
        [
            Arithmetic(tile, gpu), instructions * warpsOfScheduler, SharedBytes(tile) / gpu.SharedBandwidth, tile.StageBytes / gpu.CacheBandwidth,
        ];
        var step = (0.75 * uses.Max()) + (0.25 * uses.Sum());
        var alone = BarrierAndReads + (instructions * Math.Ceiling(warpsOfScheduler));
        // The first tiles are all under way at once.
        var waiting = Math.Max(0, steps - (tile.Stages - 1)) * gpu.MemoryLatency / (tile.Stages - 1);
        var beginAndEnd = (2 * gpu.MemoryLatency) + (tile.Rows * tile.Columns * 4 / gpu.CacheBandwidth);
        var (rounds, rest) = (Math.Floor(ofBusiest / together), ofBusiest % together);
        var cycles = (rounds * Round(together)) + (rest > 0 ? Round(rest) : 0);

        var bytes = (((rows + columns) * depth * tile.ElementBytes) + (rows * columns * 4)) / gpu.MemoryBandwidth;
        cycles = Math.Max(cycles, bytes);
        if (tile.Parts > 1)
            cycles += gpu.Launch + gpu.MemoryLatency + ((tile.Parts + 1) * rows * columns * 4 / (gpu.CacheBandwidth * gpu.Multiprocessors));
        return cycles;

        double Round(double count) => beginAndEnd + Math.Max(steps * Math.Max(count * step, alone), waiting);
    }

    /// <summary>
    /// Registers that a thread is given: by what NVIDIA's assembler needs for the emitted text without spilling (the tests assemble tiles of each kind), which is the sums,
    /// the numbers of four k (or of one fragment), and addresses.
    /// </summary>
    public static int RegistersOf(MatMulTile tile) => tile.Accumulators switch
    {
        >= 128 => GpuModel.RegistersOfThread,
        >= 64 => tile.Precision == TilePrecision.Float32 ? 168 : 128,
        >= 32 => tile.Precision == TilePrecision.Float32 ? 128 : 96,
        >= 16 => 80,
        _ => 64,
    };

    /// <summary>How many blocks fit on a multiprocessor by registers and threads; shared memory is asked for where the GPU is known.</summary>
    private static int Resident(MatMulTile tile) => Math.Max(1, Math.Min(
        Math.Min(GpuModel.MostBlocks, GpuModel.MostThreads / tile.Threads), GpuModel.Registers / (tile.Threads * RegistersOf(tile))));

    private static double Arithmetic(MatMulTile tile, GpuModel gpu)
    {
        var count = (double)tile.Rows * tile.Columns * tile.Depth;
        return tile.Precision switch
        {
            TilePrecision.Float32 => count / gpu.MultiplyAdds,
            TilePrecision.TensorFloat32 => count / gpu.TensorMultiplyAdds,
            _ => count / (2 * gpu.TensorMultiplyAdds),
        };
    }

    /// <summary>Bytes that come out of shared memory in a step, and those that go in. What threads have in common is handed to each of them, but for ldmatrix.</summary>
    private static double SharedBytes(MatMulTile tile)
    {
        var warps = tile.WarpsDown * tile.WarpsAcross;
        var read = tile.Precision == TilePrecision.Float32
            ? warps * MatMulTile.WarpThreads * (tile.ThreadRows + tile.ThreadColumns) * tile.Depth * 4
            : warps * (tile.WarpRows + tile.WarpColumns) * tile.Depth * tile.ElementBytes;
        return read + tile.StageBytes;
    }

    /// <summary>Instructions of a warp in a step; a multiplication of tensor cores counts as many as a scheduler has to wait for the next one.</summary>
    private static double Instructions(MatMulTile tile)
    {
        const double LoopAndBarrier = 40, Tensor = 8, Rounding = 3, PerCopy = 3;
        var copies = PerCopy * tile.StageBytes / (OperandTile.ChunkBytes * tile.Threads);
        if (tile.Precision == TilePrecision.Float32)
            return (((tile.ThreadRows * tile.ThreadColumns) + ((tile.ThreadRows + tile.ThreadColumns) / 4.0)) * tile.Depth) + copies + LoopAndBarrier;
        double down = tile.WarpRows / FragmentMap.Rows, across = tile.WarpColumns / FragmentMap.LoadedColumns;
        var loads = (down + across) * (tile.Precision == TilePrecision.TensorFloat32 ? 1 + (4 * Rounding) : 1);
        return (((2 * Tensor * down * across) + loads) * (tile.Depth / FragmentMap.StepDepth(tile.ElementBytes))) + copies + LoopAndBarrier;
    }
}
