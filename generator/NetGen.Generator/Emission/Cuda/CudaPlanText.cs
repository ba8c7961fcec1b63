using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>The CUDA programs in words: the second half of the network's Plan.</summary>
internal static class CudaPlanText
{
    private static readonly int[] Batches = [1, 32, 128];

    public static string Of(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation = default)
    {
        var writer = new CodeWriter();
        writer.Line($"On a CUDA device, where {PrecisionText(model.Precision)}; memory in MiB:");
        writer.Line("       batch     weights        Adam   workspace         sum");
        foreach (var batch in Batches)
        {
            var use = CudaMemoryUse.Of(model, programs, batch);
            writer.Line($"  {CudaIndex.Number(batch),10}{Mebibytes(use.Weights)}{Mebibytes(use.Adam)}{Mebibytes(use.Workspace)}{Mebibytes(use.Sum)}");
        }
        writer.Line("  The workspace has the inputs. The driver's context and the kernels' code take memory besides, which nvidia-smi counts: not measured.");
        foreach (var program in programs)
        {
            var placement = new CudaPlacement(program);
            writer.Line();
            writer.Line($"{program.Name}: {Launches(program)}; memory {Bytes(placement.PerSample)} per sample + {Bytes(placement.Fixed)}");
            foreach (var phase in program.Schedule.InOrder(program.Program))
            {
                foreach (var group in phase.Until(cancellation))
                {
                    var lines = KernelDescription.Lines(program.Program, group).ToArray();
                    writer.Line($"  {CudaIndex.Number(phase.Key + 1),3}  {lines[0]}");
                    writer.Line($"       {lines[1].Trim()}; {CudaLaunch.Of(program.Program.Graph, group).Description}");
                }
            }
        }
        return writer.ToString();
    }

    private static string Launches(CompiledProgram program)
    {
        var launches = CudaEmitter.Launches(program);
        var phases = program.Schedule.Phases == program.Program.Groups.Count ? "" : $" in {CudaIndex.Number(program.Schedule.Phases)} phases";
        return launches == 1 ? "1 launch" : $"{CudaIndex.Number(launches)} launches{phases}, captured once as a CUDA graph and replayed";
    }

    /// <summary>In a column.</summary>
    public static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("N2", CultureInfo.InvariantCulture).PadLeft(12);

    private static string PrecisionText(Precision precision) => precision switch
    {
        Precision.Float32 => "products are of floats",
        Precision.TensorFloat32 => "tiles round the operands of products to TF32",
        _ => "tiles round the operands of products to BF16, or to TF32 where those cannot be copied in pairs",
    };

    private static string Bytes(long floats) => $"{(floats * 4).ToString("N0", CultureInfo.InvariantCulture)} B";
}
