using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// The CUDA program of a network as a C# file: a static method for each kernel, which ILGPU compiles on the machine that has the device,
/// and a method for each program that launches them in their order. Kernels of equal text are written once.
/// </summary>
internal sealed class CudaEmitter
{
    /// <summary>Stands for the hash of the text until that is complete.</summary>
    private const string SourceHash = "SOURCE-HASH";

    /// <summary>Added to the name of a kernel whose results a second launch adds up.</summary>
    public const string Parts = "_parts";

    /// <summary>Locals of the methods that launch kernels.</summary>
    private static readonly string[] Own = ["call", "B", "optimizer"];

    private readonly NetworkModel model;
    private readonly IReadOnlyList<CompiledProgram> programs;
    private readonly ProgramNames programNames;
    private readonly CancellationToken cancellation;
    private readonly WeightLayout weights;

    /// <summary>Numbers of each weight.</summary>
    private readonly Dictionary<string, long> counts;

    private readonly KernelLibrary kernels;

    /// <summary>The names of the programs' methods, and of the fields with their streams.</summary>
    private readonly Dictionary<(string Method, string Name), string> methods = [], streams = [];

    /// <summary>The locals of the programs, by value.</summary>
    private readonly Dictionary<(string Method, string Name), Dictionary<int, string>> namesOf = [];

    /// <summary>Those of the program being written.</summary>
    private Dictionary<int, string> names = [];

    private CudaEmitter(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.model = model;
        this.programs = programs;
        programNames = new ProgramNames(programs);
        weights = new WeightLayout(model.Parameters);
        counts = model.Parameters.ToDictionary(p => p.Name, p => (long)p.Count);
        // The names of what the class of kernels has, and of locals: a launch names a kernel, which no local may hide.
        var members = new UniqueNames(GeneratedText.Reserved.Concat(Own));
        foreach (var program in programs)
            methods.Add(program.Key, Names.Escape(members.Take(program.Name)));
        foreach (var program in programs)
            streams.Add(program.Key, members.Take(program.Name + "Streams"));
        foreach (var program in programs)
            namesOf.Add(program.Key, ValueNames.Of(Used(program), members.Taken.Concat(Streams(program).Select(Key)), Parts));
        foreach (var name in namesOf.Values.SelectMany(values => values.Values))
            members.TryTake(name);
        kernels = new KernelLibrary(members);
    }

