using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// The CPU program of a network as a C# file: one method per kernel, generic over the vector type, and one method per program that calls
/// them in phases. Kernels of equal text are written once.
/// </summary>
internal sealed class CpuEmitter
{
    /// <summary>
    /// In one method. The JIT compiles a method of more than 20,000 instructions or 8,000 references to locals without optimization; a call
    /// with its values takes some 50 and 20, one of a kernel with the most operands several times as many.
    /// </summary>
    private const int MostCalls = 100;

    /// <summary>Locals and parameters of the methods that call kernels.</summary>
    private static readonly string[] Own =
        ["frame", "first", "place", "thread", "worker", "workers", "batch", "begin", "end", "weights", "work", "scratch", "state", "optimizer", "Run", .. StepNames.All];

    private readonly NetworkModel model;
    private readonly ProgramNames programNames;
    private readonly CancellationToken cancellation;
    private readonly WeightLayout weights;

    /// <summary>The names of what the class of kernels has, and of locals: no local hides a method.</summary>
    private readonly UniqueNames members = new(GeneratedText.Reserved.Concat(Own));

    /// <summary>The names of the programs' methods, by program and by what is added to the program's name.</summary>
    private readonly Dictionary<((string Method, string Name) Program, string Part), string> methods = [];

    private readonly KernelLibrary kernels;

    /// <summary>Floats that a worker of the program being written has to itself.</summary>
    private int scratch;

    /// <summary>The locals of the program being written, by value.</summary>
    private Dictionary<int, string> names = [];

    /// <summary>For each program.</summary>
    private readonly Dictionary<(string Method, string Name), Dictionary<int, string>> namesOf = [];

    private CpuEmitter(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.model = model;
        programNames = new ProgramNames(programs);
        weights = new WeightLayout(model.Parameters);
        var all = programs.SelectMany(p => p.ForFewer is { } fewer ? new[] { fewer, p } : [p]).ToArray();
        foreach (var part in new[] { "", "Body", "Weights", "Samples" })
        {
            foreach (var program in all)
                methods.Add((program.Key, part), Names.Escape(members.Take(program.Name + part)));
        }
        foreach (var program in all)
            namesOf.Add(program.Key, ValueNames.Of(Used(program, program.Program.Groups), members.Taken.Concat(Streams(program, program.Program.Groups).Select(Key))));
        foreach (var name in namesOf.Values.SelectMany(values => values.Values))
            members.TryTake(name);
        kernels = new KernelLibrary(members);
    }

    public static string Emit(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation = default) =>
        new CpuEmitter(model, programs, cancellation).Emit(programs);

    private string Emit(IReadOnlyList<CompiledProgram> programs)
    {
        var entries = new CodeWriter();
        var bodies = new CodeWriter();
        foreach (var program in programs)
        {
            EmitEntry(entries, program);
            if (program.ForFewer is { } fewer)
                EmitProgram(bodies, fewer);
            EmitProgram(bodies, program);
        }

        var file = new CodeWriter();
        file.Open($"partial class {GeneratedText.Programs}");
        file.Lines(entries.ToString());
        file.Close();
        file.Line();
        file.Line("/// <summary>");
        file.Line($"/// The programs and kernels of <see cref=\"{GeneratedText.Class(model)}\"/>. B is the batch; a comment gives each kernel's values with their shapes per");
        file.Line("/// sample. Kernels are generic over the vector type V, so one text serves 512, 256 and 128 bits and scalars.");
        file.Line("/// </summary>");
        file.Open($"file static class {GeneratedText.Kernels}");
        file.Lines(bodies.ToString());
        kernels.Write(file);
        file.Close();
        return GeneratedText.File(model, file.ToString());
    }

    /// <summary>The method of a program, or of a part of it.</summary>
    private string Method(CompiledProgram program, string part = "") => methods[(program.Key, part)];

