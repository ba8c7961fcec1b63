using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Planning;

/// <summary>
/// Where a value lives in the workspace: at PerSample·B + Fixed floats from its start (one of the two is the region of the value's
/// kind: batched values lie first, values without a batch after all of them).
/// </summary>
internal sealed record Slot(int Value, long PerSample, long Fixed, long Size);

/// <summary>
/// The static arena. Every value's size is c·B or a constant, so the layout is decided here, for every batch size at once: offsets are
/// coefficients of B.
/// </summary>
internal sealed record MemoryPlan(EquatableArray<Slot> Slots, long FloatsPerSample, long FixedFloats, long LivePerSample, long LiveFixed)
{
    /// <summary>64 bytes: a full vector register and a cache line.</summary>
    public const int Alignment = 16;

    /// <summary>The place of a value. Slots are in the order of their values.</summary>
    public Slot this[int value]
    {
        get
        {
            var (from, to) = (0, Slots.Count - 1);
            while (from < to)
            {
                var middle = (from + to) / 2;
                (from, to) = Slots[middle].Value < value ? (middle + 1, to) : (from, middle);
            }
            return from <= to && Slots[from].Value == value ? Slots[from] : throw new InvalidOperationException($"%{value} has no place.");
        }
    }

    /// <summary>
    /// A life runs from the phase that stores the value to the last that reads it, both included: inside a phase the kernels are not
    /// ordered.
    /// </summary>
    /// <param name="external">Values that live in the caller's memory.</param>
    public static MemoryPlan Of(FusedProgram program, Schedule schedule, IReadOnlyCollection<int> external)
    {
        var graph = program.Graph;
        var lives = new Dictionary<int, (int From, int To)>();
        foreach (var group in program.Groups)
        {
            foreach (var value in group.Stores)
                lives[value] = (schedule.Phase[group.Id], schedule.Phase[group.Id]);
            if (SampleBlocks.PartialSums(group) is { } sums)
                lives[sums] = (schedule.Phase[group.Id], schedule.Phase[group.Id]);
        }
        foreach (var group in program.Groups)
        {
            foreach (var value in group.Reads(graph))
            {
                if (lives.TryGetValue(value, out var life))
                    lives[value] = (life.From, Math.Max(life.To, schedule.Phase[group.Id]));
            }
        }
        // The caller reads outputs after the last phase.
        foreach (var output in graph.Outputs)
        {
            var root = program.Root(output.Value);
            if (lives.TryGetValue(root, out var life))
                lives[root] = (life.From, schedule.Phases);
        }
        foreach (var value in external)
            lives.Remove(value);

        var batched = Place(perSample: true);
        var constant = Place(perSample: false);
        var slots = lives.Keys.OrderBy(v => v).Select(value => graph[value].Type.Batched
            ? new Slot(value, batched[value], 0, SizeOf(graph[value].Type))
            : new Slot(value, 0, constant[value], SizeOf(graph[value].Type)));
        return new MemoryPlan(slots.ToEquatableArray(), batched.Total, constant.Total, batched.Bound, constant.Bound);

        Placement Place(bool perSample) => Placement.Of(lives.Where(l => graph[l.Key].Type.Batched == perSample)
            .Select(l => new Life(l.Key, SizeOf(graph[l.Key].Type), l.Value.From, l.Value.To)));
    }

    /// <summary>Floats of one sample (or of the whole), rounded up so that every slot starts on a cache line.</summary>
    private static long SizeOf(TensorType type)
    {
        var floats = type.Element == ElementType.UInt8 ? (type.Count + 3) / 4 : type.Count;
        return (floats + Alignment - 1) / Alignment * Alignment;
    }
}
