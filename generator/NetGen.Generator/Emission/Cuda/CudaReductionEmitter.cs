using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// A sum over axes, or another fold. A short one is made by a thread; of a long one each thread of a block makes a part, and the parts are
/// folded in shared memory, always in the same order.
/// </summary>
internal static class CudaReductionEmitter
{
    /// <summary>Up to so many terms a thread sums alone.</summary>
    private const long ShortSum = 64;

    /// <summary>Whether a block makes a result together.</summary>
    public static bool TakesBlocks(TensorGraph graph, KernelGroup group) => Terms(graph, group) is not <= ShortSum;

    /// <summary>How many terms a sum has; null where it goes over the batch.</summary>
    private static long? Terms(TensorGraph graph, KernelGroup group)
    {
        var body = (ReductionBody)group.Body!;
        return body.OverBatch ? null : body.Axes.Aggregate(1L, (product, axis) => product * graph[group.Operands[0]].Type.Dims[axis]);
    }

    public static IEnumerable<IndexLoop> Loops(LoopNest nest, int value, bool? reduced = null) => Enumerable.Range(0, nest.Extents.Count)
        .Where(i => reduced is null || nest.Reduced[i] == reduced).Select(i => new IndexLoop(nest.Extents[i], nest.Strides[value][i]));

    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, CudaSignature signature)
    {
        var body = (ReductionBody)group.Body!;
        var operand = group.Operands[0];
        var members = new HashSet<int>(group.Members);
        var loads = LoopNest.LoadsOf(graph, group.Prologue, members)
            .Concat(group.Prologue.Contains(operand) ? [] : [operand]).Distinct().ToArray();
        var nest = LoopNest.Over(graph, graph[operand].Type, loads, members, body.Axes.Contains, body.OverBatch);
        var fold = body.Fold;
        var elements = new CudaElementEmitter(graph, group, signature);
        var blocks = TakesBlocks(graph, group);
        var results = CudaIndex.Count(Extents(reduced: false));
        var terms = CudaIndex.Count(Extents(reduced: true));

        writer.Line($"var i = {(blocks ? "Grid.IdxX" : "Grid.GlobalIndex.X")};");
        if (!blocks)
        {
            writer.Line($"if (i >= {results})");
            writer.Line("    return;");
        }
        // What does not change while the sum runs.
        var starts = new Dictionary<int, string>();
        foreach (var value in loads.Append(LoopNest.Dense))
        {
            var start = CudaIndex.Sum(CudaIndex.Offset("i", Loops(nest, value, reduced: false)), CudaIndex.Number(nest.Start(value)));
            if (value == LoopNest.Dense && !UsesPlace())
                continue;
            starts[value] = start;
            if (start is not ("0" or "i"))
            {
                starts[value] = value == LoopNest.Dense ? "place" : $"at{CudaIndex.Number(signature.Number(value))}";
                writer.Line($"var {starts[value]} = {start};");
            }
        }
        writer.Line($"var {fold.Name} = {fold.NeutralOf("Lane")};");
        writer.Open(blocks ? $"for (var k = Group.IdxX; k < {terms}; k += Group.DimX)" : $"for (var k = 0; k < {terms}; k++)");
        string At(int value) => CudaIndex.Sum(starts[value], CudaIndex.Offset("k", Loops(nest, value, reduced: true)));
        var element = group.Prologue.Contains(operand)
            ? elements.Emit(writer, group.Prologue, new Dictionary<int, string>(), UsesPlace() ? At(LoopNest.Dense) : "0", At, "p")[operand]
            : $"new Lane({signature.Name(operand)}[{At(operand)}])";
        writer.Line(fold.Into("Lane", fold.Name, element));
        writer.Close();
        if (blocks)
        {
            writer.Line($"{fold.Name} = {fold.Block}({fold.Name});");
            writer.Line("if (Group.IdxX != 0)");
            writer.Line("    return;");
        }
        writer.Line(body.Scale == 1f ? $"var result = {fold.Name};" : $"var result = {fold.Name} * Lane.Broadcast({Text.Literal(body.Scale)});");
        elements.Emit(
            writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "result" }, "i",
            v => graph[v].Type is { Count: 1, Batched: false } ? "0" : "i");

        IEnumerable<int?> Extents(bool reduced) => nest.Extents.Where((_, i) => nest.Reduced[i] == reduced);

        // Random numbers go by the element's place; a prologue's values are stored nowhere.
        bool UsesPlace() => signature.Parameters.Any(p => p.Kind == CudaParameterKind.Key);
    }
}