    /// <summary>The implementation of the partial method that the public method calls.</summary>
    private void EmitEntry(CodeWriter writer, CompiledProgram program)
    {
        writer.Line(EntrySignature(programNames, program));
        if (program.Kind == ProgramKind.Step)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        if (program.ForFewer is { } fewer)
        {
            writer.Open($"if (frame.Batch < {Number(program.SmallestBatch)}) // too few samples for the transforms of the weights");
            EmitRun(writer, fewer, program.SmallestBatch);
            writer.Close();
            writer.Open("else");
            EmitRun(writer, program, long.MaxValue);
            writer.Close();
        }
        else
        {
            EmitRun(writer, program, long.MaxValue);
        }
        writer.Close();
        writer.Line();
    }

    /// <summary>The call of a program, and what it made.</summary>
    private void EmitRun(CodeWriter writer, CompiledProgram program, long below)
    {
        var spans = programNames.Inputs(program).Concat(program.Kind == ProgramKind.Predict ? programNames.Results(program) : []);
        var body = $"{GeneratedText.Kernels}.{Method(program, "Body")}{(program.Kind == ProgramKind.Step ? "<TOptimizer>.Run" : "")}";
        var estimate = WorkEstimate.Of(program.Program);
        var shared = estimate.SmallestShared;
        var steps = StepNames.Of(program.Method);
        if (steps.Count > 0)
        {
            var work = estimate.PerStep.OrderBy(s => s.Rows.Lengths).Select(s => $" + {Number(s.Work)}L * frame.Steps({Number(steps.IndexOf(s.Rows))})");
            writer.Line($"if ({Number(estimate.Once)}L + {Number(estimate.PerSample)}L * frame.Batch{string.Concat(work)} < {Number(WorkEstimate.WorthSharing)}) // less work than waking another core takes");
            writer.Line("    frame.MaximumWorkers = 1;");
        }
        else if (shared > program.SmallestBatch)
        {
            // Less work than waking another core takes.
            if (shared < below)
                writer.Line($"if (frame.Batch < {Number(shared)}) // less work than waking another core takes");
            writer.Line($"{(shared < below ? "    " : "")}frame.MaximumWorkers = 1;");
        }
        writer.Line($"frame.Run({body}{string.Concat(spans.Select(s => $", MemoryMarshal.AsBytes({s})"))});");
        if (program.Kind == ProgramKind.Predict)
            return;
        var graph = program.Program.Graph;
        var loss = graph.Outputs.First(o => o.Role == "loss").Value;
        writer.Line("var batch = frame.Batch;");
        foreach (var space in steps.Where(s => UsesInEntry(program, s)))
            writer.Line($"var {StepNames.Of(steps, space)} = frame.Steps({Number(steps.IndexOf(space))}); // of {space.Name}");
        var rows = graph[loss].Type.Batched ? RowsOf(program, graph[loss].Type.Rows) : "batch";
        writer.Line($"var loss = Objective.Mean({ValueAddress(program, loss, "frame.Workspace")}, {(graph[loss].Type.Batched ? rows : "1")});");
        writer.Line($"outcome = new BatchResult(loss, {rows});");
        if (!graph.Correct.Any())
            return;
        writer.Open("if (!correct.IsEmpty)");
        foreach (var (output, i) in graph.Correct.Select((output, i) => (output, i)))
            writer.Line($"correct[{Number(i)}] = Objective.Sum({ValueAddress(program, output.Value, "frame.Workspace")}, {RowsOf(program, graph[output.Value].Type.Rows)});");
        writer.Close();
    }

    /// <summary>Whether the place of what an objective makes, or how many there are, depends on the steps of a sequence.</summary>
    private static bool UsesInEntry(CompiledProgram program, RowSpace space)
    {
        var graph = program.Program.Graph;
        var values = graph.Outputs.Where(o => o.Role is "loss" or "correct").Select(o => graph[program.Program.Root(o.Value)].Type.Rows).ToArray();
        return values.Any(rows => rows == space || rows == RowSpace.None || (rows.IsSteps && rows.Lengths > space.Lengths && program.Memory.FloatsOf(space) > 0));
    }

    /// <summary>C# of how many rows of a kind there are.</summary>
    private static string RowsOf(CompiledProgram program, RowSpace rows) => rows.IsSteps ? StepNames.Of(StepNames.Of(program.Method), rows) : "batch";

