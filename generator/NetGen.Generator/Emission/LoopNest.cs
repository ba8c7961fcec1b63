using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission;

/// <summary>
/// The loops over an element space (null extent: the batch) and, for each operand, what a step of each loop adds to its offset. Loops over
/// one step are gone and neighbours that every operand walks through as one are one loop.
/// </summary>
internal sealed class LoopNest
{
    private LoopNest(List<int?> extents, List<bool> reduced, Dictionary<int, List<long>> strides, Dictionary<int, long> starts)
    {
        Extents = extents;
        Reduced = reduced;
        Strides = strides;
        this.starts = starts;
    }

    private readonly Dictionary<int, long> starts;

    /// <summary>Outermost first.</summary>
    public List<int?> Extents { get; }

    /// <summary>For reductions: whether the loop is summed over.</summary>
    public List<bool> Reduced { get; }

    /// <summary>By operand (a value, or <see cref="Dense"/> for the space itself): a stride per loop.</summary>
    public Dictionary<int, List<long>> Strides { get; }

    /// <summary>The offset of an operand at the first step of all loops: that of a view.</summary>
    public long Start(int operand) => starts.TryGetValue(operand, out var start) ? start : 0;

    /// <summary>What a step of the innermost loop adds to the offset of an operand; 0 without loops.</summary>
    public long Step(int operand) => Extents.Count == 0 ? 0 : Strides[operand][Extents.Count - 1];

    /// <summary>The key of a dense tensor of the space.</summary>
    public const int Dense = -1;

    /// <summary>The key of the result of a reduction.</summary>
    public const int Result = -2;

    /// <param name="graph">The kernel's.</param>
    /// <param name="space">The elements that the loops go through.</param>
    /// <param name="operands">What is loaded at each (<see cref="LoadsOf"/>).</param>
    /// <param name="members">The nodes of the kernel: a view among them is a load of what it is a view of.</param>
    /// <param name="axisReduced">Of a reduction, whether an axis is summed over.</param>
    /// <param name="batchReduced">Whether the batch is.</param>
    public static LoopNest Over(
        TensorGraph graph, TensorType space, IEnumerable<int> operands, ICollection<int> members, Func<int, bool>? axisReduced = null,
        bool batchReduced = false)
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
        var starts = new Dictionary<int, long>();
        foreach (var operand in operands)
        {
            if (members.Contains(operand) && LoweringContext.Lower(graph, graph[operand]) is ViewBody view)
                (strides[operand], starts[operand]) = (StridesOf(view, graph[graph[operand].Inputs[0]].Type, space), view.Start);
            else
                strides[operand] = StridesOf(graph[operand].Type, space);
        }
        if (axisReduced is not null)
        {
            var result = new TensorType(
                space.Element, batchReduced ? RowSpace.None : space.Rows, new(space.Dims.Select((d, i) => axisReduced(i) ? 1 : d)));
            strides[Result] = StridesOf(result, space);
        }
        var nest = new LoopNest(extents, reduced, strides, starts);
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

    /// <summary>A view has the dimensions of the space.</summary>
    private static List<long> StridesOf(ViewBody view, TensorType source, TensorType space)
    {
        var strides = view.Strides.Select((stride, axis) => space.Dims[axis] == 1 ? 0L : stride).ToList();
        if (space.Batched)
            strides.Insert(0, source.Count);
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

    /// <summary>The loops of a sum without those of one step, neighbours that both operands walk through as one being one loop.</summary>
    public static IReadOnlyList<Loop> Merge(IEnumerable<Loop> sum)
    {
        var loops = sum.Where(l => l.Extent != 1 || l.Bound is not null).ToList();
        for (var i = loops.Count - 2; i >= 0; i--)
        {
            if (loops[i].Bound is null && loops[i + 1].Bound is null && loops[i].Extent is { } outer && loops[i + 1].Extent is { } inner
                && loops[i].StrideA == inner * loops[i + 1].StrideA && loops[i].StrideB == inner * loops[i + 1].StrideB)
            {
                loops[i + 1] = loops[i + 1] with { Extent = outer * inner };
                loops.RemoveAt(i);
            }
        }
        return loops;
    }

    public static string Extent(int? extent) => extent?.ToString(CultureInfo.InvariantCulture) ?? "batch";

    /// <summary>"i0 * 640 + i1": the offset of an operand at loop variables; "0" for none.</summary>
    public static string Offset(IEnumerable<(string Variable, long Stride)> terms, long start = 0)
    {
        var parts = terms.Where(t => t.Stride != 0).Select(t => t.Stride == 1
            ? t.Variable
            : $"{t.Variable} * {t.Stride.ToString(CultureInfo.InvariantCulture)}")
            .Concat(start == 0 ? [] : [start.ToString(CultureInfo.InvariantCulture)]).ToArray();
        return parts.Length == 0 ? "0" : string.Join(" + ", parts);
    }

    /// <summary>
    /// What a chain of nodes loads, by the view that each node sees: operands outside of the group, and the group's own views, which stand for their operand.
    /// </summary>
    public static IEnumerable<int> LoadsOf(TensorGraph graph, IEnumerable<int> nodes, ISet<int> members) => nodes
        .SelectMany(n => LoweringContext.Lower(graph, graph[n]) is ViewBody
            ? [n]
            : graph[n].Inputs.Where(i => !members.Contains(graph.RootOf(i)) && !graph.IsRematerialized(i)))
        .Distinct();
}
