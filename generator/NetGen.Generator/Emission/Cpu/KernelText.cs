using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>A kernel as C#.</summary>
internal static class KernelText
{
    /// <summary>The kernel's method and, after it, those it calls.</summary>
    public static string Of(DetachedKernel kernel, KernelSignature signature, string name)
    {
        var (graph, group) = (kernel.Graph, kernel.Group);
        var body = new CodeWriter();
        var others = Enumerable.Empty<string>();
        var parameters = signature.Parameters.Select(p => $"{p.Declaration} {p.Name}")
            .Concat(signature.Updates ? ["in TOptimizer optimizer"] : [])
            .Concat(WorkerScratch.Has(group.Body) ? ["ref float scratch"] : [])
            .Concat(["int batch", "int worker", "int workers"]);
        body.Line("[MethodImplAttribute(Jit.Kernel)]");
        body.Line($"private static void {name}<{(signature.Updates ? "V, TOptimizer" : "V")}>({string.Join(", ", parameters)})");
        body.Line("    where V : struct, IVector<V>");
        if (signature.Updates)
            body.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        body.Open();
        switch (group.Body)
        {
            case null:
                PointwiseEmitter.Emit(body, graph, group, signature);
                break;
            case ReductionBody:
                ReductionEmitter.Emit(body, graph, group, signature);
                break;
            case TransformBody:
                TransformEmitter.Emit(body, graph, group, signature);
                break;
            case WinogradBody:
                var winograd = new WinogradEmitter(graph, group, signature, name);
                winograd.Emit(body);
                others = winograd.Methods;
                break;
            case StencilBody:
                StencilEmitter.Emit(body, graph, group, signature);
                break;
            default:
                new ContractionEmitter(graph, group, signature).Emit(body);
                break;
        }
        body.Close();
        foreach (var other in others)
        {
            body.Line();
            body.Lines(other);
        }
        return body.ToString();
    }
}
