using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// Where the values of a program lie in a call's memory on the device: at PerSample·B + Fixed floats. First the inputs with a batch, then the
/// workspace, then an objective's numbers, which go back to the host in one copy, then the parts of sums that are a batch, then the inputs without, then
/// the parts of other sums.
/// </summary>
internal sealed class CudaPlacement
{
    private readonly CompiledProgram program;
    private readonly Dictionary<int, (long PerSample, long Fixed)> inputs = [];

    private readonly IReadOnlyList<int> results;
    private readonly long workspace;

    /// <summary>Where a kernel's parts lie behind the first.</summary>
    private readonly Dictionary<int, (long PerSample, long Fixed)> parts = [];

    private readonly (long PerSample, long Fixed) partsAt;
    private readonly long resultsAt;

    public CudaPlacement(CompiledProgram program)
    {
        this.program = program;
        foreach (var (input, i) in program.Method.Inputs.Select((input, i) => (input, i)).Where(x => x.input.Type.Batched))
        {
            inputs.Add(i, (workspace, 0));
            workspace += Aligned(input.Type.Count);
        }
        results = Results(program.Kind, program.Program);
        resultsAt = workspace + program.Memory.FloatsPerSample;
        var (mostPerSample, mostFixed) = PlaceParts();
        partsAt.PerSample = resultsAt + Aligned(results.Count);
        PerSample = partsAt.PerSample + mostPerSample;
        Fixed = program.Memory.FixedFloats;
        foreach (var (input, i) in program.Method.Inputs.Select((input, i) => (input, i)).Where(x => !x.input.Type.Batched))
        {
            inputs.Add(i, (PerSample, Fixed));
            Fixed += Aligned(input.Type.Count);
        }
        partsAt.Fixed = Fixed;
        Fixed += mostFixed;
        Largest = Math.Max(program.Program.Graph.Nodes.Where(n => n.Type.Batched).Select(n => n.Type.Count).DefaultIfEmpty(1).Max(), mostPerSample);
    }

    /// <summary>The numbers of an objective that it has for each sample, its loss first: they lie side by side and not in the workspace.</summary>
    public static IReadOnlyList<int> Results(ProgramKind kind, FusedProgram program) => kind == ProgramKind.Predict
        ? []
        : [.. program.Graph.Outputs.Where(o => o.Role == "loss").Concat(program.Graph.Correct).Concat(program.Graph.Outputs).Select(o => program.Graph[program.Root(o.Value)])
            .Where(n => n.Operation is not (Leaf or Effect) && n.Type is { Batched: true, Count: 1 }).Select(n => n.Id).Distinct()];

    /// <summary>C# of where the parts of a kernel's sums lie: of a result that is a batch, or of another one.</summary>
    public string Parts(KernelGroup group, bool isBatched, string batch) =>
        At(isBatched ? (partsAt.PerSample + parts[group.Id].PerSample, 0) : (PerSample, partsAt.Fixed + parts[group.Id].Fixed), batch);

    /// <summary>Floats for each sample.</summary>
    public long PerSample { get; }

    /// <summary>Floats whatever the batch is.</summary>
    public long Fixed { get; }

    /// <summary>Elements of a sample of the largest value, or of the parts of the largest sum.</summary>
    public long Largest { get; }

    /// <summary>C# of where an input lies, with that name for the batch.</summary>
    public string Input(int index, string batch) => At(inputs[index], batch);

    /// <summary>Where an input lies: floats per sample and besides.</summary>
    public (long PerSample, long Fixed) Input(int index) => inputs[index];

    /// <summary>C# of where a value lies, an input's or in the workspace.</summary>
    public string Value(int value, string batch) => At(Value(value), batch);

    /// <summary>Where a value lies: floats per sample and besides.</summary>
    public (long PerSample, long Fixed) Value(int value)
    {
        var root = program.Program.Graph[program.Program.Root(value)];
        if (root.Operation is Input input)
            return inputs[input.Index];
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] == root.Id)
                return (resultsAt + i, 0);
        }
        var slot = program.Memory[root.Id];
        return root.Type.Batched ? (workspace + slot.PerSample, 0) : (PerSample, slot.Fixed);
    }

    /// <summary>Kernels of one phase may run at the same time, so each has a place for its parts; phases follow each other and share it.</summary>
    /// <returns>What all of it takes.</returns>
    private (long PerSample, long Fixed) PlaceParts()
    {
        (long PerSample, long Fixed) most = default;
        foreach (var phase in program.Schedule.InOrder(program.Program))
        {
            (long PerSample, long Fixed) end = default;
            foreach (var group in phase)
            {
                parts.Add(group.Id, end);
                var needed = CudaLaunch.Of(program.Program.Graph, group).Parts;
                end = (end.PerSample + Aligned(needed.PerSample), end.Fixed + Aligned(needed.Fixed));
            }
            most = (Math.Max(most.PerSample, end.PerSample), Math.Max(most.Fixed, end.Fixed));
        }
        return most;
    }

    private static string At((long PerSample, long Fixed) place, string batch) => CudaIndex.Sum(
        place.PerSample == 0 ? "0" : $"{CudaIndex.Number(place.PerSample)}L * {batch}", CudaIndex.Number(place.Fixed));

    private static long Aligned(long floats) => (floats + MemoryPlan.Alignment - 1) / MemoryPlan.Alignment * MemoryPlan.Alignment;
}
