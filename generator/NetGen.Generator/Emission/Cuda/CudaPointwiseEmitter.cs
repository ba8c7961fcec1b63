using NetGen.Generator.Graph;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>A kernel of pointwise nodes only: a thread for each element, everything between loads and stores in registers.</summary>
internal static class CudaPointwiseEmitter
{
    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, CudaSignature signature)
    {
        var members = new HashSet<int>(group.Members);
        var nest = LoopNest.Over(graph, group.Space, LoopNest.LoadsOf(graph, group.Epilogue, members), members);
        writer.Line("var i = Grid.GlobalIndex.X;");
        writer.Line($"if (i >= {CudaIndex.Count(nest.Extents)})");
        writer.Line("    return;");
        new CudaElementEmitter(graph, group, signature).Emit(
            writer, group.Epilogue, new Dictionary<int, string>(), "i", load => CudaIndex.Sum(
                CudaIndex.Offset("i", CudaReductionEmitter.Loops(nest, load)), CudaIndex.Number(nest.Start(load))));
    }
}
