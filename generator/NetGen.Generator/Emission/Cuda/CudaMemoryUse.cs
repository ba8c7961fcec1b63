using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>What a network takes of a device's memory when it has trained, evaluated and predicted with batches of one size, in bytes.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Adam">What Adam keeps for each of them; 0 where nothing is trained.</param>
/// <param name="Workspace">The memory of the call that needs most: the inputs, the values, and what a step brings beside.</param>
internal sealed record CudaMemoryUse(long Weights, long Adam, long Workspace)
{
    /// <summary>What CudaCall aligns to; and the prepared Adam takes no more.</summary>
    private const int Alignment = 256;

    private const int FloatBytes = 4, KeyBytes = 8, AdamSlots = 2;

    public long Sum => Weights + Adam + Workspace;

    public static CudaMemoryUse Of(NetworkModel model, IReadOnlyList<CompiledProgram> programs, int batch)
    {
        var weights = new WeightLayout(model.Parameters).TotalFloats * (long)FloatBytes;
        var steps = programs.Where(p => p.Kind == ProgramKind.Step).ToArray();
        // Each objective has its own.
        var adam = steps.Length * AdamSlots * weights;
        var workspace = programs.Select(program =>
        {
            var placement = new CudaPlacement(program);
            var state = program.Kind == ProgramKind.Step ? Alignment : 0;
            return state + Aligned(KeyBytes * CudaEmitter.Streams(program).Count()) + (((placement.PerSample * batch) + placement.Fixed) * FloatBytes);
        });
        return new CudaMemoryUse(weights, adam, workspace.DefaultIfEmpty(0).Max());
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
