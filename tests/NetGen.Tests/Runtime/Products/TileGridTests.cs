using System.Runtime.CompilerServices;
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
            foreach (var shape in new TileShape[] { new(14, 2), new(6, 4), new(3, 1), new(3, 1, Repeat: 4) })
            {
                var seen = new int[outer, rows, columns];
                for (var worker = 0; worker < workers; worker++)
                {
                    var tiles = new TileGrid<V256>(shape, new RowLoops(rows, 1), columns, worker, workers, outer, panels);
                    while (tiles.Next())
                    {
                        Assert.InRange(tiles.Rows, 1, shape.Rows * shape.Repeat);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void RowsOfTwoLoopsAndTheirWindowsAreSummedWhereTheyLie(int repeat)
    {
        // A 6×8 image in windows of 2×2: rows are windows.
        var image = Enumerable.Range(0, 48).Select(i => (float)i).ToArray();
        float[] one = [.. Enumerable.Repeat(1f, V256.Count)];
        var loops = new RowLoops(3, 16, 4, 2).WithWindow(2, 8, 2, 1);
        Assert.Equal((12, 4), (loops.Count, loops.Window));
        var tiles = new TileGrid<V256>(new(3, 1, repeat), loops, 8, 0, 1);
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

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void OfEachWindowTheLargestSumIsLeft(int height, int width)
    {
        var random = new Random(1);
        var image = Enumerable.Range(0, 12 * 12).Select(_ => random.NextSingle()).ToArray();
        float[] one = [.. Enumerable.Repeat(1f, V256.Count)];
        var loops = new RowLoops(4, 36, 3, 4).WithWindow(height, 12, width, 1);
        var tiles = new TileGrid<V256>(new(2, 1, Repeat: 2), loops, 8, 0, 1);
        while (tiles.Next())
        {
            tiles.Max(ref image[0], ref one[0], new SumLoops(1, 1, 1));
            for (var i = 0; i < tiles.Rows; i++)
            {
                var row = tiles.Row + i;
                var window = from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select image[(row / 3 * 36) + (row % 3 * 4) + (y * 12) + x];
                Assert.Equal(window.Max(), System.Runtime.CompilerServices.Unsafe.Add(ref tiles.Sums, i * tiles.Width));
            }
        }
    }

    [Fact]
    public void ATileOfSeveralProductsGoesStraightIntoTheirResults()
    {
        // Three products of 7 rows, 5 terms and 24 columns; the results begin with 1.
        var a = Enumerable.Range(0, 3 * 35).Select(i => i % 11 * 0.5f).ToArray();
        var b = Enumerable.Range(0, 3 * 5 * 24).Select(i => i % 7f).ToArray();
        float[] result = [.. Enumerable.Repeat(1f, 3 * 7 * 24)];
        var tiles = new TileGrid<V256>(new(3, 2), new RowLoops(7, 5), 24, 0, 1);
        while (tiles.Next())
            tiles.Sum(ref a[0], ref b[tiles.Column], new SumLoops(5, 1, 24), ref result[0], 24, new TileSteps(3, 35, 5 * 24, 7 * 24, Adds: true));
        for (var i = 0; i < result.Length; i++)
        {
            var (p, r, n) = (i / (7 * 24), i / 24 % 7, i % 24);
            Assert.Equal(1f + Enumerable.Range(0, 5).Sum(k => a[(p * 35) + (r * 5) + k] * b[(p * 5 * 24) + (k * 24) + n]), result[i]);
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

    [Theory]
    [InlineData(24, true)]
    [InlineData(23, false)]
    public void ColumnsOfAMatrixThatExceedsTheCacheArePackedForManyRows(int rows, bool packs)
    {
        float[] matrix = [.. Enumerable.Range(0, 3 * 32).Select(i => (float)i), .. new float[16]];
        var scratch = new float[3 * 16];
        var tiles = new TileGrid<V256>(new(4, 2), new RowLoops(rows, 3), 32, 0, 1, packed: Caches.Level2);
        var panels = new List<float>();
        while (tiles.Next())
        {
            ref var panel = ref tiles.Panel(ref matrix[0], 3, 32, ref scratch[0]);
            Assert.Equal(packs ? 16 : 32, tiles.PanelStride(32));
            for (var t = 0; t < 3; t++)
            {
                for (var n = 0; n < tiles.Width; n++)
                    Assert.Equal(matrix[(t * 32) + tiles.Column + n], System.Runtime.CompilerServices.Unsafe.Add(ref panel, (t * tiles.PanelStride(32)) + n));
            }
            panels.Add(tiles.Column);
        }
        // All rows of the first columns come first, or all columns of the first rows.
        Assert.Equal(packs ? 0 : 16, panels[1]);
        Assert.Equal(6 * 2, panels.Count);
    }

    /// <summary>A row by a large matrix goes through all columns of some of the matrix' rows at a time: the bits of tiles.</summary>
    [Theory]
    [InlineData(19, 1)]
    [InlineData(16, 2)]
    [InlineData(3, 3)]
    public void ASingleRowHasTheBitsOfTiles(int terms, int workers)
    {
        const int Columns = 2048;
        var random = new Random(5);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var (a, b) = (Numbers(2 * terms), Numbers(terms * Columns));
        float[] Of(int packed, bool inResult)
        {
            var result = new float[Columns];
            for (var worker = 0; worker < workers; worker++)
            {
                var tiles = new TileGrid<V256>(new(4, 2), new RowLoops(1, 7), Columns, worker, workers, packed: packed);
                while (tiles.Next())
                {
                    Assert.Equal(packed > 0, tiles.Width > SumTile.MostVectors * V256.Count);
                    var loops = new SumLoops(terms, 2, tiles.PanelStride(Columns));
                    if (inResult)
                    {
                        tiles.Sum(ref a[0], ref b[tiles.Column], in loops, ref result[0], Columns);
                        continue;
                    }
                    tiles.Sum(ref a[0], ref b[tiles.Column], in loops);
                    for (var n = 0; n < tiles.Width; n++)
                        result[tiles.Column + n] = Unsafe.Add(ref tiles.Sums, n);
                }
            }
            return result;
        }

        var expected = Of(0, inResult: false);
        Assert.Equal(expected, Of(terms, inResult: false));
        Assert.Equal(expected, Of(terms, inResult: true));
        Assert.DoesNotContain(0f, expected);
    }

    [Fact]
    public void AMatrixThatStaysInTheCacheIsNotPacked()
    {
        var tiles = new TileGrid<V256>(new(4, 2), new RowLoops(4096, 3), 16, 0, 1, packed: Caches.Level2 / 2 / 16 / sizeof(float));
        Assert.Equal(16, tiles.PanelStride(16));
    }

    /// <summary>
    /// Tiles below each other that read many rows of b read some of them at a time: the same sums in the same order, here of 2 · 3 · 300 terms
    /// for rows of two loops, in the tile's memory or in the result, added to what is there or not.
    /// </summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void TilesThatShareManyTermsHaveTheBitsOfEachByItself(bool inResult, bool adds)
    {
        const int Outer = 2, Middle = 3, Inner = 300, Columns = 40, Rows = 29;
        var random = new Random(3);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var (a, b) = (Numbers((2 * 4000) + 4000), Numbers(Outer * Middle * Inner * Columns));
        var start = Numbers(Rows * Columns);
        var rows = new RowLoops(Rows, 7);
        float[] Of(int repeat)
        {
            var result = (float[])start.Clone();
            var terms = new SumLoops(Outer, 1000, Middle * Inner * Columns, Middle, 310, Inner * Columns, Inner, 1, Columns);
            var tiles = new TileGrid<V256>(new(4, 3, repeat), rows, Columns, 0, 1);
            while (tiles.Next())
            {
                if (inResult)
                {
                    tiles.Sum(ref a[0], ref b[tiles.Column], in terms, ref result[0], Columns, adds);
                    continue;
                }
                tiles.Sum(ref a[0], ref b[tiles.Column], in terms);
                for (var row = 0; row < Math.Min(tiles.Rows, Rows - tiles.Row); row++)
                {
                    for (var n = 0; n < tiles.Width; n++)
                        result[((tiles.Row + row) * Columns) + tiles.Column + n] = Unsafe.Add(ref tiles.Sums, (row * tiles.Width) + n);
                }
            }
            return result;
        }

        Assert.Equal(Of(1), Of(4));
        // Rows of five lie 7 floats apart, the next five 100 further.
        rows = new RowLoops(5, 100, 5, 7);
        Assert.Equal(Of(1), Of(4));
        Assert.NotEqual(start, Of(4));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(3, 3)]
    public void WeightsLearnFromOneTermAsFromASum(int outer, int inner)
    {
        // The rows of one loop are an outer product; where they are of two, a tile is computed. -0 · 1 added to 0 is 0, a quotient by which is ∞ and not -∞.
        const int Columns = 21, Whole = 24;
        float[] a = [-0f, 1f, -2.5f, float.Epsilon, 1e30f, -1e-30f, 0.1f, 7f, -3f];
        var b = Enumerable.Range(0, Whole).Select(i => i == 3 ? -0f : (i - 9) * 0.3f).ToArray();
        var loops = new RowLoops(outer, outer == 1 ? 0 : 3, inner, 1);
        var sums = new float[9 * Whole];
        var products = new TileGrid<V256>(new(4, 1), loops, Whole, 0, 1);
        while (products.Next())
            products.Sum(ref a[0], ref b[products.Column], new SumLoops(1, 1, Whole), ref sums[0], Whole);

        var optimizer = new Inverse();
        var weights = new float[9 * Columns];
        var tiles = new TileGrid<V256>(new(4, 1, Repeat: 2), loops, Columns, 0, 1);
        while (tiles.Next())
            tiles.Update(ref a[0], ref b[tiles.Column], new SumLoops(1, 1, Columns), in optimizer, ref weights[0], ref weights[0], ref weights[0], Columns);
        for (var i = 0; i < weights.Length; i++)
        {
            var expected = i < outer * inner * Columns ? 1 / sums[(i / Columns * Whole) + (i % Columns)] : 0;
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(weights[i]));
        }
    }

    /// <summary>weight = 1 / gradient.</summary>
    private readonly struct Inverse : IOptimizer<Inverse>
    {
        public static Inverse Default => default;

        public static int StateSlots => 0;

        public static V Update<V>(in Inverse prepared, V weight, V gradient, ref V state0, ref V state1)
            where V : struct, IVector<V> => V.Broadcast(1) / gradient;

        public Inverse Prepare(long step) => this;

        public void Validate()
        {
        }
    }
}
