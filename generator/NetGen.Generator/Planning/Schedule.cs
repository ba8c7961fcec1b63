using NetGen.Generator.Common;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Planning;

/// <summary>
/// Kernels by phase: those of one phase do not depend on each other, so the workers go through them without waiting; between phases
/// stands a barrier. Phase[i] belongs to group i.
/// </summary>
internal sealed record Schedule(EquatableArray<int> Phase)
{
    public int Phases { get; } = Phase.Count == 0 ? 0 : Phase.Max() + 1;

    /// <summary>Some kernels by their phases, first phase first.</summary>
    public IEnumerable<IGrouping<int, KernelGroup>> InOrder(IEnumerable<KernelGroup> groups) => groups.GroupBy(group => Phase[group.Id]).OrderBy(phase => phase.Key);

    /// <summary>The kernels of each phase, first phase first.</summary>
    public IEnumerable<IGrouping<int, KernelGroup>> InOrder(FusedProgram program) => InOrder(program.Groups);

    /// <summary>
    /// As early as its operands allow: a kernel runs one phase after the last that makes an operand of it, and one after the last
    /// that reads a weight it changes.
    /// </summary>
    /// <param name="program">The kernels.</param>
    /// <param name="once">Those of them, in order, that run before all others, in phases of their own, as they do where the samples go through the rest in blocks.</param>
    /// <param name="cancellation">Of the compiler.</param>
    public static Schedule Of(FusedProgram program, IReadOnlyCollection<int> once, CancellationToken cancellation = default)
    {
        var graph = program.Graph;
        var phase = new int[program.Groups.Count];
        var producer = new Dictionary<int, int>();
        var readers = new Dictionary<string, int>();
        var (first, ownPhases) = (new HashSet<int>(once), 0);
        foreach (var group in program.Groups.OrderBy(group => first.Contains(group.Id) ? 0 : 1).Until(cancellation))
        {
            var earliest = first.Contains(group.Id) ? 0 : ownPhases;
            var updates = new HashSet<string>(group.Updates(graph));
            foreach (var value in group.Reads(graph))
            {
                if (producer.TryGetValue(value, out var maker))
                    earliest = Math.Max(earliest, phase[maker] + 1);
            }
            foreach (var weight in updates)
            {
                if (readers.TryGetValue(weight, out var last))
                    earliest = Math.Max(earliest, last + 1);
            }
            phase[group.Id] = earliest;
            if (first.Contains(group.Id))
                ownPhases = Math.Max(ownPhases, earliest + 1);
            foreach (var store in group.Members)
                producer[store] = group.Id;
            foreach (var weight in group.Reads(graph).Select(v => graph[v].Operation).OfType<Weight>())
            {
                if (!updates.Contains(weight.Parameter))
                    readers[weight.Parameter] = Math.Max(readers.TryGetValue(weight.Parameter, out var known) ? known : -1, earliest);
            }
        }
        return new Schedule(phase.ToEquatableArray());
    }
}
