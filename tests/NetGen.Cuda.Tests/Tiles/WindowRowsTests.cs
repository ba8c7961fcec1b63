using NetGen.Generator.Emission;
using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>A thread has all rows of a window, and no row is in two.</summary>
public sealed class WindowRowsTests
{
    private static readonly int[] Windows = [1, 2, 4, 8, 16];

    [Fact]
    public void The_rows_of_a_tile_are_permuted()
    {
        foreach (var (tile, window) in Cases())
        {
            var rows = Enumerable.Range(0, tile.Rows).Select(row => WindowRows.Index(tile, window, Formula.Variable("row", tile.Rows)).Evaluate(_ => row));
            Assert.Equal(Enumerable.Range(0, tile.Rows), rows.Order());
        }
    }

    [Fact]
    public void A_window_is_some_following_rows_of_one_thread()
    {
        foreach (var (tile, window) in Cases())
        {
            OperandTile left = OperandTile.Of(tile, true, true), right = OperandTile.Of(tile, false, false);
            ITileBody body = tile.Precision == TilePrecision.Float32 ? new ThreadBody(new CodeWriter(), tile, left, right) : new TensorBody(new CodeWriter(), tile, left, right);
            var rows = body.Results(Formula.Variable("thread", tile.Threads)).GroupBy(run => run.Row.ToString()).Select(row => WindowRows.Index(tile, window, row.First().Row)).ToArray();
            for (var thread = 0; thread < tile.Threads; thread++)
            {
                var indices = rows.Select(row => row.Evaluate(TileCases.Thread(thread))).ToArray();
                for (var first = 0; first < indices.Length; first += window)
                    Assert.Equal(Enumerable.Range(indices[first] / window * window, window), indices.Skip(first).Take(window));
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(6, 8)]
    [InlineData(9, 16)]
    [InlineData(12, 16)]
    public void Windows_are_filled_up(int rows, int padded) => Assert.Equal(padded, WindowRows.Padded(rows));

    private static IEnumerable<(MatMulTile Tile, int Window)> Cases() =>
        from x in TileCases.All()
        where x.Left && !x.Right
        group x.Tile by x.Tile with { Depth = 0, Stages = 0, BlocksPerMultiprocessor = 0 } into same
        from window in Windows
        where WindowRows.Fit(same.First(), window)
        select (same.First(), window);
}
