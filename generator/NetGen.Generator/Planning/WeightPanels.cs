using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Planning;

/// <summary>
/// Which products may copy the columns of a tile out of their right operand before they go over the rows, so that a matrix that exceeds a
/// core's cache comes from memory once and not for each tile of rows (Goto and van de Geijn 2008). Whether one does is decided where it
/// runs, by the rows and the cache (NetGen.Runtime.PackKernels.Pays); the sums are the same.
/// </summary>
internal static class WeightPanels
{
    /// <summary>Matrices of up to half a megabyte stay in a core's level-2 cache or close to it.</summary>
    private const int Small = 128 * 1024;

    /// <summary>Of more terms not even a panel's floats can be counted.</summary>
    private const int MostTerms = int.MaxValue / 64;

    /// <summary>Whether a worker packs panels: of large matrices, where it pays, or always, where columns must be transposed.</summary>
    public static bool Pack(KernelBody? body) => Transposes(body) || body is ContractionBody { Window.Count: 0, Parts.Count: 0, Rows.Count: 1, Reduce.Count: 1, Outer.Count: <= 1 } product
        && product.Rows[0] is { Extent: null, StrideB: 0 }
        && product.Reduce[0] is { Extent: { } terms, Bound: null }
        && product.Reduce[0].StrideB == product.Columns
        && product.Columns % MemoryPlan.Alignment == 0
        && (long)terms * product.Columns > Small
        && terms <= MostTerms;

    /// <summary>Whether the columns of a panel are rows of the matrix.</summary>
    public static bool Transposes(KernelBody? body) => body is ContractionBody { ColumnStride: not 1 };

    public static bool Pack(FusedProgram program) => program.Groups.Any(group => Pack(group.Body));
}
