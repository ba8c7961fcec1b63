using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>What threads with matrices of their own read and write, over all tiles of float.</summary>
public sealed class ThreadMapTests
{
    private static IEnumerable<(MatMulTile Tile, OperandTile Operand, bool IsLeft)> Operands => TileCases.Operands().Where(x => x.Tile.Precision == TilePrecision.Float32);

    [Fact]
    public void A_warp_reads_without_bank_conflicts()
    {
        foreach (var (tile, operand, isLeft) in Operands)
        {
            foreach (var (index, k) in Reads(tile, operand, isLeft))
            {
                var place = ThreadMap.Position(operand, Index(tile, operand, isLeft, index), k);
                var places = Enumerable.Range(0, tile.Threads).Select(thread => place.Evaluate(TileCases.Thread(thread)));
                Assert.True(places.Chunk(8).All(TileCases.AreApart), $"{tile}, lanes {tile.LanesAcross}: {operand}, {index}, {k}");
            }
        }
    }

    [Fact]
    public void A_read_begins_with_the_number_that_is_wanted()
    {
        foreach (var (tile, operand, isLeft) in Operands)
        {
            foreach (var (first, k) in Reads(tile, operand, isLeft))
            {
                // Whatever was simplified: the chunk of that index and k, and the index (or k) is its first.
                Formula index = Index(tile, operand, isLeft, first), place = ThreadMap.Position(operand, index, k);
                for (var thread = 0; thread < tile.Threads; thread += 3)
                {
                    var i = index.Evaluate(TileCases.Thread(thread));
                    var (row, along) = operand.KIsContiguous ? (i, k) : (k, i);
                    Assert.Equal(0, along % ThreadMap.Vector);
                    Assert.Equal(operand.Position(row, along / ThreadMap.Vector).Constant, place.Evaluate(TileCases.Thread(thread)));
                    // The next three numbers are those of the next three indices of the thread, or of the next three k.
                    if (!operand.KIsContiguous)
                        Assert.Equal(i + 3, Index(tile, operand, isLeft, first + 3).Evaluate(TileCases.Thread(thread)));
                }
            }
        }
    }

    private static IEnumerable<(int Index, int K)> Reads(MatMulTile tile, OperandTile operand, bool isLeft) =>
        from index in Enumerable.Range(0, isLeft ? tile.ThreadRows : tile.ThreadColumns)
        from k in Enumerable.Range(0, tile.Depth)
        where operand.KIsContiguous ? k % ThreadMap.Vector == 0 : index % ThreadMap.Vector == 0
        select (index, k);

    private static Formula Index(MatMulTile tile, OperandTile operand, bool isLeft, int index)
    {
        var thread = Formula.Variable("thread", tile.Threads);
        return isLeft ? ThreadMap.Row(tile, operand.KIsContiguous, thread, index) : ThreadMap.Column(tile, operand.KIsContiguous, thread, index);
    }
}
