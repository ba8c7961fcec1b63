using NetGen.Generator.Common;
using NetGen.Generator.Differentiation;
using NetGen.Generator.Emission;
using NetGen.Generator.Emission.Api;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator;

/// <summary>A file that the compiler adds to the user's project.</summary>
/// <param name="Network">The full name of the class that it is for.</param>
/// <param name="Kind">"Kernels"; empty: the public half.</param>
/// <param name="Text">What is in it.</param>
internal sealed record GeneratedFile(string Network, string Kind, string Text);

/// <summary>
/// The finished network: what users see, what that does, and what computes it; on a CUDA device too where the project has the package for
/// it.
/// </summary>
internal sealed record CompiledNetwork(GeneratedFile Api, GeneratedFile Programs, GeneratedFile Kernels, GeneratedFile? Cuda = null);

/// <summary>
/// The compiler behind the reader: the passes in the order in which a network goes through them. Each is a pure function from one
/// immutable value to the next, and the verifier looks at every graph between them.
/// </summary>
internal static class Compiler
{
    /// <summary>Appended to the name of a program that is for few samples only.</summary>
    private const string FewSamples = "OfFew";

    /// <summary>What a method is computed by, outside of training.</summary>
    internal static readonly Pass[] InferencePasses =
    [
        // Dropout is gone; running statistics.
        new("Inference mode", InferenceMode.Apply),
        // max(relu(x + b)) = relu(max(x) + b): pooling comes first.
        new("Monotone pooling", MonotonePooling.Run),
        // Pixels that no later operation reads are not computed.
        new("Dead regions", DeadRegions.Run),
        // Convolutions that read their padding's zeros from a copy.
        new("Padded copies", PaddedCopy.Run),
        // Gradients that a method asks for, by the backward rules.
        new("Gradients", Gradients.Expand),
        // As the convolutions that compute them.
        new("Transposed convolutions", TransposedConvolutions.Run),
        // 3×3 convolutions with fewer products.
        WinogradConvolutions.Pass,
        // Convolutions whose edges would read all of a large weight each.
        new("Padded copies", PaddedCopy.OfLargeWeights, PassTarget.Cpu),
        // Transposed weights that are read as they are.
        new("Transposed products", TransposedProducts.InSquares, PassTarget.Cpu),
        new("Transposed products", TransposedProducts.All, PassTarget.Cuda),
        // Norms that are written once, weight and bias with them.
        new("Scaled norms", ScaledNorms.Run, PassTarget.Cpu),
        // Values without memory get it where a kernel needs an address.
        new("Materialize", Materialize.Run),
    ];

    /// <summary>What a training step is computed by.</summary>
    internal static Pass[] TrainingPasses(MethodModel method) =>
    [
        // Statistics of the batch, and what becomes of the running ones.
        new("Training mode", (graph, cancellation) => TrainingMode.Apply(graph, method.Changes, leaf => method.Frozen.Contains(leaf), cancellation)),
        new("Monotone pooling", MonotonePooling.Run),
        new("Dead regions", DeadRegions.Run),
        new("Padded copies", PaddedCopy.Run),
        // Gradients that the objective is made of, without weights: none of them is trained through one.
        new("Gradients", Gradients.Expand),
        // The backward rules of the operations, from the loss to every weight that the objective trains.
        new("Differentiate", (graph, cancellation) => Differentiator.Differentiate(graph, method.Changes, cancellation)),
        // The gradient of a ReLU with dropout is read off its result.
        new("Dropped ReLU", DroppedRelu.Run),
        new("Transposed convolutions", TransposedConvolutions.Run),
        // 3×3 convolutions with fewer products.
        WinogradConvolutions.Pass,
        new("Padded copies", PaddedCopy.OfLargeWeights, PassTarget.Cpu),
        // Gradients of max poolings that are read as they are behind them.
        new("Pooled gradients", PooledGradients.Run, PassTarget.Cpu),
        // Transposed weights that are read as they are.
        new("Transposed products", TransposedProducts.InSquares, PassTarget.Cpu),
        new("Transposed products", TransposedProducts.All, PassTarget.Cuda),
        // Large weights whose rows stay with one worker.
        new("Owned weights", OwnedWeights.Run, PassTarget.Cpu),
        // Tables of which a step changes the rows that the batch names.
        new("Row updates", RowUpdates.Run),
        new("Materialize", Materialize.Run),
    ];

