using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime.Products;

/// <summary>Every tile of every width against one multiply-add after the other, bit for bit.</summary>
public abstract class SumTileTests<V> where V : struct, IVector<V>
{
    private static readonly SumLoops Terms = new(2, 64, 1800, 3, 10, 600, 5, 1, 120);
    private static readonly (int Extent, int A, int B)[] Loops = [(2, 64, 1800), (3, 10, 600), (5, 1, 120)];

    [Fact]
    public void SumsHaveTheBitsOfTheirTermsInOrder()
    {
        for (var vectors = 1; vectors <= 4; vectors++)
        {
            for (var height = 1; height <= SumTile.MostRows<V>(vectors); height++)
            {
                var (a, b) = (Numbers(4000, 1), Numbers(4000, 2));
                var rows = Rows(height);
                var sums = new float[(height * vectors * V.Count) + 1];
                sums[^1] = 42f;
                SumTile.Run<V>(height, vectors, ref a[0], ref rows[0], ref b[0], in Terms, ref sums[0], vectors * V.Count, new(1, 0, 0, 0));
                for (var r = 0; r < height; r++)
                {
                    for (var n = 0; n < vectors * V.Count; n++)
                    {
                        var sum = V1.Zero;
                        foreach (var (at, from) in Steps())
                            sum = V1.Fma(V1.Broadcast(a[rows[r] + at]), V1.Broadcast(b[from + n]), sum);
                        Same(sum, sums[(r * vectors * V.Count) + n], $"{height}×{vectors}, row {r}, column {n}");
                    }
                }
                Assert.Equal(42f, sums[^1]);
            }
        }
    }

    [Fact]
    public void ATileWithoutTermsIsZero()
    {
        var (a, b, sums) = (new float[16], new float[4 * V.Count], Numbers(2 * V.Count, 3));
        var rows = Rows(1);
        SumTile.Run<V>(1, 2, ref a[0], ref rows[0], ref b[0], new SumLoops(0, 1, 1), ref sums[0], 2 * V.Count, new(1, 0, 0, 0));
        Assert.All(sums, sum => Assert.Equal(0f, sum));
    }

    [Fact]
    public void SeveralTilesHaveTheBitsOfOneAfterTheOther()
    {
        for (var vectors = 1; vectors <= 4; vectors++)
        {
            var (height, width) = (SumTile.MostRows<V>(vectors), vectors * V.Count);
            var (a, b, rows) = (Numbers(4000, 1), Numbers(4000, 2), Rows(height));
            float[] together = Numbers(3 * height * width, 3), alone = [.. together];
            SumTile.Run<V>(height, vectors, ref a[0], ref rows[0], ref b[0], in Terms, ref together[0], width, new(3, 11, 70, height * width, Adds: true));
            for (var i = 0; i < 3; i++)
            {
                SumTile.Run<V>(
                    height, vectors, ref a[11 * i], ref rows[0], ref b[70 * i], in Terms, ref alone[i * height * width], width, new(1, 0, 0, 0, Adds: true));
            }
            Assert.Equal(alone, together);
        }
    }

    [Fact]
    public void SumsAreAddedToWhatTheResultHolds()
    {
        for (var vectors = 1; vectors <= 4; vectors++)
        {
            for (var height = 1; height <= SumTile.MostRows<V>(vectors); height++)
            {
                var (a, b, rows, width) = (Numbers(4000, 1), Numbers(4000, 2), Rows(height), vectors * V.Count);
                float[] before = Numbers(height * width, 3), sums = [.. before];
                SumTile.Run<V>(height, vectors, ref a[0], ref rows[0], ref b[0], in Terms, ref sums[0], width, new(1, 0, 0, 0, Adds: true));
                for (var r = 0; r < height; r++)
                {
                    for (var n = 0; n < width; n++)
                    {
                        var sum = V1.Broadcast(before[(r * width) + n]);
                        foreach (var (at, from) in Steps())
                            sum = V1.Fma(V1.Broadcast(a[rows[r] + at]), V1.Broadcast(b[from + n]), sum);
                        Same(sum, sums[(r * width) + n], $"{height}×{vectors}, row {r}, column {n}");
                    }
                }
            }
        }
    }