    /// <summary>The partial method that runs a program.</summary>
    public static string EntrySignature(ProgramNames names, CompiledProgram program)
    {
        var parameters = program.Method.Inputs.Zip(names.Inputs(program), (input, name) => $"ReadOnlySpan<{KernelSignature.ElementName(input.Type.Element)}> {name}")
            .Prepend("CallFrame frame")
            .Concat(program.Kind == ProgramKind.Predict ? names.Results(program).Select(name => $"Span<float> {name}") : ["Span<double> correct, ref BatchResult outcome"]);
        return $"static partial void {names.Run(program)}{(program.Kind == ProgramKind.Step ? "<TOptimizer>" : "")}({string.Join(", ", parameters)})";
    }

    private void EmitProgram(CodeWriter writer, CompiledProgram program)
    {
        scratch = WorkerScratch.Floats(program.Program);
        var step = program.Kind == ProgramKind.Step;
        var types = step ? "V, TOptimizer" : "V";
        if (step)
        {
            writer.Open($"public static class {Method(program, "Body")}<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>");
            writer.Line($"public static readonly ParallelBody Run = static (frame, worker, workers) => {Method(program)}<TOptimizer>(frame, worker, workers);");
            writer.Close();
        }
        else
        {
            writer.Line($"public static readonly ParallelBody {Method(program, "Body")} = {Method(program)};");
        }
        writer.Line();
        writer.Line($"private static void {Method(program)}{(step ? "<TOptimizer>" : "")}(CallFrame frame, int worker, int workers)");
        if (step)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        foreach (var (condition, vector) in new[]
        {
            ("if (Vector512.IsHardwareAccelerated)", "V512"), ("else if (Vector256.IsHardwareAccelerated)", "V256"),
            ("else if (Vector128.IsHardwareAccelerated)", "V128"), ("else", "V1"),
        })
        {
            writer.Line(condition);
            writer.Line($"    {Method(program)}<{(step ? $"{vector}, TOptimizer" : vector)}>(frame, worker, workers);");
        }
        writer.Close();
        writer.Line();
        if (program.Blocks is { } blocks)
            EmitBlocks(writer, program, blocks);
        else
            EmitCalls(writer, program, $"{Method(program)}<{types}>", "", program.Program.Groups);
    }

    /// <summary>The method that goes through the samples in blocks, after one that does what has to do with weights only.</summary>
    private void EmitBlocks(CodeWriter writer, CompiledProgram program, DepthFirst blocks)
    {
        EmitHeader(writer, program, Method(program) + "<V>", "");
        var samples = Number(blocks.Samples);
        string Thread(string thread) => scratch > 0 ? thread + ", " : "";
        writer.Line("var batch = frame.Batch;");
        if (blocks.Once.Count > 0)
        {
            writer.Line($"{Method(program, "Weights")}<V>(frame, worker, workers);");
            writer.Line("frame.Barrier();");
        }
        writer.Open(blocks.Fewest is { } fewest
            ? $"if (batch < {Number(fewest)}L * workers) // each copies columns of the large weights for all samples"
            : "if (!Partition.TakesSamples(batch, workers))");
        writer.Line($"{Method(program, "Samples")}<V>(frame, 0, batch, 0, {Thread("worker")}worker, workers);");
        writer.Line("return;");
        writer.Close();
        writer.Line($"// Each worker takes samples of its own, {samples} at a time through all layers: what a layer leaves for the next stays in the core's cache.");
        writer.Line("var (begin, end) = Partition.Samples(batch, worker, workers);");
        writer.Line($"for (var first = begin; first < end; first += {samples})");
        writer.Line($"    {Method(program, "Samples")}<V>(frame, first, Math.Min({samples}, end - first), Math.Min(begin, worker * {samples}), {Thread("worker")}0, 1);");
        writer.Close();
        writer.Line();
        if (blocks.Once.Count > 0)
            EmitCalls(writer, program, Method(program, "Weights") + "<V>", "", program.Once);
        writer.Line("/// <summary>The samples from first on; the workspace of a worker's block starts at that of sample place.</summary>");
        EmitCalls(
            writer, program, Method(program, "Samples") + "<V>", "int first, int batch, int place, " + Thread("int thread"), program.OfSamples);
    }

