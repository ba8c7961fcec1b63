using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime.Products;

public sealed class TileGridTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 100, 1, 3)]
    [InlineData(29, 128, 3, 2)]
    [InlineData(130, 10, 1, 4)]
    [InlineData(13, 33, 5, 5)]
    public void TheTilesOfAllWorkersCoverTheProductOnce(int rows, int columns, int outer, int workers)
    {
        foreach (var panels in new[] { false, true })
        {
            foreach (var shape in new[] { new TileShape(14, 2), new TileShape(6, 4), new TileShape(3, 1) })
            {
                var seen = new int[outer, rows, columns];
                for (var worker = 0; worker < workers; worker++)
                {
                    var tiles = new TileGrid<V256>(shape, new RowLoops(rows, 1), columns, worker, workers, outer, panels);
                    while (tiles.Next())
                    {
                        Assert.InRange(tiles.Rows, 1, shape.Rows);
                        Assert.InRange(tiles.Width, V256.Count, shape.Vectors * V256.Count);
                        for (var r = tiles.Row; r < tiles.Row + tiles.Rows; r++)
                        {
                            for (var n = tiles.Column; n < Math.Min(columns, tiles.Column + tiles.Width); n++)
                                seen[tiles.Outer, r, n]++;
                        }
                    }
                }
                Assert.All(seen.Cast<int>(), times => Assert.Equal(1, times));
            }
        }
    }

    [Fact]
    public void RowsLeftOverAreSharedOut()
    {
        var heights = new List<int>();
        var tiles = new TileGrid<V256>(new(8, 1), new RowLoops(9, 1), 8, 0, 1);
        while (tiles.Next())
            heights.Add(tiles.Rows);
        Assert.Equal([5, 4], heights);
    }

    [Fact]
    public void WithPanelsAllRowsOfSomeColumnsComeBeforeTheNext()
    {
        var places = new List<(int, nint, bool)>();
        var tiles = new TileGrid<V256>(new(4, 1), new RowLoops(8, 1), 16, 0, 1, panels: true);
        while (tiles.Next())
            places.Add((tiles.Row, tiles.Column, tiles.IsNewPanel));
        Assert.Equal([(0, 0, true), (4, 0, false), (0, 8, true), (4, 8, false)], places);
    }

    [Fact]
    public void AWorkerThatStartsInsideAPanelPacksItToo()
    {
        var tiles = new TileGrid<V256>(new(4, 1), new RowLoops(12, 1), 8, worker: 1, workers: 2, panels: true);
        Assert.True(tiles.Next());
        Assert.Equal(4, tiles.Row);
        Assert.True(tiles.IsNewPanel);
    }

    [Fact]
    public void RowsOfTwoLoopsAndTheirWindowsAreSummedWhereTheyLie()
    {
        // A 6×8 image in windows of 2×2: rows are windows.
        var image = Enumerable.Range(0, 48).Select(i => (float)i).ToArray();
        float[] one = [.. Enumerable.Repeat(1f, V256.Count)];
        var loops = new RowLoops(3, 16, 4, 2).WithWindow(2, 8, 2, 1);
        Assert.Equal((12, 4), (loops.Count, loops.Window));
        var tiles = new TileGrid<V256>(new(3, 1), loops, 8, 0, 1);
        while (tiles.Next())
        {
            tiles.Sum(ref image[0], ref one[0], new SumLoops(1, 1, 1));
            for (var i = 0; i < tiles.Rows * 4; i++)
            {
                var (row, element) = (tiles.Row + (i / 4), i % 4);
                var expected = image[(row / 4 * 16) + (row % 4 * 2) + (element / 2 * 8) + (element % 2)];
                Assert.Equal(expected, System.Runtime.CompilerServices.Unsafe.Add(ref tiles.Sums, i * tiles.Width));
            }
        }
    }

    [Fact]
    public void ATileCanGoStraightIntoTheResult()
    {
        var a = Enumerable.Range(0, 35).Select(i => i * 0.5f).ToArray();
        var b = Enumerable.Range(0, 5 * 24).Select(i => i % 7f).ToArray();
        var result = new float[7 * 24];
        var tiles = new TileGrid<V256>(new(3, 2), new RowLoops(7, 5), 24, 0, 1);
        while (tiles.Next())
            tiles.Sum(ref a[0], ref b[tiles.Column], new SumLoops(5, 1, 24), ref result[0], 24);
        for (var i = 0; i < result.Length; i++)
            Assert.Equal(Enumerable.Range(0, 5).Sum(k => a[(i / 24 * 5) + k] * b[(k * 24) + (i % 24)]), result[i]);
    }
}