    public static string Emit(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation = default)
    {
        var text = new CudaEmitter(model, programs, cancellation).Emit();
        using var sha = SHA256.Create();
        return text.Replace(SourceHash, string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(16).Select(b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }

    /// <summary>The partial method behind an entry point, which the public half calls where the network is on a device.</summary>
    /// <param name="names">Of the class that it is in.</param>
    /// <param name="program">What the entry point runs.</param>
    /// <param name="onDevice">Inputs and predictions are in the device's memory.</param>
    public static string EntrySignature(ProgramNames names, CompiledProgram program, bool onDevice)
    {
        var (input, result) = onDevice ? ("CudaBuffer", "CudaBuffer") : ("ReadOnlySpan", "Span");
        var inputs = program.Method.Inputs.Zip(names.Inputs(program), (i, name) => $"{input}<{CudaSignature.ElementName(i.Type.Element)}> {name}");
        IEnumerable<string> last = program.Kind switch
        {
            ProgramKind.Predict => names.Results(program).Select(name => $"{result}<float> {name}"),
            ProgramKind.Evaluate => ["Span<double> correct", "ref BatchResult outcome"],
            _ => ["in TOptimizer optimizer", "Span<double> correct", "ref BatchResult outcome"],
        };
        var type = program.Kind == ProgramKind.Step ? "<TOptimizer>" : "";
        return $"static partial void {names.OnDevice(program)}{type}({string.Join(", ", inputs.Prepend("int batch").Prepend("NetworkState state").Concat(last))})";
    }

    /// <summary>
    /// Whether a program is the step that Fit makes, and all its inputs have a row for each sample: then it may take them from data that
    /// the device keeps.
    /// </summary>
    public static bool TakesRows(IReadOnlyList<CompiledProgram> programs, CompiledProgram program) =>
        program.Kind == ProgramKind.Step && programs.Count(p => p.Kind == ProgramKind.Step) == 1 && program.Method.Inputs.Count > 0 && program.Method.Inputs.All(i => i.Type.Batched);

    /// <summary>The partial method behind such steps.</summary>
    public static string RowsSignature(ProgramNames names, CompiledProgram program) => $"static partial void {names.RowsOnDevice(program)}<TOptimizer>({RowsParameters})";

    public const string RowsParameters =
        "NetworkState state, ResidentData data, ReadOnlySpan<int> rows, int batchSize, ReadOnlySpan<TOptimizer> optimizers, Span<BatchResult> results, Span<double> correct";

    private string Emit()
    {
        var entries = new CodeWriter();
        var bodies = new CodeWriter();
        foreach (var program in programs)
        {
            var objective = Array.IndexOf(programs.Where(p => p.Kind == ProgramKind.Step).ToArray(), program);
            EmitEntry(entries, program, objective, onDevice: false);
            EmitEntry(entries, program, objective, onDevice: true);
            if (TakesRows(programs, program))
                EmitRows(entries, program, objective);
            EmitProgram(bodies, program);
        }

        var file = new CodeWriter();
        file.Open($"partial class {GeneratedText.Programs}");
        file.Lines(entries.ToString());
        file.Close();
        file.Line();
        file.Line("/// <summary>");
        file.Line($"/// The programs and kernels of <see cref=\"{GeneratedText.Class(model)}\"/> for a CUDA device. B is the batch; a comment gives each kernel's values with their");
        file.Line("/// shapes per sample, and how its threads share the work. A thread computes with a Lane, a float whose arithmetic is the processor's.");
        file.Line("/// </summary>");
        file.Line($"[CudaSourceAttribute(\"{SourceHash}\")]");
        file.Open($"file static class {GeneratedText.CudaKernels}");
        file.Lines(bodies.ToString());
        kernels.Write(file);
        file.Close();
        return GeneratedText.File(model, file.ToString(), forDevice: true);
    }

    private void EmitEntry(CodeWriter writer, CompiledProgram program, int objective, bool onDevice)
    {
        var placement = new CudaPlacement(program);
        var isStep = program.Kind == ProgramKind.Step;
        writer.Line(EntrySignature(programNames, program, onDevice));
        if (isStep)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        writer.Line($"var program = {Program(program, placement)};");
        writer.Line(isStep
            ? $"var call = CudaCall.BeginStep(state, batch, in program, in optimizer, {CudaIndex.Number(objective)});"
            : "var call = CudaCall.Begin(state, batch, in program);");
        writer.Line("try");
        writer.Open();
        foreach (var (input, i) in programNames.Inputs(program).Select((input, i) => (input, i)))
            writer.Line($"call.Write({input}, {placement.Input(i, "batch")});");
        writer.Line("call.Run();");
        var graph = program.Program.Graph;
        if (program.Kind == ProgramKind.Predict)
        {
            foreach (var (result, name) in graph.Results.Zip(programNames.Results(program), (result, name) => (result, name)))
                writer.Line($"call.Read({name}, {placement.Value(result.Value, "batch")});");
        }
        else
        {
            var (loss, correct) = Results(program);
            var losses = graph[loss].Type.Batched ? "batch" : "1";
            // Those of right and wrong lie side by side.
            var first = correct.Length == 0 ? "" : $", {placement.Value(correct[0], "batch")}, correct";
            writer.Line($"outcome = call.Result({placement.Value(loss, "batch")}, {losses}{first});");
        }
        writer.Close();
        writer.Line("finally");
        writer.Open();
        writer.Line("call.End();");
        writer.Close();
        writer.Close();
        writer.Line();
    }

    /// <summary>Steps through data that the device keeps.</summary>
    private void EmitRows(CodeWriter writer, CompiledProgram program, int objective)
    {
        var placement = new CudaPlacement(program);
        var (loss, correct) = Results(program);
        static string Place((long PerSample, long Fixed) place) => $"new CudaPlace({CudaIndex.Number(place.PerSample)}, {CudaIndex.Number(place.Fixed)})";
        writer.Line(RowsSignature(programNames, program));
        writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        writer.Line($"var program = {Program(program, placement)};");
        var inputs = program.Method.Inputs.Select((_, i) => Place(placement.Input(i)));
        writer.Line(
            $"var places = new CudaRows([{string.Join(", ", inputs)}], {Place(placement.Value(loss))}, {(program.Program.Graph[loss].Type.Batched ? "true" : "false")}, [{string.Join(", ", correct.Select(value => Place(placement.Value(value))))}]);");
        writer.Line($"CudaCall.StepRows(state, data, rows, batchSize, in program, places, optimizers, {CudaIndex.Number(objective)}, results, correct);");
        writer.Close();
        writer.Line();
    }

    /// <summary>C# of what the runtime must know of a program.</summary>
    private string Program(CompiledProgram program, CudaPlacement placement)
    {
        var random = Streams(program).Any() ? $", Streams: {GeneratedText.CudaKernels}.{streams[program.Key]}" : "";
        return $"new CudaProgram({GeneratedText.CudaKernels}.{methods[program.Key]}{(program.Kind == ProgramKind.Step ? "<TOptimizer>" : "")}, Launches: {CudaIndex.Number(Launches(program))}, PerSample: {CudaIndex.Number(placement.PerSample)}, Fixed: {CudaIndex.Number(placement.Fixed)}, Largest: {CudaIndex.Number(placement.Largest)}{random})";
    }

    /// <summary>The values of an objective, and what it says of right and wrong.</summary>
    private static (int Loss, int[] Correct) Results(CompiledProgram program)
    {
        var graph = program.Program.Graph;
        return (graph.Outputs.First(o => o.Role == "loss").Value, [.. graph.Correct.Select(o => o.Value)]);
    }

    private void EmitProgram(CodeWriter writer, CompiledProgram program)
    {
        var isStep = program.Kind == ProgramKind.Step;
        var graph = program.Program.Graph;
        names = namesOf[program.Key];
        if (Streams(program).Any())
        {
            writer.Line($"public static readonly uint[] {streams[program.Key]} = [{string.Join(", ", Streams(program).Select(stream => CudaIndex.Number(stream)))}];");
            writer.Line();
        }
        writer.Line($"public static void {methods[program.Key]}{(isStep ? "<TOptimizer>" : "")}(CudaCall call)");
        if (isStep)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        writer.Line("var B = call.Batch;");
        if (isStep)
            writer.Line("var optimizer = call.Optimizer();");
        var placement = new CudaPlacement(program);
        foreach (var node in Used(program))
        {
            var count = !node.Type.Batched ? CudaIndex.Number(node.Type.Count) : node.Type.Count == 1 ? "B" : $"{CudaIndex.Number(node.Type.Count)}L * B";
            var leaf = (node.Operation as Weight)?.Parameter ?? (node.Operation as Assign)?.Parameter;
            var view = leaf is not null
                ? $"call.Weights({CudaIndex.Number(weights[leaf])}, {count})"
                : $"call.{(node.Type.Element switch { ElementType.Float32 => "Floats", ElementType.Int32 => "Ints", ElementType.BFloat16 => "BFloat16s", _ => "Bytes" })}({placement.Value(node.Id, "B")}, {count})";
            var over = program.Memory.Find(node.Id)?.InPlaceOf is { } operand ? $", in place of {names[operand]}" : "";
            writer.Line($"var {names[node.Id]} = {view}; // {node.Type}{over}");
        }
        foreach (var (stream, place) in Streams(program).Select((stream, place) => (stream, place)))
            writer.Line($"var {Key(stream)} = call.Key({CudaIndex.Number(place)});");
        foreach (var phase in program.Schedule.InOrder(program.Program))
            EmitPhase(writer, program, placement, [.. phase]);
        writer.Close();
        writer.Line();
    }

    /// <summary>Kernels that do not depend on each other: in a CUDA graph they are branches beside each other.</summary>
    private void EmitPhase(CodeWriter writer, CompiledProgram program, CudaPlacement placement, KernelGroup[] groups)
    {
        foreach (var group in groups.Until(cancellation))
        {
            writer.Line();
            if (groups.Length > 1)
                writer.Line(group == groups[0] ? $"call.Fork(); // {CudaIndex.Number(groups.Length)} kernels that do not wait for each other" : "call.Branch();");
            foreach (var line in KernelDescription.Lines(program.Program, group))
                writer.Line("// " + line);
            EmitLaunch(writer, program, placement, group);
        }
        if (groups.Length > 1)
            writer.Line("call.Join();");
    }

    /// <summary>How many launches a program is.</summary>
    public static int Launches(CompiledProgram program) => program.Program.Groups.Sum(group => CudaLaunch.Of(program.Program.Graph, group).Launches);

    /// <summary>The streams of random numbers that a program's kernels take.</summary>
    public static IEnumerable<uint> Streams(CompiledProgram program)
    {
        var graph = program.Program.Graph;
        return program.Program.Groups.SelectMany(g => g.Members).SelectMany(m => graph[m].Inputs)
            .Select(v => (graph[program.Program.Root(v)].Operation as RandomOperation)?.Stream)
            .Concat(program.Program.Groups.Select(CudaRuntimeCalls.Stream)).OfType<uint>().Distinct();
    }

    private static string Key(uint stream) => "key" + CudaIndex.Number(stream);

    /// <summary>What kernels have to do with: inputs, then weights, then values.</summary>
    private static IEnumerable<Node> Used(CompiledProgram program)
    {
        var graph = program.Program.Graph;
        var used = new HashSet<int>(program.Program.Groups.SelectMany(g => g.Reads(graph).Concat(g.Stores)));
        return used.OrderBy(v => v).Select(v => graph[v]).OrderBy(n => n.Operation is Input ? 0 : n.Operation is Weight ? 1 : 2);
    }

    private void EmitLaunch(CodeWriter writer, CompiledProgram program, CudaPlacement placement, KernelGroup group)
    {
        var graph = program.Program.Graph;
        var launch = CudaLaunch.Of(graph, group);
        if (group.Body is RuntimeCallBody)
        {
            var values = CudaRuntimeCalls.Values(group).Select(v => names[program.Program.Root(v)]);
            var key = CudaRuntimeCalls.Stream(group) is { } stream ? new[] { Key(stream) } : [];
            writer.Line(
                $"call.Launch({CudaRuntimeCalls.Function(group)}, {launch.Size}, {string.Join(", ", values.Concat(key).Concat(CudaRuntimeCalls.Constants(group)).Append("B"))});");
            return;
        }
        if (group.Body is RowUpdateBody rows)
        {
            var (at, count) = (CudaIndex.Number(weights[rows.Parameter]), CudaIndex.Number(counts[rows.Parameter]));
            var operands = group.Operands.Select(v => names[program.Program.Root(v)]).Concat(new[] { "Weights", "Slot0", "Slot1" }.Select(view => $"call.{view}({at}, {count})"));
            var constants = rows.Constants.Select(c => CudaIndex.Number(c));
            writer.Line($"call.Launch(IndexKernels.UpdateRows<TOptimizer>, {launch.Size}, {string.Join(", ", operands.Concat(constants))}, optimizer, B);");
            return;
        }
        var placed = PlacedKernel.Of(graph, group);
        var signature = new CudaSignature(placed.Kernel);
        var kernel = kernels.Add(
            program.Program, group, placed.Kernel, name => CudaKernelText.Of(placed.Kernel, signature, name), "    " + launch.Description) + signature.TypeParameters;
        string Weight(CudaParameter parameter, string view)
        {
            var weight = placed.Updates[parameter.Weight];
            return $"call.{view}({CudaIndex.Number(weights[weight])}, {CudaIndex.Number(counts[weight])})";
        }
        string Argument(CudaParameter p) => p.Kind switch
        {
            CudaParameterKind.UpdatedWeight => Weight(p, "Weights"),
            CudaParameterKind.Slot0 => Weight(p, "Slot0"),
            CudaParameterKind.Slot1 => Weight(p, "Slot1"),
            CudaParameterKind.Key => Key(placed.Streams[p.Stream]),
            _ => names[program.Program.Root(placed.Values[p.Value])],
        };
        var (parameters, parts, size) = (signature.Parameters.AsEnumerable(), Array.Empty<string>(), launch.Size);
        if (launch.Launches > 1)
        {
            var isBatched = launch.Parts.PerSample > 0;
            var count = isBatched ? $"{CudaIndex.Number(launch.Parts.PerSample)}L * B" : CudaIndex.Number(launch.Parts.Fixed);
            var sums = $"call.Floats({placement.Parts(group, isBatched, "B")}, {count})";
            var read = group.Operands.Select(o => names[program.Program.Root(o)]).Distinct();
            writer.Line($"call.Launch({kernel.Replace("<TOptimizer>", "")}{Parts}, {launch.Size}, {string.Join(", ", read)}, {sums}, B);");
            (parameters, parts, size) = (CudaContractionEmitter.FinishParameters(placed.Kernel.Graph, placed.Kernel.Group, signature), [sums], launch.Results);
        }
        var arguments = parameters.Select(Argument).Concat(parts).Concat(signature.Updates ? ["optimizer"] : []).Append("B").ToArray();
        writer.Line($"call.Launch({kernel}, {size}, {string.Join(", ", arguments)});");
    }
}
