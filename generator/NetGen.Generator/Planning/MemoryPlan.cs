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
    /// Greedy by size over lifetimes (Pisarchyk and Lee 2020): the largest value first, each into the lowest gap that is free for its
    /// whole life. A life runs from the phase that stores the value to the last that reads it, both included: inside a phase the
    /// kernels are not ordered.
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

        var slots = new List<Slot>();
        var (perSample, livePerSample) = Place(lives.Where(l => graph[l.Key].Type.Batched), batched: true);
        var (constant, liveFixed) = Place(lives.Where(l => !graph[l.Key].Type.Batched), batched: false);
        return new MemoryPlan(slots.OrderBy(s => s.Value).ToEquatableArray(), perSample, constant, livePerSample, liveFixed);

        (long Total, long Bound) Place(IEnumerable<KeyValuePair<int, (int From, int To)>> values, bool batched)
        {
            // In the order of their offsets.
            var placed = new List<(long Offset, long Size, int From, int To)>();
            // By how much what is alive grows from one phase to the next.
            var growth = new long[schedule.Phases + 2];
            long total = 0;
            foreach (var life in values.OrderByDescending(v => SizeOf(graph[v.Key].Type)).ThenBy(v => v.Key))
            {
                var size = SizeOf(graph[life.Key].Type);
                long offset = 0;
                var position = 0;
                for (; position < placed.Count && placed[position].Offset < offset + size; position++)
                {
                    var other = placed[position];
                    var apart = other.To < life.Value.From || life.Value.To < other.From;
                    if (!apart && offset < other.Offset + other.Size)
                        offset = other.Offset + other.Size;
                }
                while (position > 0 && placed[position - 1].Offset > offset)
                    position--;
                placed.Insert(position, (offset, size, life.Value.From, life.Value.To));
                slots.Add(new Slot(life.Key, batched ? offset : 0, batched ? 0 : offset, size));
                growth[life.Value.From] += size;
                growth[life.Value.To + 1] -= size;
                total = Math.Max(total, offset + size);
            }
            var (alive, bound) = (0L, 0L);
            foreach (var change in growth)
                bound = Math.Max(bound, alive += change);
            return (total, bound);
        }
    }

    /// <summary>Floats of one sample (or of the whole), rounded up so that every slot starts on a cache line.</summary>
    private static long SizeOf(TensorType type)
    {
        var floats = type.Element == ElementType.UInt8 ? (type.Count + 3) / 4 : type.Count;
        return (floats + Alignment - 1) / Alignment * Alignment;
    }
}
