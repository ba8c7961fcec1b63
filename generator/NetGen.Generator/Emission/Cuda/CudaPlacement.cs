using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// Where the values of a program lie in a call's memory on the device: at PerSample·B + Fixed floats. First the inputs with a batch, then the
/// workspace, then an objective's numbers, which go back to the host in one copy, then the inputs without a batch, then the parts of sums.
/// </summary>
internal sealed class CudaPlacement
{
    private readonly CompiledProgram program;
    private readonly Dictionary<int, (long PerSample, long Fixed)> inputs = [];

    private readonly IReadOnlyList<int> results;
    private readonly long workspace;
    private readonly long resultsAt;
    private readonly long parts;

    public CudaPlacement(CompiledProgram program)
    {
        this.program = program;
        foreach (var (input, i) in program.Method.Inputs.Select((input, i) => (input, i)).Where(x => x.input.Type.Batched))
        {
            inputs.Add(i, (workspace, 0));
            workspace += Aligned(input.Type);
        }
        results = Results(program.Kind, program.Program);
        resultsAt = workspace + program.Memory.FloatsPerSample;
        PerSample = resultsAt + Aligned(results.Count);
        Fixed = program.Memory.FixedFloats;
        foreach (var (input, i) in program.Method.Inputs.Select((input, i) => (input, i)).Where(x => !x.input.Type.Batched))
        {
            inputs.Add(i, (PerSample, Fixed));
            Fixed += Aligned(input.Type);
        }
        // Launches follow each other, so one place serves all.
        parts = Fixed;
        Fixed += program.Program.Groups.Select(group => CudaLaunch.Of(program.Program.Graph, group).Parts).DefaultIfEmpty(0).Max();
    }

    /// <summary>The numbers of an objective that it has for each sample, its loss first: they lie side by side and not in the workspace.</summary>
    public static IReadOnlyList<int> Results(ProgramKind kind, FusedProgram program) => kind == ProgramKind.Predict
        ? []
        : [.. program.Graph.Outputs.OrderBy(o => o.Role == "loss" ? 0 : 1).Select(o => program.Graph[program.Root(o.Value)])
            .Where(n => n.Operation is not (Leaf or Update) && n.Type is { Batched: true, Count: 1 }).Select(n => n.Id).Distinct()];

    /// <summary>C# of where the parts of sums lie.</summary>
    public string Parts(string batch) => At((PerSample, parts), batch);

    /// <summary>Floats for each sample.</summary>
    public long PerSample { get; }

    /// <summary>Floats whatever the batch is.</summary>
    public long Fixed { get; }

    /// <summary>Elements of a sample of the largest value.</summary>
    public long Largest => program.Program.Graph.Nodes.Where(n => n.Type.Batched).Select(n => n.Type.Count).DefaultIfEmpty(1).Max();

    /// <summary>C# of where an input lies, with that name for the batch.</summary>
    public string Input(int index, string batch) => At(inputs[index], batch);

    /// <summary>C# of where a value lies, an input's or in the workspace.</summary>
    public string Value(int value, string batch)
    {
        var root = program.Program.Graph[program.Program.Root(value)];
        if (root.Operation is Input input)
            return Input(input.Index, batch);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] == root.Id)
                return At((resultsAt + i, 0), batch);
        }
        var slot = program.Memory[root.Id];
        return At(root.Type.Batched ? (workspace + slot.PerSample, 0) : (PerSample, slot.Fixed), batch);
    }

    private static string At((long PerSample, long Fixed) place, string batch) => CudaIndex.Sum(
        place.PerSample == 0 ? "0" : $"{CudaIndex.Number(place.PerSample)}L * {batch}", CudaIndex.Number(place.Fixed));

    private static long Aligned(TensorType type) => Aligned(type.Count);

    private static long Aligned(long floats) => (floats + MemoryPlan.Alignment - 1) / MemoryPlan.Alignment * MemoryPlan.Alignment;
}
