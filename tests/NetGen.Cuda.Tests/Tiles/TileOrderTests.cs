using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

public sealed class TileOrderTests
{
    [Fact]
    public void Each_tile_has_one_block_whether_their_number_is_known_or_not()
    {
        for (var across = 1; across <= 20; across++)
        {
            for (var down = 1; down <= 40; down++)
            {
                EachOnce(down, down, across);
                EachOnce(Formula.Variable("down"), down, across);
            }
        }
    }

    [Fact]
    public void Blocks_that_follow_each_other_stay_in_a_band()
    {
        var (row, _) = TileOrder.Tile(Formula.Variable("block"), Formula.Variable("down"), 32, (_, formula) => formula);
        var first = Enumerable.Range(0, TileOrder.Band * 32).Select(block => Evaluate(row, block, 32));
        Assert.Equal(Enumerable.Range(0, TileOrder.Band), first.Distinct().Order());
    }

    private static void EachOnce(Formula down, int rows, int across)
    {
        var (row, column) = TileOrder.Tile(Formula.Variable("block"), down, across, (_, formula) => formula);
        var tiles = Enumerable.Range(0, rows * across).Select(block => (Evaluate(row, block, rows), Evaluate(column, block, rows))).ToHashSet();
        Assert.True(tiles.SetEquals(from r in Enumerable.Range(0, rows) from c in Enumerable.Range(0, across) select (r, c)), $"{rows} x {across}");
    }

    private static int Evaluate(Formula formula, int block, int down) => formula.Evaluate(name => name == "block" ? block : down);
}