    [Fact]
    public void OfEachFourRowsTheLargestSumIsLeft()
    {
        for (var vectors = 1; vectors <= 4; vectors++)
        {
            for (var height = 4; height <= SumTile.MostRows<V>(vectors); height += 4)
            {
                var (a, b, rows, width) = (Numbers(4000, 1), Numbers(4000, 2), Rows(height), vectors * V.Count);
                var (sums, largest) = (new float[height * width], new float[height / 4 * width]);
                a[rows[0]] = float.NaN;
                SumTile.Run<V>(height, vectors, ref a[0], ref rows[0], ref b[0], in Terms, ref sums[0], width, new(1, 0, 0, 0));
                SumTile.Run<V>(height, vectors, ref a[0], ref rows[0], ref b[0], in Terms, ref largest[0], width, new(1, 0, 0, 0, Pools: true));
                for (var i = 0; i < largest.Length; i++)
                    Assert.Equal(Enumerable.Range(0, 4).Select(r => sums[(((i / width * 4) + r) * width) + (i % width)]).Aggregate(MathF.Max), largest[i]);
            }
        }
    }

    [Fact]
    public void OfAPooledGradientEachElementCountsAtItsPosition()
    {
        var window = new SumLoops(2, 40, 0, 3, 7, 0);
        for (var vectors = 1; vectors <= 2; vectors++)
        {
            for (var height = 1; height <= SumTile.MostSpreadRows<V>(vectors); height++)
            {
                var (a, b) = (Numbers(4000, 1), Numbers(4000, 2));
                var random = new Random(3);
                var positions = Enumerable.Range(0, b.Length).Select(_ => (byte)random.Next(6)).ToArray();
                var rows = Rows(height);
                var sums = new float[(height * vectors * V.Count) + 1];
                sums[^1] = 42f;
                SumTile.Spread<V>(height, vectors, ref a[0], ref rows[0], ref b[0], ref positions[0], in Terms, in window, ref sums[0], vectors * V.Count);
                for (var r = 0; r < height; r++)
                {
                    for (var n = 0; n < vectors * V.Count; n++)
                    {
                        var sum = V1.Zero;
                        foreach (var (at, from) in Steps())
                        {
                            for (var place = 0; place < 6; place++)
                            {
                                var x = a[rows[r] + at + (place / 3 * 40) + (place % 3 * 7)];
                                sum = V1.Fma(V1.Broadcast(x), V1.Broadcast(positions[from + n] == place ? b[from + n] : 0f), sum);
                            }
                        }
                        Same(sum, sums[(r * vectors * V.Count) + n], $"{height}×{vectors}, row {r}, column {n}");
                    }
                }
                Assert.Equal(42f, sums[^1]);
            }
        }
    }

    private static IEnumerable<(int A, int B)> Steps() =>
        from i in Enumerable.Range(0, Loops[0].Extent)
        from j in Enumerable.Range(0, Loops[1].Extent)
        from k in Enumerable.Range(0, Loops[2].Extent)
        select ((i * Loops[0].A) + (j * Loops[1].A) + (k * Loops[2].A), (i * Loops[0].B) + (j * Loops[1].B) + (k * Loops[2].B));

    /// <summary>Rows that do not lie at equal distances.</summary>
    private static nint[] Rows(int height) => [.. Enumerable.Range(0, height).Select(r => (nint)((r * 37) + (r % 3)))];

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static void Same(V1 expected, float actual, string what)
    {
        var number = 0f;
        expected.Store(ref number);
        Assert.True(BitConverter.SingleToInt32Bits(number) == BitConverter.SingleToInt32Bits(actual), $"{what}: expected {number:R}, got {actual:R}");
    }
}

public sealed class SumTile512Tests : SumTileTests<V512>;

public sealed class SumTile256Tests : SumTileTests<V256>;

public sealed class SumTile128Tests : SumTileTests<V128>;

public sealed class SumTile1Tests : SumTileTests<V1>;
