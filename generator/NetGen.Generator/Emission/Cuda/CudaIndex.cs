using System.Globalization;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>A loop as an index sees it: how far it runs (null: over the batch), and what a step adds to an offset.</summary>
internal sealed record IndexLoop(int? Extent, long Stride);

/// <summary>C# of offsets: a number that counts the steps of all loops, the innermost fastest, taken apart again.</summary>
internal static class CudaIndex
{
    /// <summary>"i / 640 * 784 + i % 640": the offset at a number of steps; "0" for none. The batch may only be the outermost loop.</summary>
    public static string Offset(string index, IEnumerable<IndexLoop> loops)
    {
        var terms = new List<string>();
        var merged = Merge(loops);
        long inner = 1;
        for (var i = merged.Count - 1; i >= 0; i--)
        {
            var (extent, stride) = (merged[i].Extent, merged[i].Stride);
            if (stride != 0)
            {
                var step = inner == 1 ? index : $"{index} / {Number(inner)}";
                if (i > 0)
                    step += $" % {Number(extent!.Value)}";
                terms.Add(stride == 1 ? step : $"{step} * {Number(stride)}");
            }
            inner *= extent ?? 1;
        }
        terms.Reverse();
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    /// <summary>"i / 26 % 26": the step of one of the loops.</summary>
    public static string Step(string index, IReadOnlyList<int?> extents, int loop)
    {
        var inner = extents.Skip(loop + 1).Aggregate(1L, (product, extent) => product * extent!.Value);
        var step = inner == 1 ? index : $"{index} / {Number(inner)}";
        return loop > 0 ? $"{step} % {Number(extents[loop]!.Value)}" : step;
    }

    /// <summary>"batch * 640": how many steps all loops make together.</summary>
    public static string Count(IEnumerable<int?> extents)
    {
        var (factor, batched) = (1L, false);
        foreach (var extent in extents)
            (factor, batched) = (factor * (extent ?? 1), batched || extent is null);
        return !batched ? Number(factor) : factor == 1 ? "batch" : $"batch * {Number(factor)}";
    }

    /// <summary>"a + b" without zeros.</summary>
    public static string Sum(params string[] terms)
    {
        var rest = terms.Where(t => t != "0").ToArray();
        return rest.Length == 0 ? "0" : string.Join(" + ", rest);
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Loops over one step are gone, and neighbours that are walked through as one are one loop.</summary>
    private static List<IndexLoop> Merge(IEnumerable<IndexLoop> loops)
    {
        var merged = loops.Where(l => l.Extent != 1).ToList();
        for (var i = merged.Count - 2; i >= 0; i--)
        {
            var (outer, inner) = (merged[i], merged[i + 1]);
            if (inner.Extent is { } steps && outer.Stride == inner.Stride * steps)
            {
                merged[i] = new IndexLoop(outer.Extent * steps, inner.Stride);
                merged.RemoveAt(i + 1);
            }
        }
        return merged;
    }
}
