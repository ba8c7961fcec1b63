using NetGen.Generator.Common;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Planning;

/// <summary>
/// Kernels by phase: those of one phase do not depend on each other, so the workers go through them without waiting; between phases
/// stands a barrier. Phase[i] belongs to group i.
/// </summary>
internal sealed record Schedule(EquatableArray<int> Phase)
{
    public int Phases { get; } = Phase.Count == 0 ? 0 : Phase.Max() + 1;

    /// <summary>The kernels of each phase, first phase first.</summary>
    public IEnumerable<IGrouping<int, KernelGroup>> InOrder(FusedProgram program) => program.Groups.GroupBy(group => Phase[group.Id]).OrderBy(phase => phase.Key);

    /// <summary>
    /// As early as its operands allow: a kernel runs one phase after the last that makes an operand of it, and one after the last
    /// that reads a weight it changes.
    /// </summary>
    public static Schedule Of(FusedProgram program)
    {
        var graph = program.Graph;
        var phase = new int[program.Groups.Count];
        var producer = new Dictionary<int, int>();
        var readers = new Dictionary<string, int>();
        foreach (var group in program.Groups)
        {
            var earliest = 0;
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
