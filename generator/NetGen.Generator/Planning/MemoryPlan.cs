using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Planning;

/// <summary>
/// Where a value lives in the workspace: its rows, all of them, begin at so many floats for each row of their region's kind.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Rows">Its rows, and the region.</param>
/// <param name="Offset">Where in the region, in floats for each row.</param>
/// <param name="Size">Floats of a row.</param>
/// <param name="InPlaceOf">The value over which this one is written, element by element; null where the memory is free before.</param>
internal sealed record Slot(int Value, RowSpace Rows, long Offset, long Size, int? InPlaceOf)
{
    /// <summary>The coefficient of the batch.</summary>
    public long PerSample => Rows == RowSpace.Samples ? Offset : 0;

    /// <summary>What does not depend on the batch.</summary>
    public long Fixed => Rows == RowSpace.None ? Offset : 0;
}

/// <summary>The memory of the values with rows of one kind.</summary>
/// <param name="Rows">Which.</param>
/// <param name="Floats">For each row.</param>
/// <param name="Live">Of these, how many are alive at once at most.</param>
internal sealed record Region(RowSpace Rows, long Floats, long Live);

/// <summary>
/// The static arena. Every value's size is a number of its rows times a constant, so the layout is decided here, for every batch at once:
/// the regions of samples, of steps and of values without rows lie one after the other, and offsets in one are coefficients of its number
/// of rows.
/// </summary>
internal sealed record MemoryPlan(EquatableArray<Slot> Slots, EquatableArray<Region> Regions)
{
    /// <summary>64 bytes: a full vector register and a cache line.</summary>
    public const int Alignment = CacheLine.Floats;

    public long FloatsPerSample => FloatsOf(RowSpace.Samples);

    public long FixedFloats => FloatsOf(RowSpace.None);

    /// <summary>The regions of steps, in their order.</summary>
    public IEnumerable<Region> OfSteps => Regions.Where(region => region.Rows.IsSteps);

    /// <summary>Floats for each row of a kind.</summary>
    public long FloatsOf(RowSpace rows) => Regions.FirstOrDefault(region => region.Rows == rows)?.Floats ?? 0;

    /// <summary>Of these, how many are alive at once at most.</summary>
    public long LiveOf(RowSpace rows) => Regions.FirstOrDefault(region => region.Rows == rows)?.Live ?? 0;

    /// <summary>The place of a value.</summary>
    public Slot this[int value] => Find(value) ?? throw new InvalidOperationException($"%{value} has no place.");

    /// <summary>The place of a value; null where it is not in the workspace. Slots are in the order of their values.</summary>
    public Slot? Find(int value)
    {
        var (from, to) = (0, Slots.Count - 1);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = Slots[middle].Value < value ? (middle + 1, to) : (from, middle);
        }
        return from <= to && Slots[from].Value == value ? Slots[from] : null;
    }

    /// <summary>
    /// A life runs from the phase that stores the value to the last that reads it, both included: inside a phase the kernels are not
    /// ordered. A value that is written over another, in the kernel that alone reads that one in its last phase, shares its memory: the two
    /// are one life, and count once in what is alive at once.
    /// </summary>
    /// <param name="external">Values that live in the caller's memory.</param>
    /// <param name="cancellation">Of the compiler.</param>
    public static MemoryPlan Of(FusedProgram program, Schedule schedule, IReadOnlyCollection<int> external, CancellationToken cancellation = default)
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
        foreach (var group in program.Groups.Until(cancellation))
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
        // What is assigned to a leaf lies where the leaf does.
        foreach (var value in external.Concat(graph.Outputs.Select(o => o.Value).Where(o => graph[o].Operation is Assign)))
            lives.Remove(value);

        var replaced = Replace(program, schedule, lives, cancellation);
        // The value that was in a place before all others.
        var first = lives.Keys.ToDictionary(value => value);
        var over = replaced.ToDictionary(pair => pair.Value, pair => pair.Operand);
        foreach (var (value, operand) in replaced)
            first[value] = first[operand];
        var regions = lives.Keys.Select(value => graph[value].Type.Rows).Distinct()
            .OrderBy(rows => rows == RowSpace.Samples ? 0 : rows.IsSteps ? 1 : 2).ThenBy(rows => rows.Lengths).ToArray();
        var places = regions.ToDictionary(rows => rows, Place);
        var slots = lives.Keys.OrderBy(v => v).Select(value => new Slot(
            value, graph[value].Type.Rows, places[graph[value].Type.Rows][first[value]], SizeOf(graph[value].Type),
            over.TryGetValue(value, out var dying) ? dying : null));
        return new MemoryPlan(
            slots.ToEquatableArray(), regions.Select(rows => new Region(rows, places[rows].Total, places[rows].Bound)).ToEquatableArray());

        Placement Place(RowSpace rows) => Placement.Of(lives.Where(l => graph[l.Key].Type.Rows == rows).GroupBy(l => first[l.Key])
            .Select(place => new Life(place.Key, SizeOf(graph[place.Key].Type), place.Min(l => l.Value.From), place.Max(l => l.Value.To))), cancellation);
    }

    /// <summary>Values and the operand of their kernel that they are written over, in the order of the kernels.</summary>
    private static List<(int Value, int Operand)> Replace(
        FusedProgram program, Schedule schedule, IReadOnlyDictionary<int, (int From, int To)> lives, CancellationToken cancellation)
    {
        var readers = program.Groups
            .SelectMany(group => group.Reads(program.Graph).Select(value => (Value: value, Phase: schedule.Phase[group.Id])))
            .GroupBy(reader => reader).ToDictionary(same => same.Key, same => same.Count());
        var replaced = new List<(int Value, int Operand)>();
        var (placed, taken) = (new HashSet<int>(), new HashSet<int>());
        foreach (var group in program.Groups.Until(cancellation))
        {
            var phase = schedule.Phase[group.Id];
            foreach (var (operand, result) in InPlace.Of(program.Graph, group))
            {
                if (lives.TryGetValue(operand, out var life) && life.To == phase && readers[(operand, phase)] == 1
                    && lives.ContainsKey(result) && !taken.Contains(operand) && placed.Add(result))
                {
                    taken.Add(operand);
                    replaced.Add((result, operand));
                }
            }
        }
        return replaced;
    }

    /// <summary>Floats of one sample (or of the whole), rounded up so that every slot starts on a cache line.</summary>
    private static long SizeOf(TensorType type)
    {
        var floats = type.Element switch
        {
            ElementType.UInt8 => (type.Count + 3) / 4,
            ElementType.BFloat16 => (type.Count + 1) / 2,
            _ => type.Count,
        };
        return (floats + Alignment - 1) / Alignment * Alignment;
    }
}
