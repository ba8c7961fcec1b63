using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>What the model chooses; whether it is the fastest only a GPU can say.</summary>
public sealed class TileModelTests
{
    private static readonly int[] Sizes = [1, 10, 64, 288, 784, 4096];

    [Fact]
    public void There_is_a_tile_for_every_shape()
    {
        foreach (var precision in Enum.GetValues<TilePrecision>())
        {
            foreach (var (left, right) in TileCases.Orders)
            {
                foreach (var (columns, depth) in from columns in Sizes from depth in Sizes select (columns, depth))
                {
                    ProductShape[] shapes = [new(batch => batch, columns, _ => depth, left, right, precision), new(_ => depth, columns, batch => batch, left, right, precision)];
                    foreach (var shape in shapes)
                    {
                        var tile = TileModel.Choose(shape);
                        Assert.Null(TileRules.Wrong(tile, left, right));
                        Assert.InRange(tile.SharedBytes, 1, TileRules.StaticSharedBytes);
                        // What the model counts on fits: registers, threads, blocks.
                        Assert.InRange(tile.BlocksPerMultiprocessor * tile.Threads, 1, GpuModel.MostThreads);
                        Assert.InRange(tile.BlocksPerMultiprocessor, 1, GpuModel.MostBlocks);
                        Assert.True(tile.BlocksPerMultiprocessor == 1 || tile.BlocksPerMultiprocessor * tile.Threads * TileModel.RegistersOf(tile, left, right) <= GpuModel.Registers, $"{tile}");
                        // No part of the sum is empty at the largest batch.
                        Assert.True(tile.Parts == 1 || tile.Parts * tile.Depth < 2 * Math.Max(shape.Depth(1024), tile.Depth), $"{tile} for a depth of {shape.Depth(1024)}");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_same_shape_gets_the_same_tile() => Assert.Equal(
        TileModel.Choose(ProductShape.Of(512, 512, 512, true, false, TilePrecision.Float32)), TileModel.Choose(ProductShape.Of(512, 512, 512, true, false, TilePrecision.Float32)));

    [Theory]
    [InlineData("Float32")]
    [InlineData("TensorFloat32")]
    [InlineData("BFloat16")]
    public void A_large_square_gets_large_tiles_and_whole_sums(string precision)
    {
        var tile = TileModel.Choose(ProductShape.Of(4096, 4096, 4096, true, false, Enum.Parse<TilePrecision>(precision)), [1]);
        Assert.InRange(tile.Rows * tile.Columns, 128 * 128, int.MaxValue);
        Assert.Equal(1, tile.Parts);
    }

    [Fact]
    public void A_sum_is_cut_where_there_are_too_few_tiles_for_the_multiprocessors()
    {
        var shape = ProductShape.Of(32, 64, 8192, true, false, TilePrecision.Float32);
        var tile = TileModel.Choose(shape, [1]);
        Assert.InRange(tile.Parts, 8, 64);
        Assert.Equal(1, TileModel.Choose(shape, [1], mayCut: false).Parts);
    }

    [Fact]
    public void A_short_sum_is_not_cut() => Assert.Equal(1, TileModel.Choose(ProductShape.Of(128, 128, 10, true, true, TilePrecision.Float32), [1]).Parts);

    [Fact]
    public void More_shared_memory_is_used_where_the_host_asks_for_it()
    {
        var shape = ProductShape.Of(4096, 4096, 4096, true, false, TilePrecision.BFloat16);
        var tile = TileModel.Choose(shape, [1], sharedBytes: 96 * 1024);
        Assert.InRange(tile.SharedBytes, TileRules.StaticSharedBytes + 1, 96 * 1024);
        Assert.True(TileModel.Cycles(tile, shape, 1, GpuModel.Hopper) <= TileModel.Cycles(TileModel.Choose(shape, [1]), shape, 1, GpuModel.Hopper));
    }

    [Fact]
    public void More_work_takes_no_less_time()
    {
        foreach (var precision in Enum.GetValues<TilePrecision>())
        {
            foreach (var tile in TileModel.Candidates(ProductShape.Of(1, 1, 1, true, false, precision), TileRules.StaticSharedBytes))
            {
                double Cycles(int rows, int columns, int depth) => TileModel.Cycles(tile, ProductShape.Of(rows, columns, depth, true, false, precision), 1, GpuModel.Hopper);
                for (var size = 64; size <= 2048; size *= 2)
                {
                    Assert.True(Cycles(size, size, size) <= Cycles(2 * size, size, size) * 1.0001, $"{tile}");
                    Assert.True(Cycles(size, size, size) <= Cycles(size, 2 * size, size) * 1.0001, $"{tile}");
                    Assert.True(Cycles(size, size, size) <= Cycles(size, size, 2 * size) * 1.0001, $"{tile}");
                }
            }
        }
    }
}
