using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A block of results that stays in registers while the reduction runs: Rows (steps of each row loop) by Vectors columns.
/// </summary>
/// <param name="First">Where on the last row loop the region of these tiles starts.</param>
/// <param name="Steps">How many steps of the last row loop the region covers; null: all of the batch that is a multiple of the tile.</param>
/// <param name="IsBatchRemainder">The rows of the batch that full tiles leave over, one at a time.</param>
internal sealed record RegisterTile(int[] Rows, int Vectors, int First, int? Steps, bool IsBatchRemainder = false)
{
    public int RowCount => Rows.Aggregate(1, (product, rows) => product * rows);
}

/// <summary>
/// Chooses tiles by a model of a core with two vector multiply-adds and two loads a cycle: a step of the reduction costs the larger of
/// accumulators/2 and loads/2, and at least the latency of one multiply-add (4 cycles), since every accumulator waits for itself.
/// </summary>
internal static class RegisterTiles
{
    private const double Latency = 4;

    private static readonly int[] TypicalBatches = [16, 32, 64, 128];

    private static readonly int[] TypicalWorkers = [1, 2, 4];

    /// <summary>Floats of the widest panel of a packed product (<see cref="WeightPanels"/>): of any of its tiles, for rows that full ones leave over may pack too.</summary>
    public static int PanelFloats(ContractionBody product) =>
        product.Reduce[0].Extent!.Value * Math.Max(16 * Choose(product, 32, 16).Max(t => t.Vectors), 8 * Choose(product, 16, 8).Max(t => t.Vectors));

    /// <param name="contraction">The loops.</param>
    /// <param name="registers">Vector registers: 32 (AVX-512, Arm) or 16.</param>
    /// <param name="lanes">Floats in a vector, for counting column tiles.</param>
    public static IReadOnlyList<RegisterTile> Choose(ContractionBody contraction, int registers, int lanes)
    {
        var window = contraction.Window.Aggregate(1, (product, loop) => product * loop.Extent!.Value);
        var columnVectors = (contraction.Columns + lanes - 1) / lanes;
        var isOfBatch = contraction.Outer.Concat(contraction.Rows).Any(loop => loop.Extent is null);
        IReadOnlyList<RegisterTile>? best = null;
        var bestCost = double.MaxValue;
        foreach (var vectors in Candidates(contraction.Columns, columnVectors))
        {
            foreach (var rows in RowCandidates(contraction.Rows, registers / vectors))
            {
                var tile = new RegisterTile(rows, vectors, 0, null);
                if (!Fits(tile.RowCount, vectors))
                    continue;
                var (tiles, cost) = Cover(rows, vectors);
                if (cost >= bestCost)
                    continue;
                best = tiles;
                bestCost = cost;
            }
        }
        // A window can be too large for any tile: then one accumulator per window element spills, but it is right.
        return best ?? Cover(contraction.Rows.Select(_ => 1).ToArray(), 1).Tiles;

        bool Fits(int rows, int vectors) => (rows * window * vectors) + vectors + 1 <= registers;

        double Step(int rows, int vectors) =>
            Math.Max(Latency, Math.Max(rows * window * vectors, (rows * window) + vectors) / 2.0) + 0.5;

        // How often the slowest worker computes a tile. A weight's gradient has as many tiles however large the batch is, for small
        // weights so few that a large tile would leave workers without any.
        double Turns(double tiles) => isOfBatch || contraction.IsOfOneWorker ? tiles : TypicalWorkers.Average(workers => Math.Ceiling(tiles / workers));

        (IReadOnlyList<RegisterTile> Tiles, double Cost) Cover(int[] rows, int vectors)
        {
            var columnTiles = (columnVectors + vectors - 1) / vectors;
            var count = rows.Aggregate(1, (product, r) => product * r);
            var last = contraction.Rows[contraction.Rows.Count - 1];
            if (last.Extent is not { } extent)
            {
                var single = Enumerable.Range(1, Math.Min(4, columnVectors)).Last(v => columnVectors % v == 0);
                var full = new RegisterTile(rows, vectors, 0, null);
                var rest = new RegisterTile(rows.Select(_ => 1).ToArray(), contraction.Columns % 16 == 0 ? single : 1, 0, null, true);
                // Which batch comes is not known; powers of two are what people take.
                var cycles = TypicalBatches.Sum(batch => (batch / count * Step(count, vectors)) + (batch % count * Step(1, rest.Vectors)));
                return (count == 1 ? [rest] : [full, rest], cycles * columnTiles);
            }
            var step = rows[rows.Length - 1];
            var full0 = extent / step * step;
            var others = contraction.Rows.Take(rows.Length - 1).Select((loop, i) => (double)loop.Extent!.Value / rows[i])
                .Aggregate(1.0, (product, n) => product * n);
            var tiles = new List<RegisterTile> { new(rows, vectors, 0, full0) };
            var cost = Turns(full0 / step * others * columnTiles) * Step(count, vectors);
            if (full0 < extent)
            {
                var left = rows.Take(rows.Length - 1).Append(extent - full0).ToArray();
                tiles.Add(new RegisterTile(left, vectors, full0, extent - full0));
                cost += Turns(others * columnTiles) * Step(left.Aggregate(1, (product, r) => product * r), vectors);
            }
            return (tiles, cost);
        }
    }

    /// <summary>
    /// Vectors per tile. Where 16 divides the columns, every width divides them too, and only tiles that leave no column over are taken.
    /// </summary>
    private static IEnumerable<int> Candidates(int columns, int columnVectors) => columns % 16 == 0
        ? Enumerable.Range(1, 6).Where(v => columns / 16 % v == 0)
        : Enumerable.Range(1, Math.Min(4, columnVectors));

    /// <summary>Rows per tile: part of the last row loop, or all of it and divisors of those before.</summary>
    private static IEnumerable<int[]> RowCandidates(IReadOnlyList<Loop> loops, int most)
    {
        var last = loops[loops.Count - 1];
        for (var r = 1; r <= Math.Min(most, last.Extent ?? most); r++)
            yield return loops.Take(loops.Count - 1).Select(_ => 1).Append(r).ToArray();
        if (loops.Count != 2 || last.Extent is not { } inner)
            yield break;
        var outer = loops[0].Extent!.Value;
        for (var r = 2; r <= outer && r * inner <= most; r++)
        {
            if (outer % r == 0)
                yield return [r, inner];
        }
    }
}
