using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Copies of operands into shared memory, over all tiles.</summary>
public sealed class OperandTileTests
{
    [Fact]
    public void Each_chunk_has_one_place()
    {
        foreach (var operand in TileCases.Operands().Select(x => x.Operand).Distinct())
        {
            var places = from row in Enumerable.Range(0, operand.RowCount) from chunk in Enumerable.Range(0, operand.ChunksPerRow) select operand.Position(row, chunk).Constant!.Value;
            Assert.True(places.Order().SequenceEqual(Enumerable.Range(0, operand.Chunks)), operand.ToString());
        }
    }

    [Fact]
    public void Each_chunk_is_copied_once_without_bank_conflicts()
    {
        foreach (var (tile, operand, _) in TileCases.Operands())
        {
            var thread = Formula.Variable("thread", tile.Threads);
            var written = new List<int>();
            for (var copy = 0; copy < operand.Copies(tile.Threads); copy++)
            {
                var (row, chunk) = operand.Copied(thread, tile.Threads, copy);
                var place = operand.Position(row, chunk);
                var threads = operand.IsPartial(tile.Threads, copy) ? operand.Chunks - (copy * tile.Threads) : tile.Threads;
                var places = Enumerable.Range(0, threads).Select(t => place.Evaluate(TileCases.Thread(t))).ToArray();
                written.AddRange(places);
                Assert.True(places.Chunk(8).All(TileCases.AreApart), $"{tile}: {operand}");
            }
            Assert.True(written.Order().SequenceEqual(Enumerable.Range(0, operand.Chunks)), $"{tile}: {operand}");
        }
    }

    [Fact]
    public void Neighbouring_threads_copy_what_lies_side_by_side()
    {
        foreach (var (tile, operand, _) in TileCases.Operands())
        {
            var (row, chunk) = operand.Copied(Formula.Variable("thread", tile.Threads), tile.Threads, 0);
            for (var thread = 0; thread < Math.Min(tile.Threads, operand.Chunks); thread++)
                Assert.Equal(thread, (row.Evaluate(TileCases.Thread(thread)) * operand.ChunksPerRow) + chunk.Evaluate(TileCases.Thread(thread)));
        }
    }
}
