using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Emission;

/// <summary>
/// The loops over an element space (null extent: the batch) and, for each operand, what a step of each loop adds to its offset. Loops over
/// one step are gone and neighbours that every operand walks through as one are one loop.
/// </summary>
internal sealed class LoopNest
{
    private LoopNest(List<int?> extents, List<bool> reduced, Dictionary<int, List<long>> strides)
    {
        Extents = extents;
        Reduced = reduced;
        Strides = strides;
    }

    /// <summary>Outermost first.</summary>
    public List<int?> Extents { get; }

    /// <summary>For reductions: whether the loop is summed over.</summary>
    public List<bool> Reduced { get; }

    /// <summary>By operand (a value, or <see cref="Dense"/> for the space itself): a stride per loop.</summary>
    public Dictionary<int, List<long>> Strides { get; }

    /// <summary>The key of a dense tensor of the space.</summary>
    public const int Dense = -1;

    /// <summary>The key of the result of a reduction.</summary>
    public const int Result = -2;

    public static LoopNest Over(
        TensorGraph graph, TensorType space, IEnumerable<int> operands, Func<int, bool>? axisReduced = null, bool batchReduced = false)
    {
        var extents = new List<int?>();
        var reduced = new List<bool>();
        if (space.Batched)
        {
            extents.Add(null);
            reduced.Add(batchReduced);
        }
        for (var i = 0; i < space.Rank; i++)
        {
            extents.Add(space.Dims[i]);
            reduced.Add(axisReduced?.Invoke(i) ?? false);
        }
        var strides = new Dictionary<int, List<long>> { [Dense] = StridesOf(space, space) };
        foreach (var operand in operands)
            strides[operand] = StridesOf(graph[operand].Type, space);
        if (axisReduced is not null)
        {
            var result = new TensorType(
                space.Element, space.Batched && !batchReduced, new(space.Dims.Select((d, i) => axisReduced(i) ? 1 : d)));
            strides[Result] = StridesOf(result, space);
        }
        var nest = new LoopNest(extents, reduced, strides);
        nest.Collapse();
        return nest;
    }

    private static List<long> StridesOf(TensorType type, TensorType space)
    {
        // The same number of elements is the same memory, whatever the dimensions are called.
        var dims = type.Batched == space.Batched && type.Count == space.Count ? space.Dims.ToArray() : type.Dims.ToArray();
        var strides = new List<long>();
        long stride = 1;
        for (var i = 1; i <= space.Rank; i++)
        {
            var own = i <= dims.Length ? dims[dims.Length - i] : 1;
            strides.Insert(0, own == 1 ? 0 : stride);
            stride *= own;
        }
        if (space.Batched)
            strides.Insert(0, type.Batched ? stride : 0);
        return strides;
    }

    private void Collapse()
    {
        for (var i = Extents.Count - 1; i >= 0; i--)
        {
            if (Extents[i] == 1)
                Remove(i);
        }
        for (var i = Extents.Count - 2; i >= 0; i--)
        {
            if (Extents[i + 1] is not { } inner || Reduced[i] != Reduced[i + 1])
                continue;
            if (Strides.Values.Any(s => s[i] != s[i + 1] * inner))
                continue;
            // The outer loop over the batch swallows the inner one: its extent is then B · inner, kept as a factor.
            if (Extents[i] is null)
                continue;
            Extents[i + 1] = Extents[i] * inner;
            Remove(i);
        }
    }

    /// <summary>Whether the whole space is one contiguous run for every operand (or one number).</summary>
    public bool IsFlat => Strides.Values.All(s => Enumerable.Range(0, Math.Max(0, s.Count - 1))
        .All(i => s[i] == s[i + 1] * (Extents[i + 1] ?? 0)));

    private void Remove(int index)
    {
        Extents.RemoveAt(index);
        Reduced.RemoveAt(index);
        foreach (var list in Strides.Values)
            list.RemoveAt(index);
    }

    public static string Extent(int? extent) => extent?.ToString(CultureInfo.InvariantCulture) ?? "batch";

    /// <summary>"i0 * 640 + i1": the offset of an operand at loop variables; "0" for none.</summary>
    public static string Offset(IEnumerable<(string Variable, long Stride)> terms)
    {
        var parts = terms.Where(t => t.Stride != 0).Select(t => t.Stride == 1
            ? t.Variable
            : $"{t.Variable} * {t.Stride.ToString(CultureInfo.InvariantCulture)}").ToArray();
        return parts.Length == 0 ? "0" : string.Join(" + ", parts);
    }

    /// <summary>The operands outside the group that a chain of nodes loads, by the view that each node sees.</summary>
    public static IEnumerable<int> LoadsOf(TensorGraph graph, IEnumerable<int> nodes, ISet<int> members) =>
        nodes.SelectMany(n => graph[n].Inputs)
            .Where(i => !members.Contains(FusedProgram.RootOf(graph, i)) && !Fusion.IsRematerialized(graph, i))
            .Distinct();
}
