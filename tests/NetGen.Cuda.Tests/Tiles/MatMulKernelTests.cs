using NetGen.Generator.Emission;
using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>What cannot be emitted is refused with a reason; what an epilogue is given.</summary>
public sealed class MatMulKernelTests
{
    private static readonly MatMulTile Tile = new(TilePrecision.Float32, 1, 1, 32, 16, 4, 8, 2, 1, 1);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("A sum in parts needs a place for them.", Kernel() with { Tile = Tile with { Parts = 2 } });
        Refused("Left: vectors of 4 do not divide the rows numbers that lie side by side.", Kernel() with { Rows = Formula.Variable("rows"), Left = Kernel().Left with { KIsContiguous = false } });
        Refused("Right: vectors of 4 do not divide the 18 numbers that lie side by side.", Kernel() with { Columns = 18 });
        Refused("Left: 8 numbers cannot be copied at once; from 1 to 4 can.", Kernel() with { Left = Kernel().Left with { Vector = 8 } });
        Refused("Left: 3 numbers cannot be copied at once; from 1 to 4 can.", Kernel() with { Left = Kernel().Left with { Vector = 3 } });
        Refused("32x16x8_1 (Float32): at least two stages, one part and one block are needed.", Kernel() with { Tile = Tile with { Stages = 1 } });
        Refused("32x16x8_2 (Float32): a warp's part is not made of equal parts of 32 threads.", Kernel() with { Tile = Tile with { LanesAcross = 3 } });
        Refused("16x16x8_2 (Float32): a thread's part is not made of vectors.", Kernel() with { Tile = Tile with { WarpRows = 16 }, Left = Kernel().Left with { KIsContiguous = false } });
        Refused("32x16x6_2 (Float32): the depth is not made of vectors.", Kernel() with { Tile = Tile with { Depth = 6 } });
        Refused("32x24x8_2 (TensorFloat32): a warp's part is not made of fragments.", Kernel() with { Tile = Tile with { Precision = TilePrecision.TensorFloat32, WarpColumns = 24 } });
        Refused("256x256x8_2 (Float32): 4096 threads are more than a block has.", Kernel() with { Tile = Tile with { WarpsDown = 8, WarpsAcross = 16 } });
        Refused("32x16x24_2 (Float32): chunks that change places need a power of two of them in a row.", Kernel() with { Tile = Tile with { Depth = 24 } });
    }

    [Theory]
    [InlineData(16, 8, "PtxMemory.Store4(ref y[(row * 8) + column], a, b, c, d);")]
    [InlineData(4, 6, "PtxMemory.Store2(ref y[(row * 6) + column], a, b);", "PtxMemory.Store2(ref y[(row * 6) + column + 2], c, d);")]
    [InlineData(1, 8, "y[(row * 8) + column] = a;", "y[(row * 8) + column + 1] = b;", "y[(row * 8) + column + 2] = c;", "y[(row * 8) + column + 3] = d;")]
    public void Results_are_stored_as_wide_as_their_places_allow(int columnMultiple, int stride, params string[] expected)
    {
        var code = new CodeWriter();
        MatMulKernel.Store("y", stride)(code, new ResultRun("row", "column", ["a", "b", "c", "d"], columnMultiple));
        Assert.Equal(expected, code.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_grid_has_a_block_for_each_tile_and_part()
    {
        var kernel = Kernel() with { Rows = Formula.Variable("rows"), Columns = 40, Tile = Tile with { Parts = 3 }, Partials = "parts" };
        Assert.Equal(4 * 3, kernel.Blocks.Evaluate(_ => 100));
        Assert.Equal(3, kernel.Parts);
        Assert.Equal(4, SplitSumEmitter.Blocks(kernel).Evaluate(_ => 100));
    }

    [Theory]
    [InlineData(4, 784, 128)]
    [InlineData(2, 784, 10)]
    [InlineData(1, 784, 9)]
    public void Vectors_divide_all_distances(int expected, int stride, int extent) =>
        Assert.Equal(expected, MatMulOperand.Matrix("x", true, stride, extent, TilePrecision.Float32).Vector);

    private static void Refused(string message, MatMulKernel kernel) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => MatMulKernelEmitter.Emit(new CodeWriter(), kernel)).Message);

    private static MatMulKernel Kernel() => new(
        "static void Product()", 32, 16, 32, MatMulOperand.Matrix("x", true, 32, 32, TilePrecision.Float32), MatMulOperand.Matrix("w", false, 16, 16, TilePrecision.Float32), Tile,
        MatMulKernel.Store("y", 16));
}
