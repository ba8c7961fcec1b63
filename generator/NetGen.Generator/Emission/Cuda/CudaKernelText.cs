using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>A kernel for CUDA as C#.</summary>
internal static class CudaKernelText
{
    public static string Of(DetachedKernel kernel, CudaSignature signature, string name)
    {
        var (graph, group) = (kernel.Graph, kernel.Group);
        var body = new CodeWriter();
        if (group.Body is CudaContraction)
        {
            new CudaContractionEmitter(graph, group, signature, name).Emit(body);
            return body.ToString();
        }
        body.Line($"private static void {name}{signature.TypeParameters}({string.Join(", ", signature.Declarations)})");
        if (signature.Updates)
            body.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        body.Open();
        signature.EmitLoads(body);
        switch (group.Body)
        {
            case null:
                CudaPointwiseEmitter.Emit(body, graph, group, signature);
                break;
            case ReductionBody:
                CudaReductionEmitter.Emit(body, graph, group, signature);
                break;
            default:
                throw new NotSupportedException($"{group.Name} has no form for CUDA.");
        }
        body.Close();
        return body.ToString();
    }
}
