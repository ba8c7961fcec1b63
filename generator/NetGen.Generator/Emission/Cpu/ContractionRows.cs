using System.Globalization;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// The rows of a product: its loop over rows and as many of the loops around it as keep the result's rows at equal distances. So a tile may
/// go from one row of an image into the next, and hardly any is smaller than it could be.
/// </summary>
/// <param name="Outer">The loops that are left around the rows.</param>
/// <param name="Loops">One or two loops over rows, outermost first.</param>
/// <param name="Window">The loops over a window of each row.</param>
internal sealed record ContractionRows(IReadOnlyList<Loop> Outer, IReadOnlyList<Loop> Loops, IReadOnlyList<Loop> Window)
{
    public static ContractionRows Of(ContractionBody body)
    {
        var outer = body.Outer.Concat(body.Rows).ToList();
        var bounds = new HashSet<string>(body.Reduce.Where(l => l.Bound is not null).Select(l => l.Bound!.Outer));
        var rows = new List<Loop> { Last() };
        while (outer.Count > 0 && !bounds.Contains(outer[outer.Count - 1].Name) && !(body.HasResultPerPart && outer.Count == 1))
        {
            var (loop, inner) = (outer[outer.Count - 1], rows[0]);
            // The batch is no constant that an outer stride could be a multiple of.
            var steps = rows.Aggregate(1, (product, row) => product * (row.Extent ?? 0));
            if (loop.StrideB != 0 || steps == 0 || (loop.Extent != 1 && loop.StrideResult != steps * rows[rows.Count - 1].StrideResult))
                break;
            if (loop.Extent == 1)
                Last();
            else if (inner.Extent == 1)
                rows[0] = Last();
            else if (loop.StrideA == inner.Extent * inner.StrideA && loop.Extent is { } extent)
                rows[0] = inner with { Extent = extent * inner.Extent, Name = Last().Name };
            else if (rows.Count == 1)
                rows.Insert(0, Last());
            else
                break;
        }
        return new ContractionRows(outer, rows, body.Window);

        Loop Last()
        {
            var last = outer[outer.Count - 1];
            outer.RemoveAt(outer.Count - 1);
            return last;
        }
    }

    /// <summary>The number of rows; null where it depends on the batch.</summary>
    public int? Count => Loops.Aggregate((int?)1, (product, loop) => product * loop.Extent);

    /// <summary>Floats of the result from a row to the next.</summary>
    public int StrideResult => Loops[Loops.Count - 1].StrideResult;

    /// <summary>C# of the library's description of them.</summary>
    public string Text()
    {
        var loops = string.Join(", ", Loops.Select(l => $"{LoopNest.Extent(l.Extent)}, {Number(l.StrideA)}"));
        var window = Window.Count == 0 ? "" : $".WithWindow({string.Join(", ", Window.Select(l => $"{LoopNest.Extent(l.Extent)}, {Number(l.StrideA)}"))})";
        return $"new RowLoops({loops}){window}";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