    public static CompiledNetwork Compile(NetworkModel model) => Build(model, CancellationToken.None);

    /// <param name="model">The network.</param>
    /// <param name="cancellation">Looked at inside every pass: an editor has no use for what the next keystroke changes.</param>
    public static CompiledNetwork Build(NetworkModel model, CancellationToken cancellation)
    {
        // Which order of features PyTorch has, for files.
        model = FeatureAnalysis.Run(model, cancellation);
        var programs = Programs(model, null, cancellation);
        var cuda = model.HasCuda ? Programs(model, null, model.Precision, cancellation) : [];
        return new CompiledNetwork(
            new GeneratedFile(model.FullName, "", ApiEmitter.Emit(model, programs, cuda, cancellation)),
            new GeneratedFile(model.FullName, "Programs", ProgramsEmitter.Emit(model, programs, cuda, cancellation)),
            new GeneratedFile(model.FullName, "Kernels", CpuEmitter.Emit(model, programs, cancellation)),
            model.HasCuda ? new GeneratedFile(model.FullName, "Cuda", CudaEmitter.Emit(model, cuda, cancellation)) : null);
    }

    /// <summary>The half of a class with errors, which no program stands behind.</summary>
    public static GeneratedFile Members(NetworkModel unread, CancellationToken cancellation = default)
    {
        var cuda = unread.HasCuda ? Programs(unread, null, unread.Precision, cancellation) : [];
        return new(unread.FullName, "", ApiEmitter.Emit(unread, Programs(unread, null, cancellation), cuda, cancellation));
    }

    /// <summary>
    /// The programs for a CUDA device: without what only a processor gains from, and with all values in the device's memory.
    /// </summary>
    public static IReadOnlyList<CompiledProgram> CudaPrograms(NetworkModel model) => Programs(model, null, model.Precision, CancellationToken.None);

    /// <summary>A program for every method, and for an objective also the training step.</summary>
    /// <param name="model">The network.</param>
    /// <param name="trace">Is called after every pass with its name and with what makes its result a text.</param>
    /// <param name="cancellation">Of the compiler.</param>
    public static IReadOnlyList<CompiledProgram> Programs(NetworkModel model, Action<string, Func<string>>? trace = null, CancellationToken cancellation = default) =>
        Programs(model, trace, null, cancellation);

    /// <param name="cuda">The precision on a CUDA device; null: for a processor.</param>
    private static IReadOnlyList<CompiledProgram> Programs(
        NetworkModel model, Action<string, Func<string>>? trace, Precision? cuda, CancellationToken cancellation)
    {
        Target target = new(trace, cuda, cancellation);
        var objectives = model.Methods.Count(m => m.IsObjective);
        var programs = new List<CompiledProgram>();
        foreach (var method in model.Methods)
        {
            programs.Add(Compile(method, method.IsObjective ? ProgramKind.Evaluate : ProgramKind.Predict, method.Name, InferencePasses, target));
            if (method.IsObjective)
                programs.Add(Compile(method, ProgramKind.Step, NetworkModel.StepName(method.Name, objectives), TrainingPasses(method), target));
        }
        if (cuda is null && model.Session is { } session)
            programs.Add(Compile(session, ProgramKind.Predict, session.Name, InferencePasses, target));
        return programs;
    }

    /// <summary>Every pass with what it made of every method, as a file of comments (MSBuild property NetGenDumpPasses).</summary>
    public static GeneratedFile Dump(NetworkModel model, CancellationToken cancellation = default)
    {
        var writer = new CodeWriter();
        var before = "";
        Programs(model, (pass, result) =>
        {
            var text = result();
            writer.Line($"// ---- {pass}{(text == before ? " (unchanged)" : "")}");
            if (text != before)
                writer.Lines("// " + text.Replace("\n", "\n// "));
            writer.Line();
            before = text;
        }, cancellation);
        return new GeneratedFile(model.FullName, "Passes", writer.ToString());
    }

