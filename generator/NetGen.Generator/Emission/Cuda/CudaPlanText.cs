using System.Globalization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>The CUDA programs in words: the second half of the network's Plan.</summary>
internal static class CudaPlanText
{
    public static string Of(NetworkModel model, IReadOnlyList<CompiledProgram> programs)
    {
        var writer = new CodeWriter();
        var weights = new WeightLayout(model.Parameters).TotalFloats;
        writer.Line($"On a CUDA device: weights {Bytes(weights)}; an optimizer keeps as much once or twice; {PrecisionText(model.Precision)}");
        foreach (var program in programs)
        {
            var placement = new CudaPlacement(program);
            writer.Line();
            writer.Line($"{program.Name}: {program.Program.Groups.Sum(group => CudaLaunch.Of(program.Program.Graph, group).Launches)} launches; memory {Bytes(placement.PerSample)} per sample + {Bytes(placement.Fixed)}");
            foreach (var group in program.Schedule.InOrder(program.Program).SelectMany(phase => phase))
            {
                var lines = KernelDescription.Lines(program.Program, group).ToArray();
                writer.Line($"       {lines[0]}");
                writer.Line($"       {lines[1].Trim()}; {CudaLaunch.Of(program.Program.Graph, group).Description}");
            }
        }
        return writer.ToString();
    }

    private static string PrecisionText(Precision precision) => precision switch
    {
        Precision.Float32 => "products of floats",
        Precision.TensorFloat32 => "tiles round the operands of products to TF32",
        _ => "tiles round the operands of products to BF16, or to TF32 where those cannot be copied in pairs",
    };

    private static string Bytes(long floats) => $"{(floats * 4).ToString("N0", CultureInfo.InvariantCulture)} B";
}
