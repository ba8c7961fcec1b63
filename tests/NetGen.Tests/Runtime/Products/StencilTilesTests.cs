using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime.Products;

public sealed class StencilTilesTests
{
    /// <summary>Numbers are small integers, so that every order of additions gives the same.</summary>
    private static readonly Random Random = new(5);

    public static TheoryData<StencilShape> Shapes =>
    [
        new StencilShape(6, 7, 3, 6, 7, 3, 3, 1, 1, 1, 1, 1, 1),
        new StencilShape(9, 30, 20, 5, 15, 3, 3, 2, 2, 1, 1, 1, 1),
        new StencilShape(12, 14, 33, 8, 10, 3, 3, 1, 1, 2, 2, 0, 0),
        new StencilShape(2, 3, 5, 2, 3, 5, 4, 1, 1, 1, 1, 2, 1),
        new StencilShape(8, 9, 700, 7, 8, 2, 2, 1, 1, 1, 1, 0, 0),
        new StencilShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Tiles_of_all_workers_make_each_sum_once(StencilShape shape)
    {
        const int Batch = 3;
        const int Wall = 64;
        var x = Numbers(Batch * shape.Height * shape.Width * shape.Channels, Wall);
        var weight = Numbers(shape.KernelH * shape.KernelW * shape.Channels, Wall);
        var expected = Expected(shape, Batch, x.AsSpan(Wall), weight.AsSpan(Wall));
        Check<V512>();
        Check<V256>();
        Check<V128>();
        Check<V1>();

        void Check<V>()
            where V : struct, IVector<V>
        {
            foreach (var workers in new[] { 1, 3 })
            {
                var direct = Enumerable.Repeat(float.NaN, expected.Length + Wall).ToArray();
                var sums = new float[expected.Length];
                for (var worker = 0; worker < workers; worker++)
                {
                    var tiles = new StencilTiles<V>(in shape, Batch, worker, workers);
                    while (tiles.Next())
                    {
                        tiles.Sum(ref x[Wall], ref weight[Wall], ref direct[0]);
                        tiles.Sum(ref x[Wall], ref weight[Wall]);
                        for (var p = 0; p < tiles.Pixels; p++)
                        {
                            for (var n = 0; n < Math.Min(tiles.Width, shape.Channels - tiles.Channel); n++)
                                sums[((tiles.Pixel + p) * shape.Channels) + tiles.Channel + n] += System.Runtime.CompilerServices.Unsafe.Add(ref tiles.Sums, (p * tiles.Width) + n);
                        }
                    }
                }
                Assert.Equal(expected, sums);
                Assert.Equal(expected, direct[..expected.Length]);
                Assert.All(direct[expected.Length..], v => Assert.True(float.IsNaN(v)));
            }
        }
    }

    private static float[] Numbers(int count, int wall)
    {
        var around = Enumerable.Repeat(float.NaN, wall);
        return [.. around, .. Enumerable.Range(0, count).Select(_ => (float)Random.Next(-8, 9)), .. around];
    }

    private static float[] Expected(StencilShape s, int batch, ReadOnlySpan<float> x, ReadOnlySpan<float> weight)
    {
        var y = new float[batch * s.OutHeight * s.OutWidth * s.Channels];
        for (var i = 0; i < y.Length; i++)
        {
            var (c, ox, oy, b) = (i % s.Channels, i / s.Channels % s.OutWidth, i / s.Channels / s.OutWidth % s.OutHeight, i / s.Channels / s.OutWidth / s.OutHeight);
            for (var k = 0; k < s.KernelH * s.KernelW; k++)
            {
                var iy = (oy * s.StrideH) - s.Top + (k / s.KernelW * s.DilationH);
                var ix = (ox * s.StrideW) - s.Left + (k % s.KernelW * s.DilationW);
                if (iy >= 0 && iy < s.Height && ix >= 0 && ix < s.Width)
                    y[i] += x[(((((b * s.Height) + iy) * s.Width) + ix) * s.Channels) + c] * weight[(k * s.Channels) + c];
            }
        }
        return y;
    }
}
