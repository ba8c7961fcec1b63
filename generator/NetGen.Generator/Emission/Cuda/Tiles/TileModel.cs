using System.Collections.Concurrent;

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
    /// <summary>See <see cref="MatMulKernel.Window"/>; <see cref="Rows"/> are the left operand's.</summary>
    public int Window { get; init; } = 1;

    /// <summary>
    /// What each of a thread's copies of the left operand keeps in registers for itself: nothing of a matrix, whose rows lie evenly; of windows where its row begins, and with
    /// padding its lines of the image.
    /// </summary>
    public int LeftCopyRegisters { get; init; }

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

    /// <summary>Batches that people train with.</summary>
    public static readonly IReadOnlyList<int> TrainingBatches = [32, 128, 1024];

    private static readonly (int Down, int Across)[] WarpGrids = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 4), (4, 1), (2, 4), (4, 2)];

    private static readonly (int Rows, int Columns)[] ThreadTiles = [(16, 8), (8, 16), (8, 8), (8, 4), (4, 8), (4, 4), (2, 4), (4, 2)];

    private static readonly (int Rows, int Columns)[] WarpTiles = [(64, 64), (64, 32), (32, 64), (32, 32), (16, 64), (16, 32), (32, 16), (16, 16)];

    /// <summary>Of a multiprocessor: each issues an instruction of a warp per cycle.</summary>
    private const double Schedulers = 4;

    /// <summary>What a step waits for that has a multiprocessor for itself.</summary>
    private const double BarrierAndReads = 80;

    /// <summary>
    /// Until the kernel that adds parts has its first number, and for each part that a thread adds. With it 129 such kernels on an H100
    /// took 0.80 to 1.04 times what this says.
    /// </summary>
    private const double BeginOfSum = 450, AddedPart = 60;

    private static readonly int[] PartCounts = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>More than a solution's networks have; a shape takes some milliseconds, and a generator runs while people type.</summary>
    private const int MostKept = 2000;

    /// <summary>Beside 128 sums and what is read for them.</summary>
    private const int MostCopyRegisters = 16;

    private static readonly ConcurrentDictionary<string, MatMulTile?> Kept = [];

    private static readonly ConcurrentDictionary<(TilePrecision, bool, bool, int, int, int, GpuModel), StepCost[]> Costs = [];

    /// <summary>The tile with the least time: over several batches, the sum of its times, each relative to the best for that batch.</summary>
    /// <param name="batches">Batches that are to be expected; default: <see cref="TypicalBatches"/>.</param>
    /// <param name="sharedBytes">Shared memory that a block may have: what needs no word to the driver, unless the host says that word.</param>
    /// <param name="mayCut">Whether a sum may be cut into parts.</param>
    /// <exception cref="ArgumentException">No tile has such windows.</exception>
    public static MatMulTile Choose(ProductShape shape, IReadOnlyList<int>? batches = null, int sharedBytes = TileRules.StaticSharedBytes, bool mayCut = true, GpuModel? gpu = null) =>
        Find(shape, batches, sharedBytes, mayCut, gpu) ?? throw new ArgumentException($"No tile has windows of {shape.Window} rows ({shape.Precision}).");

    /// <summary>The same; null where no tile has such windows.</summary>
    /// <inheritdoc cref="Choose"/>
    public static MatMulTile? Find(ProductShape shape, IReadOnlyList<int>? batches = null, int sharedBytes = TileRules.StaticSharedBytes, bool mayCut = true, GpuModel? gpu = null)
    {
        gpu ??= GpuModel.Hopper;
        batches ??= TypicalBatches;
        // What the model sees of a shape.
        var sizes = batches.Select(batch => (Rows: shape.Rows(batch), Depth: shape.Depth(batch))).ToArray();
        var key = $"{string.Join(" ", sizes)} {shape.Columns} {shape.LeftKIsContiguous} {shape.RightKIsContiguous} {shape.Precision} {shape.Window} {shape.LeftCopyRegisters} {sharedBytes} {mayCut} {gpu}";
        if (Kept.TryGetValue(key, out var kept))
            return kept;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        var found = Search(shape, sizes, sharedBytes, mayCut, gpu);
        Kept[key] = found;
        return found;
    }

    private static MatMulTile? Search(ProductShape shape, IReadOnlyList<(int Rows, int Depth)> sizes, int sharedBytes, bool mayCut, GpuModel gpu)
    {
        var candidates = Costs.GetOrAdd(
            (shape.Precision, shape.LeftKIsContiguous, shape.RightKIsContiguous, shape.Window, shape.LeftCopyRegisters, sharedBytes, gpu), _ => [.. Candidates(shape, sharedBytes).Select(tile => new StepCost(tile, gpu))]);
        var deepest = sizes.Max(size => size.Depth);
        var tiles = candidates.SelectMany(steps => PartsOf(mayCut, deepest, steps.Tile.Depth).Select(parts => (Steps: steps, Parts: parts))).ToArray();
        var costs = new double[tiles.Length][];
        var least = sizes.Select(_ => double.MaxValue).ToArray();
        for (var i = 0; i < tiles.Length; i++)
        {
            costs[i] = new double[sizes.Count];
            for (var size = 0; size < sizes.Count; size++)
            {
                costs[i][size] = Cycles(tiles[i].Steps, tiles[i].Parts, sizes[size].Rows, shape.Columns, sizes[size].Depth, gpu);
                least[size] = Math.Min(least[size], costs[i][size]);
            }
        }
        var (best, bestCost) = (-1, double.MaxValue);
        for (var i = 0; i < tiles.Length; i++)
        {
            var cost = 0.0;
            for (var size = 0; size < sizes.Count; size++)
                cost += costs[i][size] / least[size];
            // The first of equals, and sums of doubles that are equal but for rounding are equal.
            if (cost < bestCost * (1 - 1e-9))
                (best, bestCost) = (i, cost);
        }
        return best < 0 ? null : tiles[best].Steps.Tile with { Parts = tiles[best].Parts };
    }

    /// <summary>Into how many parts a sum may be cut: so many that none of them is empty where the sum is longest.</summary>
    private static IEnumerable<int> PartsOf(bool mayCut, int depth, int tileDepth)
    {
        if (!mayCut)
            return [1];
        var steps = ((depth - 1) / tileDepth) + 1;
        return PartCounts.Select(parts =>
        {
            var each = (steps + parts - 1) / parts;
            return (steps + each - 1) / each;
        }).Distinct();
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
        where tile.SharedBytes <= sharedBytes && TileRules.Wrong(tile, shape.LeftKIsContiguous, shape.RightKIsContiguous) is null && WindowRows.Fit(tile, shape.Window) && !Spills(tile, shape)
        select tile with { BlocksPerMultiprocessor = Resident(tile, shape) };

    /// <summary>With 128 sums the assembler finds no way through with 255 registers if there is much else: numbers of four k of the right operand, or many k to a step.</summary>
    private static bool Spills(MatMulTile tile, ProductShape shape) =>
        (tile.Precision == TilePrecision.Float32 && tile.Accumulators >= 128 && (shape.RightKIsContiguous || tile.Depth > 16))
        || (tile.Accumulators >= 128 && CopyRegisters(tile, shape) > MostCopyRegisters);

    /// <summary>Registers for where a thread's copies of the left operand come from.</summary>
    private static int CopyRegisters(MatMulTile tile, ProductShape shape) => shape.LeftCopyRegisters * OperandTile.Of(tile, true, shape.LeftKIsContiguous).Copies(tile.Threads);

    /// <summary>The modelled time.</summary>
    public static double Cycles(MatMulTile tile, ProductShape shape, int batch, GpuModel gpu) =>
        Cycles(new StepCost(tile, gpu), tile.Parts, shape.Rows(batch), shape.Columns, shape.Depth(batch), gpu);

    private static double Cycles(StepCost cost, int parts, double rows, double columns, double depth, GpuModel gpu)
    {
        var tile = cost.Tile;
        var blocks = Math.Ceiling(rows / tile.Rows) * Math.Ceiling(columns / tile.Columns) * parts;
        var steps = Math.Ceiling(Math.Ceiling(depth / tile.Depth) / parts);
        var ofBusiest = Math.Ceiling(blocks / gpu.Multiprocessors);
        var together = Math.Min(ofBusiest, cost.MostTogether);
        // The first tiles are all under way at once.
        var waiting = Math.Max(0, steps - (tile.Stages - 1)) * gpu.MemoryLatency / (tile.Stages - 1);
        var (rounds, rest) = (Math.Floor(ofBusiest / together), ofBusiest % together);
        var cycles = (rounds * Round(together)) + (rest > 0 ? Round(rest) : 0);

        var bytes = (((rows + columns) * depth * tile.ElementBytes) + (rows * columns * 4)) / gpu.MemoryBandwidth;
        cycles = Math.Max(cycles, bytes);
        if (parts > 1)
        {
            var moved = (parts + 1) * rows * columns * 4 / (gpu.CacheBandwidth * gpu.Multiprocessors);
            cycles += gpu.Launch + BeginOfSum + (AddedPart * parts) + moved;
        }
        return cycles;

        double Round(double count) => cost.BeginAndEnd + Math.Max(steps * Math.Max(count * cost.Together, cost.Alone), waiting);
    }

    /// <summary>
    /// Registers that a thread is given: with fewer, NVIDIA's assembler spills (a test assembles tiles of each kind). They hold the sums, the numbers of four k or of one
    /// fragment, addresses, and what the assembler reads ahead; more of it where both operands come with four k at once.
    /// </summary>
    public static int RegistersOf(MatMulTile tile, bool leftKIsContiguous, bool rightKIsContiguous)
    {
        var isWide = leftKIsContiguous && rightKIsContiguous;
        return (tile.Precision, tile.Accumulators) switch
        {
            (_, >= 128) => GpuModel.RegistersOfThread,
            (TilePrecision.Float32, >= 64) => isWide && tile.Depth > 16 ? 200 : 168,
            (TilePrecision.Float32, >= 32) => 128,
            (TilePrecision.Float32, >= 16) => isWide ? 96 : 80,
            (TilePrecision.Float32, _) => isWide ? 80 : 64,
            (_, >= 64) => 144,
            (_, >= 32) => 96,
            (_, >= 16) => 80,
            _ => 64,
        };
    }

    /// <summary>
    /// How many blocks fit on a multiprocessor by registers and threads; shared memory is asked for where the GPU is known. Each of the four schedulers has a quarter of the
    /// registers and of the warps.
    /// </summary>
    private static int Resident(MatMulTile tile, ProductShape shape)
    {
        // They are given in eights.
        var registers = (RegistersOf(tile, shape.LeftKIsContiguous, shape.RightKIsContiguous) + CopyRegisters(tile, shape) + 7) / 8 * 8;
        var warpsOfScheduler = GpuModel.Registers / (int)Schedulers / (MatMulTile.WarpThreads * Math.Min(GpuModel.RegistersOfThread, registers));
        var warps = Math.Min(warpsOfScheduler * (int)Schedulers, GpuModel.MostThreads / MatMulTile.WarpThreads);
        return Math.Max(1, Math.Min(GpuModel.MostBlocks, warps / (tile.WarpsDown * tile.WarpsAcross)));
    }

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

    /// <summary>What does not depend on the shape.</summary>
    private sealed class StepCost
    {
        public StepCost(MatMulTile tile, GpuModel gpu)
        {
            Tile = tile;
            MostTogether = Math.Min(tile.BlocksPerMultiprocessor, Math.Floor((double)gpu.SharedBytes / (tile.SharedBytes + 1024)));
            var instructions = Instructions(tile);
            var warpsOfScheduler = tile.WarpsDown * tile.WarpsAcross / Schedulers;
            double[] uses =
            [
                Arithmetic(tile, gpu), instructions * warpsOfScheduler, SharedBytes(tile) / gpu.SharedBandwidth, tile.StageBytes / gpu.CacheBandwidth,
            ];
            Together = (0.75 * uses.Max()) + (0.25 * uses.Sum());
            Alone = BarrierAndReads + (instructions * Math.Ceiling(warpsOfScheduler));
            BeginAndEnd = (2 * gpu.MemoryLatency) + (tile.Rows * tile.Columns * 4 / gpu.CacheBandwidth);
        }

        public MatMulTile Tile { get; }

        /// <summary>Blocks that a multiprocessor has room for.</summary>
        public double MostTogether { get; }

        /// <summary>How long a step keeps the multiprocessor where other blocks fill the gaps.</summary>
        public double Together { get; }

        /// <summary>How long a step takes without others.</summary>
        public double Alone { get; }

        /// <summary>The first tile's way from memory, and the results' way to it.</summary>
        public double BeginAndEnd { get; }
    }
}
