using NetGen.Generator.Differentiation;
using NetGen.Generator.Emission.Api;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>A file that the compiler adds to the user's project.</summary>
internal sealed record GeneratedFile(string HintName, string Text);

/// <summary>The finished network: what users see and what computes it.</summary>
internal sealed record CompiledNetwork(GeneratedFile Api, GeneratedFile Kernels);

/// <summary>
/// The compiler behind the reader: the passes in the order in which a network goes through them. Each is a pure function from one
/// immutable value to the next.
/// </summary>
internal static class Compiler
{
    public static CompiledNetwork Compile(NetworkModel model)
    {
        var programs = Programs(model);
        var kernels = CpuEmitter.Emit(model, programs);
        return new CompiledNetwork(
            new GeneratedFile(model.FullName + ".g.cs", ApiEmitter.Emit(model, programs)),
            new GeneratedFile(model.FullName + ".Kernels.g.cs", kernels));
    }

    /// <summary>A program for every method, and for an objective also the training step.</summary>
    public static IReadOnlyList<CompiledProgram> Programs(NetworkModel model)
    {
        var objectives = model.Methods.Where(m => m.IsObjective).ToArray();
        var programs = new List<CompiledProgram>();
        foreach (var method in model.Methods)
        {
            programs.Add(Compile(method, method.IsObjective ? ProgramKind.Evaluate : ProgramKind.Predict, method.Name, InferenceGraph(method)));
            if (method.IsObjective)
                programs.Add(Compile(method, ProgramKind.Step, StepName(method, objectives.Length), TrainingGraph(method)));
        }
        return programs;
    }

    public static TensorGraph InferenceGraph(MethodModel method) =>
        Verified(MonotonePooling.Run(InferenceMode.Apply(Verified(method.Graph))));

    public static TensorGraph TrainingGraph(MethodModel method) =>
        Verified(Differentiator.Differentiate(
            Verified(MonotonePooling.Run(Verified(method.Graph))),
            weight => method.Updates.Count == 0 || method.Updates.Any(u => weight == u || weight.StartsWith(u + ".", StringComparison.Ordinal))));

    private static CompiledProgram Compile(MethodModel method, ProgramKind kind, string name, TensorGraph graph)
    {
        var fused = Fusion.Run(Verified(Materialize.Run(graph)));
        var schedule = Schedule.Of(fused);
        // A result goes straight into the caller's span.
        var external = kind == ProgramKind.Predict ? new[] { fused.Root(fused.Graph.Output("result")) } : [];
        return new CompiledProgram(method, kind, name, fused, schedule, MemoryPlan.Of(fused, schedule, external));
    }

    /// <summary>"Step" for the only objective or the one called Loss; else Step and the name without "Loss".</summary>
    private static string StepName(MethodModel method, int objectives)
    {
        if (objectives == 1 || method.Name == "Loss")
            return "Step";
        var name = method.Name;
        return "Step" + (name.EndsWith("Loss", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name);
    }

    private static TensorGraph Verified(TensorGraph graph)
    {
        GraphVerifier.Verify(graph);
        return graph;
    }
}
