using NetGen.Generator.Emission;
using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Each result of a tile is some thread's, and only one's.</summary>
public sealed class ResultTests
{
    [Fact]
    public void Each_result_is_written_once()
    {
        foreach (var (tile, left, right) in TileCases.All().DistinctBy(x => (x.Tile with { Depth = 0, Stages = 0, BlocksPerMultiprocessor = 0 }, x.Left, x.Right)))
        {
            OperandTile a = OperandTile.Of(tile, true, left), b = OperandTile.Of(tile, false, right);
            ITileBody body = tile.Precision == TilePrecision.Float32 ? new ThreadBody(new CodeWriter(), tile, a, b) : new TensorBody(new CodeWriter(), tile, a, b);
            var runs = body.Results(Formula.Variable("thread", tile.Threads)).ToArray();
            Assert.Equal(tile.Accumulators, runs.SelectMany(run => run.Values).Distinct().Count());
            var written = new int[tile.Rows, tile.Columns];
            for (var thread = 0; thread < tile.Threads; thread++)
            {
                foreach (var (row, column, values) in runs)
                {
                    var (r, c) = (row.Evaluate(TileCases.Thread(thread)), column.Evaluate(TileCases.Thread(thread)));
                    // Runs are stored at once, at multiples of their length.
                    Assert.Equal(0, c % values.Length);
                    for (var i = 0; i < values.Length; i++)
                        written[r, c + i]++;
                }
            }
            Assert.True(written.Cast<int>().All(count => count == 1), $"{tile}");
        }
    }
}
