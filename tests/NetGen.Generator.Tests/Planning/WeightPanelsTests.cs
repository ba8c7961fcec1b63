using NetGen.Generator.Common;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Planning;

public sealed class WeightPanelsTests
{
    [Theory]
    [InlineData(1024, 1024, true)]
    [InlineData(2048, 2048, true)]
    [InlineData(260, 2080, true)]
    [InlineData(784, 512, true)]
    [InlineData(512, 512, true)]
    // Small enough for a cache, or with rows that end within a vector.
    [InlineData(512, 256, false)]
    [InlineData(1024, 1030, false)]
    public void Large_weights_may_be_packed(int terms, int columns, bool packed) => Assert.Equal(packed, WeightPanels.Pack(Product(terms, columns, columns)));

    [Fact]
    public void Columns_of_a_wider_matrix_are_read_in_place() => Assert.False(WeightPanels.Pack(Product(1024, 1024, 2048)));

    [Fact]
    public void A_panel_of_any_tile_fits_into_a_workers_memory()
    {
        // Of few rows too, whose tiles may be wider than the compiler says.
        foreach (var columns in Enumerable.Range(1, 64).Select(i => 16 * i))
        {
            var product = Product(32, columns, 1) with { ColumnStride = 32 };
            Assert.True(WeightPanels.Pack(product));
            Assert.Equal(32 * SumTile.MostVectors * 16, TileShapes.PanelFloats(product));
        }
    }

    [Fact]
    public void Other_bodies_are_not_packed()
    {
        Assert.False(WeightPanels.Pack((Graph.KernelBody?)null));
        Assert.False(WeightPanels.Pack((Graph.KernelBody?)null));
    }

    private static ContractionBody Product(int terms, int columns, int stride) => new(
        default, new[] { new Loop("b", null, terms, 0, columns) }.ToEquatableArray(), columns, new[] { new Loop("k", terms, 1, stride, 0) }.ToEquatableArray());
}