    /// <summary>The method that calls the kernels in their phases; that of a deep network is split.</summary>
    private void EmitCalls(CodeWriter writer, CompiledProgram program, string method, string samples, IEnumerable<KernelGroup> groups)
    {
        names = namesOf[program.Key];
        var calls = program.Schedule.InOrder(groups).SelectMany(phase => phase).ToArray();
        var phase = calls.Length == 0 ? 0 : program.Schedule.Phase[calls[0].Id];
        if (calls.Length <= MostCalls)
        {
            EmitCalls(writer, program, method, samples, calls, phase);
            return;
        }
        var (name, types) = (method.Substring(0, method.IndexOf('<')), method.Substring(method.IndexOf('<')));
        var parts = Enumerable.Range(0, (calls.Length + MostCalls - 1) / MostCalls).Select(i => calls.Skip(i * MostCalls).Take(MostCalls).ToArray()).ToArray();
        var partNames = parts.Select((_, i) => members.Take($"{name}Part{Number(i + 1)}") + types).ToArray();
        string Part(int i) => partNames[i];
        EmitHeader(writer, program, method, samples);
        writer.Line("// The JIT does not optimize methods of any length.");
        for (var i = 0; i < parts.Length; i++)
            writer.Line($"{Part(i)}(frame, {samples.Replace("int ", "")}worker, workers);");
        writer.Close();
        writer.Line();
        for (var i = 0; i < parts.Length; i++)
            phase = EmitCalls(writer, program, Part(i), samples, parts[i], phase);
    }

    private static void EmitHeader(CodeWriter writer, CompiledProgram program, string method, string samples)
    {
        writer.Line($"private static void {method}(CallFrame frame, {samples}int worker, int workers)");
        writer.Line("    where V : struct, IVector<V>");
        if (program.Kind == ProgramKind.Step)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
    }

    /// <summary>A method that calls these kernels, the phase before being that; the phase of the last.</summary>
    private int EmitCalls(CodeWriter writer, CompiledProgram program, string method, string samples, KernelGroup[] groups, int phase)
    {
        var graph = program.Program.Graph;
        EmitHeader(writer, program, method, samples);
        if (samples.Length == 0)
            writer.Line("var batch = frame.Batch;");
        var steps = StepNames.Of(program.Method);
        foreach (var space in steps)
            writer.Line($"var {StepNames.Of(steps, space)} = frame.Steps({Number(steps.IndexOf(space))}); // of {space.Name}");
        EmitValues(writer, program, groups, samples.Length > 0);
        if (program.Kind == ProgramKind.Step)
        {
            writer.Line("var state = (OptimizerState<TOptimizer>)frame.Optimizer!;");
            writer.Line("ref var optimizer = ref state.Prepared;");
        }
        foreach (var stream in Streams(program, groups))
            writer.Line($"var {Key(stream)} = Philox.Key(frame.Seed, frame.StepNumber, {stream});");
        foreach (var group in groups.Until(cancellation))
        {
            if (program.Schedule.Phase[group.Id] != phase)
                writer.Line(samples.Length == 0 ? "frame.Barrier();" : "if (workers > 1) frame.Barrier();");
            phase = program.Schedule.Phase[group.Id];
            writer.Line();
            foreach (var line in KernelDescription.Lines(program.Program, group))
                writer.Line("// " + line);
            EmitCall(writer, program, group);
        }
        writer.Close();
        writer.Line();
        return phase;
    }

    /// <summary>The streams of random numbers that kernels take.</summary>
    private static IEnumerable<uint> Streams(CompiledProgram program, IEnumerable<KernelGroup> groups)
    {
        var graph = program.Program.Graph;
        return groups.SelectMany(g => g.Members).SelectMany(m => graph[m].Inputs)
            .Select(v => KernelSignature.StreamOf(graph, program.Program.Root(v)))
            .Concat(groups.Select(g => (g.Body as RuntimeCallBody)?.Stream)).OfType<uint>().Distinct();
    }

    private static string Key(uint stream) => "key" + Number(stream);

