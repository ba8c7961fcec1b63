using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Planning;

/// <summary>
/// Plays a program's kernels in the order in which they really run (weights only first, then the samples, block after block) over its memory and looks who wrote last
/// where: what a kernel reads must be the value it means, and no kernel may write what another of its phase reads or writes. A failure is a bug of schedule or plan.
/// </summary>
internal sealed class MemoryVerifier
{
    /// <summary>What the first block leaves must not be in the way of a second, nor may the first have written over what was made once.</summary>
    private const int Blocks = 2;

    private readonly CompiledProgram program;
    private readonly TensorGraph graph;

    /// <summary>The values whose memory holds them now.</summary>
    private readonly HashSet<int> present = [];

    /// <summary>By value what was written over it last.</summary>
    private readonly Dictionary<int, int> lost = [];

    private readonly HashSet<string> updated = [];

    private MemoryVerifier(CompiledProgram program) => (this.program, graph) = (program, program.Program.Graph);

    public static void Verify(CompiledProgram program)
    {
        new MemoryVerifier(program).Verify();
        if (program.ForFewer is { } fewer)
            Verify(fewer);
    }

    private void Verify()
    {
        foreach (var slot in program.Memory.Slots)
        {
            var end = slot.Offset + slot.Size;
            if (end > program.Memory.FloatsOf(slot.Rows))
                throw Error($"%{slot.Value} ends at {end}, behind the workspace");
        }
        Run(program.Once);
        for (var block = 0; block < (program.Blocks is null ? 1 : Blocks); block++)
            Run(program.OfSamples);
        foreach (var output in program.Outputs.Where(o => graph[o].Operation is not Operations.Update.Effect))
            Read("the caller", output);
    }

    private void Run(IEnumerable<KernelGroup> groups)
    {
        foreach (var phase in program.Schedule.InOrder(groups))
        {
            var kernels = phase.Select(group => new Kernel(group, Slots(group.Reads(graph)), Slots(Writes(group)))).ToArray();
            foreach (var kernel in kernels)
                Read(kernel.Group);
            foreach (var kernel in kernels)
            {
                CheckInPlace(kernel);
                foreach (var other in kernels.Where(other => other != kernel))
                    CheckApart(kernel, other);
            }
            foreach (var kernel in kernels)
                Write(kernel);
        }
    }

    private static IEnumerable<int> Writes(KernelGroup group) =>
        SampleBlocks.PartialSums(group) is { } sums ? group.Stores.Append(sums).Distinct() : group.Stores;

    private Slot[] Slots(IEnumerable<int> values) => [.. values.Select(program.Memory.Find).OfType<Slot>()];

    private void Read(KernelGroup group)
    {
        foreach (var value in group.Reads(graph))
        {
            Read(group.Name, value);
            if (graph[value].Operation is Weight weight && updated.Contains(weight.Parameter))
                throw Error($"{group.Name} reads {weight.Parameter} after it has changed");
        }
    }

    private void Read(string reader, int value)
    {
        if (program.Memory.Find(value) is null || present.Contains(value))
            return;
        throw Error(lost.TryGetValue(value, out var other)
            ? $"{reader} reads %{value}, over which %{other} was written"
            : $"{reader} reads %{value}, which nothing has made");
    }

    /// <summary>A kernel may write over an operand only where the plan says it, at its very place, and where the kernel bears it.</summary>
    private void CheckInPlace(Kernel kernel)
    {
        foreach (var write in kernel.Writes)
        {
            foreach (var read in kernel.Reads.Where(read => Overlap(read, write)))
            {
                if (write.InPlaceOf != read.Value || read.Offset != write.Offset || !InPlace.Of(graph, kernel.Group).Contains((read.Value, write.Value)))
                    throw Error($"{kernel.Group.Name} writes %{write.Value} over its operand %{read.Value}");
            }
            if (kernel.Writes.FirstOrDefault(other => other != write && Overlap(other, write)) is { } both)
                throw Error($"{kernel.Group.Name} writes %{write.Value} and %{both.Value} into the same memory");
        }
    }

    private void CheckApart(Kernel kernel, Kernel other)
    {
        foreach (var write in kernel.Writes)
        {
            if (other.Reads.Concat(other.Writes).FirstOrDefault(slot => Overlap(slot, write)) is { } taken)
                throw Error($"{kernel.Group.Name} writes %{write.Value} while {other.Group.Name} of the same phase needs %{taken.Value}");
        }
        var changed = new HashSet<string>(kernel.Group.Updates(graph));
        if (other.Group.Reads(graph).Any(value => graph[value].Operation is Weight weight && changed.Contains(weight.Parameter)))
            throw Error($"{kernel.Group.Name} changes a weight while {other.Group.Name} of the same phase reads it");
    }

    private void Write(Kernel kernel)
    {
        updated.UnionWith(kernel.Group.Updates(graph));
        foreach (var write in kernel.Writes)
        {
            foreach (var slot in Slots(present).Where(slot => slot.Value != write.Value && Overlap(slot, write)))
            {
                present.Remove(slot.Value);
                lost[slot.Value] = write.Value;
            }
            present.Add(write.Value);
        }
    }

    /// <summary>Values with rows of one kind and those of another lie apart from each other, however many there are.</summary>
    private static bool Overlap(Slot a, Slot b) => a.Rows == b.Rows && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size;

    private InvalidOperationException Error(string what) => new($"{program.Name}: {what}.\n{graph}");

    /// <summary>A kernel with the workspace that it reads and writes.</summary>
    private sealed record Kernel(KernelGroup Group, Slot[] Reads, Slot[] Writes);
}
