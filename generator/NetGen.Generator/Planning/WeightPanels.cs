using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Planning;

/// <summary>
/// Which products copy the columns of a tile out of their right operand before they go over the rows. In a large matrix each step of the sum reads
/// a page of its own, and where the rows are a power of two apart all of them fall into the same few sets of the caches. So a worker packs such a
/// panel once, contiguous and small enough for its level-2 cache, and uses it for all rows (Goto and van de Geijn 2008). With few rows that does not pay:
/// the kernel decides by the batch, and the sums are the same.
/// </summary>
internal static class WeightPanels
{
    /// <summary>From so many rows on a panel is packed: each element is read once more and used so many times.</summary>
    public const int SmallestBatch = 64;

    /// <summary>Floats of a page of 4 KB.</summary>
    private const int Page = 1024;

    /// <summary>Matrices of up to 2 MB stay in a core's level-2 cache or close to it.</summary>
    private const int Small = 512 * 1024;

    /// <summary>Whether a worker packs panels: for large matrices with enough rows, or always, where columns must be transposed.</summary>
    public static bool Pack(KernelBody? body) => Transposes(body) || body is ContractionBody { Window.Count: 0, Parts.Count: 0, Rows.Count: 1, Reduce.Count: 1, Outer.Count: <= 1 } product
        && product.Rows[0] is { Extent: null, StrideB: 0 }
        && product.Reduce[0] is { Extent: { } terms, Bound: null }
        && product.Reduce[0].StrideB == product.Columns
        && product.Columns % MemoryPlan.Alignment == 0
        && product.Columns >= Page
        && (long)terms * product.Columns > Small;

    /// <summary>Whether the columns of a panel are rows of the matrix.</summary>
    public static bool Transposes(KernelBody? body) => body is ContractionBody { ColumnStride: not 1 };

    public static bool Pack(FusedProgram program) => program.Groups.Any(group => Pack(group.Body));
}
