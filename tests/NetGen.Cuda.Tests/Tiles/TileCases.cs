using NetGen.Generator.Emission.Cuda.Tiles;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Every tile that the compiler can choose, with every order of the operands in which it can.</summary>
internal static class TileCases
{
    public static readonly IReadOnlyList<(bool Left, bool Right)> Orders = [(true, false), (true, true), (false, false), (false, true)];

    /// <summary>Shared memory that a host can ask the driver for on every GPU since sm_80.</summary>
    private const int MostSharedBytes = 96 * 1024;

    public static IEnumerable<(MatMulTile Tile, bool Left, bool Right)> All() =>
        from precision in Enum.GetValues<TilePrecision>()
        from order in Orders
        from tile in TileModel.Candidates(ProductShape.Of(1, 1, 1, order.Left, order.Right, precision), MostSharedBytes)
        select (tile, order.Left, order.Right);

    /// <summary>The operands' tiles of all of them, each once.</summary>
    public static IEnumerable<(MatMulTile Tile, OperandTile Operand, bool IsLeft)> Operands() => All()
        .SelectMany(x => new[] { (x.Tile, OperandTile.Of(x.Tile, true, x.Left), true), (x.Tile, OperandTile.Of(x.Tile, false, x.Right), false) })
        .DistinctBy(x => (x.Tile with { Stages = 2, BlocksPerMultiprocessor = 1 }, x.Item2, x.Item3));

    public static Func<string, int> Thread(int thread) => name => name == "thread" ? thread : throw new ArgumentException(name);

    /// <summary>Chunks of which no two lie in the same banks, unless they are the same.</summary>
    public static bool AreApart(IEnumerable<int> chunks) => chunks.Distinct().GroupBy(chunk => chunk % 8).All(bank => bank.Count() == 1);
}
