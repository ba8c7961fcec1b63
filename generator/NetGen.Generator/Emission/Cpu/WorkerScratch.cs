using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>Memory that each worker has to itself while a kernel runs: a packed panel of a weight's columns, or what stands between transforms.</summary>
internal static class WorkerScratch
{
    /// <summary>Floats for the kernel that needs most; 0 where none needs any.</summary>
    public static int Floats(FusedProgram program) => program.Groups.Select(group => Floats(group.Body)).DefaultIfEmpty(0).Max();

    /// <summary>Whether a kernel needs any.</summary>
    public static bool Has(KernelBody? body) => body is WinogradBody || WeightPanels.Pack(body);

    private static int Floats(KernelBody? body) => body switch
    {
        WinogradBody winograd => winograd.ScratchFloats,
        ContractionBody contraction when WeightPanels.Pack(contraction) => TileShapes.PanelFloats(contraction),
        _ => 0,
    };
}