    /// <summary>What a program is compiled for, and who looks on.</summary>
    /// <param name="Trace">Is called after every pass with its name and with what makes its result a text.</param>
    /// <param name="Cuda">The precision on a CUDA device; null: for a processor.</param>
    /// <param name="Cancellation">Looked at inside every pass.</param>
    private sealed record Target(Action<string, Func<string>>? Trace, Precision? Cuda, CancellationToken Cancellation);

    private static CompiledProgram Compile(MethodModel method, ProgramKind kind, string name, IReadOnlyList<Pass> passes, Target target)
    {
        // A prediction leaves out what only an objective reports.
        var graph = kind == ProgramKind.Predict
            ? method.Graph with { Outputs = method.Graph.Outputs.Where(o => o.Role == "result").ToEquatableArray() }
            : method.Graph;
        GraphVerifier.Verify(graph, target.Cancellation);
        target.Trace?.Invoke($"{name}: Read", graph.ToString);
        passes = [.. passes.Where(pass => pass.Target != (target.Cuda is null ? PassTarget.Cuda : PassTarget.Cpu)), .. target.Cuda == Precision.BFloat16 ? [BFloat16Operands.Pass] : Array.Empty<Pass>()];
        (TensorGraph Graph, int UpTo)? few = null;
        for (var i = 0; i < passes.Count; i++)
        {
            var before = graph;
            graph = Run(passes[i], graph, name, target);
            if (passes[i].SmallestBatch?.Invoke(graph) is { } smallest and > 1)
                few = (passes.Skip(i + 1).Aggregate(before, (g, pass) => Run(pass, g, name + FewSamples, target)), smallest);
        }
        var program = Plan(method, kind, name, graph, target);
        return few is not { } fewer ? program : program with
        {
            SmallestBatch = fewer.UpTo,
            ForFewer = Plan(method, kind, name + FewSamples, fewer.Graph, target),
        };
    }

    private static TensorGraph Run(Pass pass, TensorGraph graph, string name, Target target)
    {
        graph = pass.Run(graph, target.Cancellation);
        GraphVerifier.Verify(graph, target.Cancellation);
        target.Trace?.Invoke($"{name}: {pass.Name}", graph.ToString);
        return graph;
    }

    /// <summary>Kernels, their order, and memory.</summary>
    private static CompiledProgram Plan(MethodModel method, ProgramKind kind, string name, TensorGraph graph, Target target)
    {
        var (trace, cuda, cancellation) = target;
        var fused = Fusion.Run(graph, cancellation);
        trace?.Invoke($"{name}: Fuse", () => PlanText.Kernels(fused));
        if (cuda is { } precision)
            fused = CudaContraction.In(fused, precision, kind == ProgramKind.Step ? TileModel.TrainingBatches : TileModel.TypicalBatches, cancellation);
        var once = cuda is null ? DepthFirst.BeforeBlocks(kind, fused) : null;
        var schedule = Schedule.Of(fused, once ?? [], cancellation);
        if (cuda is not null)
            return Verified(new CompiledProgram(method, kind, name, fused, schedule, MemoryPlan.Of(fused, schedule, CudaPlacement.Results(kind, fused), cancellation), null));
        // A result goes straight into the caller's span; an objective's numbers stand before the blocks of samples.
        var outputs = fused.Graph.Outputs.Where(o => fused.Graph[o.Value].Operation is not Operations.Update.Effect)
            .Select(o => fused.Root(o.Value)).ToArray();
        var isElsewhere = kind == ProgramKind.Predict || (kind == ProgramKind.Evaluate && once is not null);
        var memory = MemoryPlan.Of(fused, schedule, isElsewhere ? outputs : [], cancellation);
        var blocks = once is null ? null : DepthFirst.Of(fused, memory, once);
        var program = Verified(new CompiledProgram(method, kind, name, fused, schedule, memory, blocks));
        trace?.Invoke($"{name}: Schedule, place", () => PlanText.Of(program));
        return program;
    }

    /// <summary>The program; in debug builds its memory plan has been checked. The tests check those of all their networks.</summary>
    private static CompiledProgram Verified(CompiledProgram program)
    {
#if DEBUG
        MemoryVerifier.Verify(program);
#endif
        return program;
    }
}