    /// <summary>What these kernels have to do with: inputs, then weights, then values.</summary>
    private static IEnumerable<Node> Used(CompiledProgram program, IEnumerable<KernelGroup> groups)
    {
        var graph = program.Program.Graph;
        var used = new HashSet<int>(groups.SelectMany(g => g.Reads(graph).Concat(g.Stores).Concat(SampleBlocks.PartialSums(g) is { } sums ? [sums] : [])));
        return used.OrderBy(v => v).Select(v => graph[v]).OrderBy(n => n.Operation is Input ? 0 : n.Operation is Weight ? 1 : 2);
    }

    /// <summary>Locals for the values of these kernels.</summary>
    private void EmitValues(CodeWriter writer, CompiledProgram program, KernelGroup[] groups, bool ofBlock)
    {
        writer.Line("ref var weights = ref frame.Weights;");
        if (program.Memory.Slots.Count > 0)
            writer.Line($"ref var work = {(ofBlock ? ElementEmitter.At("frame.Workspace", BlockStart(program)) : "ref frame.Workspace")};");
        if (groups.Any(g => WorkerScratch.Has(g.Body)))
        {
            var start = program.Blocks is not null
                ? Sum(OnceStart(program), Number(program.Memory.FixedFloats), $"(nint){(ofBlock ? "thread" : "worker")} * {Number(scratch)}")
                : $"{RegionStart(program, RowSpace.None)} + {Number(program.Memory.FixedFloats)} + (nint)worker * {Number(scratch)}";
            writer.Line($"ref var scratch = {ElementEmitter.At("frame.Workspace", start)}; // of this worker");
        }
        writer.Line();
        foreach (var node in Used(program, groups))
        {
            var over = program.Memory.Find(node.Id)?.InPlaceOf is { } operand ? $", in place of {names[operand]}" : "";
            writer.Line($"ref var {names[node.Id]} = {ValueAddress(program, node.Id, "work", ofBlock ? "first" : "")}; // {node.Type}{over}");
        }
    }

    private string Value(CompiledProgram program, int value) => "ref " + names[program.Program.Root(value)];

    private void EmitCall(CodeWriter writer, CompiledProgram program, KernelGroup group)
    {
        var graph = program.Program.Graph;
        if (group.Body is RuntimeCallBody call)
        {
            var values = group.Operands.Concat(group.Results).Select(v => Value(program, v));
            var key = !call.TakesKey ? Array.Empty<string>() : [call.Stream is { } stream ? Key(stream) : "default"];
            var constants = call.Struct is null
                ? call.Constants.Select(c => Number(c))
                : [$"new {call.Struct}({string.Join(", ", call.Constants.Zip(call.Names, (c, name) => $"{name}: {Number(c)}"))})"];
            writer.Line($"{call.Function}<V>({string.Join(", ", values.Concat(key).Concat(constants))}, {RowsOf(program, group.RowsOf(graph))}, worker, workers);");
            return;
        }
        if (group.Body is RowUpdateBody rows)
        {
            string[] memory = ["weights", "state.Slot0", "state.Slot1"];
            var values = group.Operands.Select(v => Value(program, v)).Concat(memory.Select(m => ElementEmitter.At(m, Number(weights[rows.Parameter]))));
            writer.Line($"IndexKernels.UpdateRows<V, TOptimizer>({string.Join(", ", values)}, in optimizer, {string.Join(", ", rows.Constants.Select(c => Number(c)))}, {RowsOf(program, group.RowsOf(graph))}, worker, workers);");
            return;
        }
        var placed = PlacedKernel.Of(graph, group);
        var signature = new KernelSignature(placed.Kernel);
        var kernel = kernels.Add(program.Program, group, placed.Kernel, name => group.Body is StepLoopBody
            ? new LoopEmitter(kernels, placed.Kernel, signature).Emit(name)
            : KernelText.Of(placed.Kernel, signature, name));
        var arguments = signature.Parameters.Select(p => p.Kind switch
        {
            ParameterKind.UpdatedWeight => ElementEmitter.At("weights", Number(weights[placed.Updates[p.Weight]])),
            ParameterKind.Slot0 => ElementEmitter.At("state.Slot0", Number(weights[placed.Updates[p.Weight]])),
            ParameterKind.Slot1 => ElementEmitter.At("state.Slot1", Number(weights[placed.Updates[p.Weight]])),
            ParameterKind.Key => Key(placed.Streams[p.Stream]),
            _ => Value(program, placed.Values[p.Value]),
        });
        // Positions of samples are rows as samples are.
        var samples = RowsOf(program, group.RowsOf(graph)) + (group.Body is ContractionBody { Positions: > 1 and var positions } ? $" * {Number(positions)}" : "");
        writer.Line(
            $"{kernel}<{(signature.Updates ? "V, TOptimizer" : "V")}>({string.Join(", ", arguments.Concat(signature.Updates ? ["in optimizer"] : []).Concat(WorkerScratch.Has(group.Body) ? ["ref scratch"] : []))}, {samples}, worker, workers);");
    }

