using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// The largest tiles of a product: rows (with a pooling, windows), vectors of columns, and how many of them one call computes.
/// </summary>
internal sealed record TileShape(int Rows, int Vectors, int Repeat = 1);

/// <summary>
/// Chooses tiles by a model of a core with two vector multiply-adds and two loads a cycle: a step of the sum costs the larger of what its
/// multiply-adds, its loads and its vectors of the right operand take, and at least the latency of one multiply-add, since every sum waits
/// for itself.
/// </summary>
internal static class TileShapes
{
    private const double Latency = 4;

    /// <summary>
    /// Bytes that come from a level-2 cache in a cycle, where a product's right operand lies that is larger than a level-1 cache.
    /// </summary>
    private const double BytesPerCycle = 24;

    private const int Level1 = 32 * 1024;

    /// <summary>A right operand larger than this goes out of a level-2 cache before the next tile of rows reads it.</summary>
    private const int Level2 = 512 * 1024;

    private const int MostRepeats = 4;

    private const double EnoughCycles = 600;

    private static readonly int[] TypicalBatches = [16, 32, 64, 128];

    private static readonly int[] TypicalWorkers = [1, 2, 4];

    /// <summary>As NetGen.Runtime.SumTile: how many rows its tiles of 1 to 4 vectors have.</summary>
    private static readonly int[] MostRows = [16, 14, 9, 6];

    /// <summary>The same of a pooled gradient's.</summary>
    private static readonly int[] MostSpreadRows = [12, 9];

    /// <summary>Floats of the widest panel of a packed product (<see cref="WeightPanels"/>).</summary>
    public static int PanelFloats(ContractionBody product) =>
        product.Reduce[0].Extent!.Value * MostRows.Length * 16;

    /// <summary>
    /// Rows that are a multiple of 4 KB apart share one set of a level-1 cache: more of them than it has ways, 8 or 12, and none is there
    /// when it is read again.
    /// </summary>
    private static int MostRowsOfOneSet(ContractionRows rows) =>
        rows.Loops[rows.Loops.Count - 1] is { StrideA: not 0 } loop && loop.StrideA % (4096 / sizeof(float)) == 0 ? 8 : int.MaxValue;

    /// <param name="contraction">The loops.</param>
    /// <param name="rows">Its loops over rows.</param>
    /// <param name="registers">Vector registers: 32 (AVX-512, Arm) or 16.</param>
    /// <param name="lanes">Floats in a vector.</param>
    public static TileShape Choose(ContractionBody contraction, ContractionRows rows, int registers, int lanes)
    {
        var window = contraction.Window.Aggregate(1, (product, loop) => product * loop.Extent!.Value);
        var columnVectors = (contraction.Columns + lanes - 1) / lanes;
        var isOfBatch = rows.Count is null || contraction.Outer.Any(loop => loop.Extent is null);
        var terms = contraction.Reduce.Aggregate(1L, (product, loop) => product * (loop.Extent ?? 32));
        var spread = contraction.Spread.Count > 0;
        var loadCycles = 4L * terms * contraction.Columns > Level1 && !spread ? lanes * 4 / BytesPerCycle : 0.5;
        var mostOfOneSet = MostRowsOfOneSet(rows);
        var best = new TileShape(1, 1);
        var bestCost = double.MaxValue;
        for (var vectors = 1; vectors <= (spread ? MostSpreadRows : MostRows).Length && vectors <= columnVectors; vectors++)
        {
            var most = (spread
                ? Math.Min(MostSpreadRows[vectors - 1], (registers - 2 - (3 * vectors)) / vectors)
                : Math.Min(MostRows[vectors - 1], (registers - 1 - vectors) / vectors));
            most = Math.Min(most, mostOfOneSet) / window;
            for (var height = 1; height <= most && height <= (rows.Count ?? int.MaxValue); height++)
            {
                var cost = rows.Count is { } count
                    ? Turns(count, height, vectors)
                    : TypicalBatches.Sum(batch => Turns(batch, height, vectors));
                // Of equally good ones the larger reads its operands less often.
                if (cost > bestCost + 1e-9)
                    continue;
                best = new TileShape(height, vectors);
                bestCost = cost;
            }
        }
        return best with { Repeat = Repeat() };

        // A call and the loop over the next tile cost some sixty cycles; with few terms that is much. And tiles that are computed together
        // read the right operand together, a part of its rows at a time (NetGen.Runtime.TileGrid).
        int Repeat()
        {
            if (!spread && 4L * terms * contraction.Columns > Level2 && contraction.Reduce.All(loop => loop.Extent is not null) && !WeightPanels.Pack(contraction))
                return MostRepeats;
            var cycles = best.Rows * window * best.Vectors / 2.0 * terms;
            return spread || cycles == 0 ? 1 : Math.Max(1, Math.Min(MostRepeats, (int)Math.Ceiling(EnoughCycles / cycles)));
        }

        double Step(int height, int vectors) =>
            Math.Max(Latency, Math.Max(height * window * vectors / 2.0, Math.Max(((height * window) + vectors) / 2.0, vectors * loadCycles))) + 0.5;

        // What the tiles of some rows take. A weight's gradient has as many tiles however large the batch is, for small weights so few that
        // large ones would leave workers without any: then the slowest counts.
        double Turns(int count, int most, int vectors)
        {
            var (rowTiles, columnTiles) = (Tiles(count, most), Tiles(columnVectors, vectors));
            var (height, width) = (Tiles(count, rowTiles), Tiles(columnVectors, columnTiles));
            (rowTiles, columnTiles) = (Tiles(count, height), Tiles(columnVectors, width));
            var (lastHeight, lastWidth) = (count - ((rowTiles - 1) * height), columnVectors - ((columnTiles - 1) * width));
            double Row(int w) => ((rowTiles - 1) * Step(height, w)) + Step(lastHeight, w);
            var all = ((columnTiles - 1) * Row(width)) + Row(lastWidth);
            var outer = contraction.Outer.Aggregate(1, (product, loop) => product * (loop.Extent ?? 1));
            double tiles = rowTiles * columnTiles * outer;
            return isOfBatch || contraction.IsOfOneWorker
                ? all
                : all * TypicalWorkers.Average(workers => Math.Ceiling(tiles / workers) * workers / tiles);
        }
    }

    private static int Tiles(int all, int most) => (all + most - 1) / most;
}
