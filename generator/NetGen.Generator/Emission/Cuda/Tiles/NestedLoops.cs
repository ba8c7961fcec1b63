namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>Loops one inside of another that are counted as one, the innermost fastest; what a step of each adds to a place.</summary>
/// <param name="Loops">The outermost first. Its extent may be null: over the batch. No other's may.</param>
internal sealed record NestedLoops(IReadOnlyList<(int? Extent, int Stride)> Loops)
{
    /// <summary>The innermost loops that walk through memory without a gap, as one: how many numbers those are. Null: not known; 1 if there are none.</summary>
    public int? Contiguous
    {
        get
        {
            var merged = Merged();
            return merged.Count > 0 && merged[merged.Count - 1] is (var extent, 1) ? extent : 1;
        }
    }

    /// <summary>What the other loops add to a place: multiples of these.</summary>
    public IEnumerable<int> OtherStrides
    {
        get
        {
            var merged = Merged();
            return merged.Where((loop, i) => i < merged.Count - 1 || loop.Stride != 1).Select(loop => loop.Stride);
        }
    }

    /// <summary>What all loops add to a place: multiples of these.</summary>
    public IEnumerable<int> Strides => Merged().Select(loop => loop.Stride);

    /// <summary>The place at a number of steps.</summary>
    public Formula At(Formula steps)
    {
        Formula place = 0;
        foreach (var (step, stride) in Steps(Merged(), steps))
            place += step * stride;
        return place;
    }

    /// <summary>The step of one of the loops at a number of steps of all.</summary>
    public Formula Step(Formula steps, int loop) => Steps(Loops, steps).ElementAt(loop).Step;

    private static List<(Formula Step, int Stride)> Steps(IReadOnlyList<(int? Extent, int Stride)> loops, Formula steps)
    {
        var inner = 1;
        var result = new List<(Formula, int)>();
        for (var i = loops.Count - 1; i >= 0; i--)
        {
            var (extent, stride) = loops[i];
            if (extent is null && i > 0)
                throw new ArgumentException("Only the outermost loop may be over the batch.");
            result.Add((i == 0 ? steps / inner : steps / inner % extent!.Value, stride));
            inner *= extent ?? 1;
        }
        result.Reverse();
        return result;
    }

    /// <summary>Without loops of one step, and neighbours that are walked through as one are one.</summary>
    private List<(int? Extent, int Stride)> Merged()
    {
        var merged = Loops.Where(loop => loop.Extent != 1).ToList();
        for (var i = merged.Count - 2; i >= 0; i--)
        {
            if (merged[i + 1].Extent is { } steps && merged[i].Stride == merged[i + 1].Stride * steps)
            {
                merged[i] = (merged[i].Extent * steps, merged[i + 1].Stride);
                merged.RemoveAt(i + 1);
            }
        }
        return merged;
    }
}