    /// <summary>
    /// Where the values of a block of samples start: after what an objective computes for all samples, what is computed once, and the
    /// workers' memory.
    /// </summary>
    private string BlockStart(CompiledProgram program)
    {
        return Sum(
            OnceStart(program), Number(program.Memory.FixedFloats), scratch == 0 ? "0" : $"(nint)frame.Threads * {Number(scratch)}",
            $"(nint)place * {Number(program.Memory.FloatsPerSample)}");
    }

    /// <summary>Where, in a program that takes its samples in blocks, that starts which is computed once.</summary>
    private static string OnceStart(CompiledProgram program) =>
        program.Kind == ProgramKind.Evaluate ? $"{Number(program.Outputs.Count())} * Partition.Aligned(frame.Batch)" : "0";

    private static string Sum(params string[] terms) => string.Join(" + ", terms.Where(t => t != "0").DefaultIfEmpty("0"));

    /// <summary>C# of a reference to a value's first element, or to its element of sample <paramref name="first"/>.</summary>
    private string ValueAddress(CompiledProgram program, int value, string work, string first = "")
    {
        var graph = program.Program.Graph;
        var root = graph[program.Program.Root(value)];
        switch (root.Operation)
        {
            case Weight { Parameter: var leaf }:
                return ElementEmitter.At("weights", Number(weights[leaf]));
            case Assign { Parameter: var leaf }:
                return ElementEmitter.At("weights", Number(weights[leaf]));
            case Input input:
                return Sample(input.Type.Element == ElementType.Int32 ? $"frame.Ints({input.Index})" : $"frame.Floats({input.Index})");
        }
        if (program.Kind == ProgramKind.Predict && graph.Results.ToList().FindIndex(o => program.Program.Root(o.Value) == root.Id) is var result and >= 0)
            return Sample($"frame.Floats({Number(program.Method.Inputs.Count + result)})");
        if (program.Kind == ProgramKind.Evaluate && program.Blocks is not null && program.Outputs.ToList().IndexOf(root.Id) is var output and >= 0)
            return Sample(output == 0 ? "frame.Workspace" : $"Unsafe.Add(ref frame.Workspace, {Number(output)} * Partition.Aligned(frame.Batch))");
        var slot = program.Memory[root.Id];
        var address = root.Type.Batched
            ? ElementEmitter.At(work, Sum(RegionStart(program, slot.Rows), Scaled(slot.Offset, RowsOf(program, slot.Rows))))
            : program.Blocks is null
                ? ElementEmitter.At(work, Sum(RegionStart(program, RowSpace.None), Number(slot.Fixed)))
                : ElementEmitter.At("frame.Workspace", Sum(OnceStart(program), Number(slot.Fixed)));
        return root.Type.Element is ElementType.Float32 ? address : $"ref Unsafe.As<float, {KernelSignature.ElementName(root.Type.Element)}>({address})";

        string Sample(string start) => first.Length == 0
            ? "ref " + start
            : ElementEmitter.At(start, root.Type.Count == 1 ? first : $"(nint){first} * {Number(root.Type.Count)}");
    }

    /// <summary>Where the region of values with such rows starts in the workspace.</summary>
    private static string RegionStart(CompiledProgram program, RowSpace rows) => Sum([.. program.Memory.Regions
        .TakeWhile(region => region.Rows != rows && region.Rows != RowSpace.None).Select(region => Scaled(region.Floats, RowsOf(program, region.Rows)))]);

    private static string Scaled(long floats, string rows) => floats == 0 ? "0" : $"(nint){rows} * {Number(floats)}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
