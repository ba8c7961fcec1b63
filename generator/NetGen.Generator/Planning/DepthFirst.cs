using NetGen.Generator.Common;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Planning;

/// <summary>
/// Outside of training the samples of a batch do not depend on each other. So where the batch is large enough each worker takes samples of
/// its own, a block at a time through all layers: what one layer leaves for the next is still in the core's cache, no worker waits for
/// another, and the workspace is that of the blocks, however large the batch. With fewer samples all workers share each layer.
/// </summary>
/// <param name="Samples">Samples in a block.</param>
/// <param name="Fewest"> From this many samples for each worker on workers take samples of their own, whatever their number; null: from
/// <see cref="AlwaysEnough"/> on, and from fewer if they divide evenly.
/// </param>
/// <param name="Once">The kernels that come before all blocks, because they have to do with weights only.</param>
internal sealed record DepthFirst(int Samples, int? Fewest, EquatableArray<int> Once)
{
    /// <summary>What a block's values may take: half of a small level-2 cache; the rest is for weights and inputs.</summary>
    private const int Bytes = 512 * 1024;

    /// <summary>Tiles of matrix products are 8 or 16 samples high.</summary>
    private const int Step = 16;

    /// <summary>A weight larger than this is read from a shared cache, so more samples have to make it worth it.</summary>
    private const int LargeWeight = 64 * 1024;

    private const int ForLargeWeights = 64;

    private const int Most = 1024;

    /// <summary>
    /// What the values of a block may take where each block copies weights into panels: what a level-3 cache has for a core.
    /// </summary>
    private const int BytesForPanels = 2 * 1024 * 1024;

    /// <summary>From this many samples on, to copy a weight is less than a twentieth of its product.</summary>
    private const int ForPanels = 512;

    /// <summary>
    /// From this many samples for each worker on they divide well enough; below, they must divide evenly by 8. As in
    /// NetGen.Runtime.Partition.
    /// </summary>
    public const int AlwaysEnough = 64;

    /// <summary>Samples for each worker whose memory must be there: a block, or as many as come without blocks.</summary>
    public int Capacity => Math.Max(Samples, Fewest ?? AlwaysEnough);

    /// <summary>
    /// The kernels that come before all blocks of a program's samples, for the schedule; null where there are no blocks, because something
    /// is computed over the batch, or because there is but one product, which packs a weight for all samples at once.
    /// </summary>
    public static IReadOnlyCollection<int>? BeforeBlocks(ProgramKind kind, FusedProgram program)
    {
        var graph = program.Graph;
        var once = OfWeights(program);
        return kind == ProgramKind.Step
            || (WeightPanels.Pack(program) && program.Groups.Count - once.Count == 1)
            || graph.Nodes.Any(n => n.Operation is BatchReciprocal or Effect || n.Type.Rows.IsSteps || (n.Operation is Input && !n.Type.Batched))
            || graph.Outputs.Any(o => !graph[o.Value].Type.Batched)
            || program.Groups.Any(g => !once.Contains(g.Id) && (!g.Space.Batched || g.Body is ReductionBody { OverBatch: true }))
            ? null
            : once;
    }

    /// <summary>The blocks of a program that has some.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="memory">Where their values lie.</param>
    /// <param name="once">What <see cref="BeforeBlocks"/> gave, and the schedule that <paramref name="memory"/> is planned by begins
    /// with.</param>
    public static DepthFirst Of(FusedProgram program, MemoryPlan memory, IEnumerable<int> once)
    {
        var largest = program.Graph.Nodes.Where(n => n.Operation is Weight).Select(n => n.Type.Count).DefaultIfEmpty(0).Max();
        if (WeightPanels.Pack(program))
        {
            // All workers share a layer's columns, and so the copies of its weights, up to a block for each.
            var packed = (int)Math.Min(ForPanels, Math.Max(ForLargeWeights, Fitting(BytesForPanels)));
            return new DepthFirst(packed, packed, once.ToEquatableArray());
        }
        return new DepthFirst((int)Math.Min(Most, Math.Max(largest > LargeWeight ? ForLargeWeights : Step, Fitting(Bytes))), null, once.ToEquatableArray());

        long Fitting(int bytes) => bytes / (4 * Math.Max(1, memory.FloatsPerSample)) / Step * Step;
    }

    /// <summary>The kernels that read nothing but weights and what other such kernels make of them.</summary>
    private static List<int> OfWeights(FusedProgram program)
    {
        var groups = new List<int>();
        var known = new HashSet<int>();
        foreach (var group in program.Groups)
        {
            if (group.Space.Batched || group.Reads(program.Graph).Any(v => program.Graph[v].Operation is not Weight && !known.Contains(v)))
                continue;
            groups.Add(group.Id);
            known.UnionWith(group.Stores);
        }
        return groups;
    }
}
