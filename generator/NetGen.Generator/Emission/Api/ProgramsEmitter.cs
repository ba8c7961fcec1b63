using NetGen.Generator.Common;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Api.ApiText;

namespace NetGen.Generator.Emission.Api;

/// <summary>
/// What the members of the user's class call: checks of the arguments, the memory of a call, and the program. Programs stand behind partial
/// methods, so this file and the user's class are enough for an editor.
/// </summary>
internal sealed partial class ProgramsEmitter
{
    private const string Constraint = "    where TOptimizer : struct, IOptimizer<TOptimizer>";

    private readonly NetworkModel model;
    private readonly IReadOnlyList<CompiledProgram> programs;
    private readonly ProgramNames names;
    private readonly CancellationToken cancellation;
    private readonly WeightLayout weights;
    private readonly CodeWriter writer = new();

    /// <summary>The programs for a CUDA device; none where the project has no package for it.</summary>
    private readonly IReadOnlyList<CompiledProgram> cuda;

    private ProgramsEmitter(NetworkModel model, IReadOnlyList<CompiledProgram> programs, IReadOnlyList<CompiledProgram> cuda, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.model = model;
        this.programs = programs;
        this.cuda = cuda;
        names = new ProgramNames(programs);
        weights = new WeightLayout(model.Parameters);
    }

    public static string Emit(NetworkModel model, IReadOnlyList<CompiledProgram> programs, IReadOnlyList<CompiledProgram>? cuda = null, CancellationToken cancellation = default) =>
        new ProgramsEmitter(model, programs, cuda ?? [], cancellation).Emit();

    private string Emit()
    {
        writer.Line($"/// <summary>What the members of <see cref=\"{GeneratedText.Class(model)}\"/> do: they check their arguments, take the memory of a call, and run a program.</summary>");
        writer.Open($"internal static partial class {GeneratedText.Programs}");
        EmitTables();
        foreach (var program in programs.Until(cancellation))
        {
            writer.Line();
            if (program.Method.SessionFloats > 0)
                EmitSession(program);
            else
                EmitMethod(program);
        }
        if (Forward(programs) is { } forward)
        {
            writer.Line();
            EmitIntoArray(forward);
        }
        EmitDevice();
        foreach (var program in programs.Until(cancellation))
        {
            writer.Line();
            writer.Lines(End(CpuEmitter.EntrySignature(names, program), program));
        }
        EmitDevicePrograms();
        writer.Close();
        return GeneratedText.File(model, writer.ToString());
    }

    /// <summary>The weights in memory and in files, and the columns of data sets.</summary>
    private void EmitTables()
    {
        writer.Line("public static readonly ParameterLayout Layout = new(");
        writer.Indent();
        writer.Line("[");
        writer.Indent();
        foreach (var parameter in model.Parameters.Until(cancellation))
        {
            writer.Line(
                $"new(\"{parameter.Name}\", {Ints(parameter.Dims)}, {Number(weights[parameter.Name])}, {Initializer(parameter)}, FileLayout.{parameter.Layout}"
                + $"{Blocks("inputs", parameter.Inputs)}{Blocks("outputs", parameter.Outputs)}{(parameter.IsOrderKnown ? "" : ", isOrderKnown: false")}{(parameter.IsState ? ", isState: true" : "")}),");
        }
        writer.Outdent();
        writer.Line("],");
        writer.Line($"{Number(weights.TotalFloats)},");
        writer.Line($"\"{model.FullName}\"{Trained()});");
        writer.Outdent();
        if (Predictor(programs) is { } forward)
        {
            var type = ResultType(forward);
            EmitColumns("Inputs", forward);
            writer.Line();
            writer.Line(
                $"public static readonly ColumnSpec Output = new(\"result\", ColumnType.Float, {Ints(type.Dims)}, {Number(type.Count)});");
        }
        EmitObjectives(OfSeveral(programs));
        if (Trainable(programs) is not { } step)
            return;
        EmitColumns("Columns", step);
        writer.Line();
        writer.Line($"public static readonly string[] Accuracies = {Classified(step)};");
    }

    private void EmitObjectives(CompiledProgram[] steps)
    {
        if (steps.Length == 0)
            return;
        writer.Line();
        writer.Line("public static readonly ObjectiveSpec[] Objectives =");
        writer.Line("[");
        writer.Indent();
        foreach (var step in steps)
        {
            writer.Line($"new(\"{step.Method.Name}\",");
            EmitColumnList(step);
            writer.Line($"    {Classified(step)}{(SmallestBatch(step) is { } needing ? $", {Number(needing.Operation.SmallestBatch)}" : "")}),");
        }
        writer.Outdent();
        writer.Line("];");
    }

    private static string Classified(CompiledProgram step) => $"[{string.Join(", ", step.Method.Graph.Correct.Select(o => $"\"{o.Name}\""))}]";

    /// <summary>", trained: [[0, 1], [2]]": what the steps of each objective change; nothing where that is all but state.</summary>
    private string Trained()
    {
        var positions = Enumerable.Range(0, model.Parameters.Count).ToArray();
        var changed = programs.Where(p => p.Kind == ProgramKind.Step).Select(program =>
        {
            var updates = new HashSet<string>(program.Program.Graph.Nodes.Select(n => n.Operation).OfType<OptimizerStep>().Select(u => u.Parameter));
            return positions.Where(i => updates.Contains(model.Parameters[i].Name)).ToArray();
        }).ToArray();
        var all = positions.Where(i => !model.Parameters[i].IsState).ToArray();
        return changed.All(all.SequenceEqual) ? "" : $", trained: [{string.Join(", ", changed.Select(Ints))}]";
    }

    private void EmitColumns(string name, CompiledProgram program)
    {
        writer.Line();
        writer.Line($"public static readonly ColumnSpec[] {name} =");
        EmitColumnList(program, ";");
    }

    private void EmitColumnList(CompiledProgram program, string end = ",")
    {
        writer.Line("[");
        foreach (var input in program.Method.Inputs)
        {
            var type = input.Type.Element == ElementType.Int32 ? "Label" : "Float";
            if (input.LengthsOf is { } sequence)
            {
                var space = program.Method.Inputs.First(i => i.Name == sequence).Type.Rows;
                writer.Line($"    new(\"{input.Name}\", ColumnType.Label, [], 1) {{ LengthsOf = \"{sequence}\", Longest = {Number(space.Longest)} }},");
                continue;
            }
            writer.Line($"    new(\"{input.Name}\", ColumnType.{type}, {Ints(input.Type.Dims)}, {Number(input.Type.Count)}){Rules(program, input)},");
        }
        writer.Line("]" + end);
    }

    private void EmitMethod(CompiledProgram program)
    {
        var isStep = program.Kind == ProgramKind.Step;
        var parameters = Parameters(program, "ReadOnlySpan");
        writer.Line(program.Kind switch
        {
            ProgramKind.Predict => $"public static void {names.Method(program)}(NetworkState state, {parameters}, {Results(program, "Span")})",
            ProgramKind.Evaluate => $"public static BatchResult {names.Method(program)}(NetworkState state, {parameters}, Span<double> correct = default)",
            _ => $"public static BatchResult {names.Method(program)}<TOptimizer>(NetworkState state, {parameters}, in TOptimizer optimizer, Span<double> correct = default)",
        });
        if (isStep)
            writer.Line(Constraint);
        writer.Open();
        EmitLengths(program);
        var batch = CheckInputs(program);
        CheckBatch(program, batch);
        if (program.Kind == ProgramKind.Predict)
            CheckResults(program, batch);
        else
            writer.Line("var outcome = default(BatchResult);");
        EmitOnDevice(program, batch, "correct");
        writer.Line(isStep
            ? $"var frame = state.EnterStep({batch}, {Workspace(program, batch)}, in optimizer, {Number(Array.IndexOf(programs.Where(p => p.Kind == ProgramKind.Step).ToArray(), program))});"
            : $"var frame = state.Enter({batch}, {Workspace(program, batch)});");
        writer.Line("try");
        writer.Open();
        foreach (var (space, i) in StepNames.Of(program.Method).Select((space, i) => (space, i)))
            writer.Line($"frame.SetSteps({Number(i)}, {StepNames.All[i]});");
        writer.Line($"{names.Run(program)}{(isStep ? "<TOptimizer>" : "")}(frame, {Inputs(program)}, {(program.Kind == ProgramKind.Predict ? string.Join(", ", names.Results(program)) : "correct, ref outcome")});");
        writer.Close();
        writer.Line("finally");
        writer.Open();
        writer.Line(isStep ? "state.ExitStep(frame);" : "state.Exit(frame);");
        writer.Close();
        if (program.Kind != ProgramKind.Predict)
            writer.Line("return outcome;");
        writer.Close();
    }

    /// <summary>What a session runs: it has checked everything but the indices.</summary>
    private void EmitSession(CompiledProgram program)
    {
        var (input, own) = (program.Method.Inputs[0], names.Inputs(program));
        var element = KernelSignature.ElementName(input.Type.Element);
        writer.Line($"public static readonly SessionProgram<{element}> Sessions = new({names.Method(program)}, {Number(input.Type.Rows.Longest)}, {Number(program.Method.SessionFloats)}, {Number(input.Type.Count)}, {Number(ResultType(program).Count)}, \"{input.Name}\");");
        writer.Line();
        writer.Line($"private static void {names.Method(program)}(NetworkState state, {Parameters(program, "ReadOnlySpan")}, Span<float> result)");
        writer.Open();
        writer.Line($"var batch = {own[1]}.Length / {Number(program.Method.Inputs[1].Type.Count)};");
        writer.Line($"var steps = {own[0]}.Length{(input.Type.Count == 1 ? "" : " / " + Number(input.Type.Count))};");
        if (input.Type.Element == ElementType.Int32)
            writer.Line($"Arguments.{(input.AreIndices ? "Indices" : "Labels")}({own[0]}, {Number(IndexLimit(program.Method.Graph, input.Name))}, \"{input.Name}\"{PerSample(input.Type)});");
        writer.Line($"var frame = state.Enter(batch, {Workspace(program, "batch")});");
        writer.Line("try");
        writer.Open();
        writer.Line("frame.SetSteps(0, steps);");
        writer.Line($"{names.Run(program)}(frame, {Inputs(program)}, result);");
        writer.Close();
        writer.Line("finally");
        writer.Open();
        writer.Line("state.Exit(frame);");
        writer.Close();
        writer.Close();
    }

    /// <summary>Forward into new arrays.</summary>
    private void EmitIntoArray(CompiledProgram forward)
    {
        var (results, own) = (ApiText.Results(forward), names.Results(forward));
        writer.Line($"public static {ApiEmitter.Arrays(forward)} {names.Method(forward)}(NetworkState state, {Parameters(forward, "ReadOnlySpan")})");
        writer.Open();
        EmitLengths(forward);
        var inputs = forward.Method.Inputs.ToList();
        for (var i = 0; i < results.Count; i++)
        {
            var type = results[i].Type;
            var rows = type.Rows.IsSteps ? inputs.FindIndex(input => input.Name == type.Rows.Name) : FirstOfSamples(forward);
            var count = !type.Batched || rows < 0
                ? Number(type.Count)
                : $"Arguments.ResultLength({Batch(forward, rows)}, {Number(type.Count)}, \"{inputs[rows].Name}\", \"{ShapeText(type)}\")";
            writer.Line($"var {own[i]} = new float[{count}];");
        }
        var all = string.Join(", ", own);
        writer.Line($"{names.Method(forward)}(state, {Inputs(forward)}, {all});");
        writer.Line($"return {(own.Length == 1 ? all : $"({all})")};");
        writer.Close();
    }

    /// <summary>Writes the checks of all inputs; gives the C# of the batch.</summary>
    private string CheckInputs(CompiledProgram program)
    {
        var inputs = program.Method.Inputs;
        var own = names.Inputs(program);
        var first = FirstOfSamples(program);
        if (first >= 0)
            writer.Line($"var batch = {Batch(program, first)};");
        foreach (var (space, i) in StepNames.Of(program.Method).Select((space, i) => (space, i)))
        {
            var values = inputs.ToList().FindIndex(input => input.Name == space.Name);
            writer.Line($"var {StepNames.All[i]} = {Batch(program, values)};");
            writer.Line($"Arguments.Lengths({own[space.Lengths]}, {StepNames.All[i]}, {Number(space.Longest)}, \"{space.LengthsName}\", \"{space.Name}\");");
        }
        for (var i = 0; i < inputs.Count; i++)
        {
            var (name, type) = (inputs[i].Name, inputs[i].Type);
            if (i == first || StepNames.Of(program.Method).Any(space => space.Name == name))
                continue;
            if (type.Rows.IsSteps)
            {
                writer.Line($"Arguments.SameSteps({StepNames.Of(StepNames.Of(program.Method), type.Rows)}, \"{type.Rows.Name}\", {own[i]}.Length, {Number(type.Count)}, \"{name}\", \"{ShapeText(inputs[i])}\");");
                continue;
            }
            writer.Line(type.Batched
                ? $"Arguments.SameBatch(batch, \"{inputs[first].Name}\", {own[i]}.Length, {Number(type.Count)}, \"{name}\", \"{ShapeText(inputs[i])}\");"
                : $"Arguments.Length({own[i]}.Length, 1, {Number(type.Count)}, \"{name}\", \"{ShapeText(type)}\");");
        }
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Type.Element == ElementType.Int32 && inputs[i].LengthsOf is null)
            {
                var (graph, name) = (program.Method.Graph, inputs[i].Name);
                var ignored = IgnoredLabel(graph, name) is { } label ? $", ignored: {Number(label)}" : "";
                writer.Line($"Arguments.{(inputs[i].AreIndices ? "Indices" : "Labels")}({own[i]}, {Number(IndexLimit(graph, name))}, \"{name}\"{PerSample(inputs[i].Type)}{ignored});");
            }
        }
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Range is { } range)
                writer.Line($"Arguments.Targets({own[i]}, {Number(inputs[i].Type.Count)}, {Text.Literal(range.Minimum)}, {Text.Literal(range.Maximum)}, \"{inputs[i].Name}\");");
        }
        return first < 0 ? "1" : "batch";
    }

    /// <summary>Writes the check that a step has the samples that its statistics need.</summary>
    private void CheckBatch(CompiledProgram program, string batch)
    {
        if (SmallestBatch(program) is { } needing)
            writer.Line($"Arguments.SmallestBatch({Rows(program, needing.Type, batch)}, {Number(needing.Operation.SmallestBatch)}, \"{needing.Name}\");");
    }

    private void CheckResults(CompiledProgram program, string batch)
    {
        var (results, own) = (ApiText.Results(program), names.Results(program));
        for (var i = 0; i < results.Count; i++)
        {
            var (name, type) = results[i];
            writer.Line($"Arguments.Length({own[i]}.Length, {(type.Batched ? Rows(program, type, batch) : "1")}, {Number(type.Count)}, \"{name}\", \"{ShapeText(type)}\");");
            // Kernels read the inputs while they write the result.
            foreach (var (input, ownInput) in program.Method.Inputs.Zip(names.Inputs(program), (input, ownInput) => (input, ownInput)))
            {
                if (input.Type.Element == ElementType.Float32)
                    writer.Line($"Arguments.Distinct({ownInput}, \"{input.Name}\", {own[i]}, \"{name}\");");
            }
            for (var j = 0; j < i; j++)
                writer.Line($"Arguments.Apart({own[j]}, \"{results[j].Name}\", {own[i]}, \"{name}\");");
        }
    }

    /// <summary>The input that says how many samples there are: lengths say how many sequences.</summary>
    private static int FirstOfSamples(CompiledProgram program)
    {
        var inputs = program.Method.Inputs.ToList();
        var lengths = inputs.FindIndex(i => i.LengthsOf is not null);
        return lengths >= 0 ? lengths : inputs.FindIndex(i => i.Type.Batched);
    }

    /// <summary>C# of how many rows a value has.</summary>
    private static string Rows(CompiledProgram program, TensorType type, string batch) => !type.Rows.IsSteps
        ? batch
        : StepNames.Of(StepNames.Of(program.Method), type.Rows);

    /// <summary>Where no lengths are given, all steps are one sequence.</summary>
    private void EmitLengths(CompiledProgram program)
    {
        var (inputs, own) = (program.Method.Inputs, names.Inputs(program));
        foreach (var (space, i) in StepNames.Of(program.Method).Select((space, i) => (space, i)))
        {
            var values = inputs.ToList().FindIndex(input => input.Name == space.Name);
            var all = StepNames.Whole[i];
            writer.Line($"var {all} = {own[values]}.Length{(inputs[values].Type.Count == 1 ? "" : " / " + Number(inputs[values].Type.Count))};");
            writer.Line($"if ({own[space.Lengths]}.IsEmpty)");
            writer.Line($"    {own[space.Lengths]} = new(in {all}); // one sequence");
        }
    }

    private string Batch(CompiledProgram program, int input)
    {
        var (name, type) = (program.Method.Inputs[input].Name, program.Method.Inputs[input].Type);
        return $"Arguments.Batch({names.Inputs(program)[input]}.Length, {Number(type.Count)}, \"{name}\", \"{ShapeText(program.Method.Inputs[input])}\")";
    }

    /// <summary>How many there are in a sample, for messages that say which sample one is of.</summary>
    private static string PerSample(TensorType type) => type.Count == 1 ? "" : $", {Number(type.Count)}";

    private string Parameters(CompiledProgram program, string kind) => string.Join(", ", program.Method.Inputs.Zip(
        names.Inputs(program), (input, name) => $"{(input.LengthsOf is null ? "" : "scoped ")}{kind}<{KernelSignature.ElementName(input.Type.Element)}> {name}"));

    private string Inputs(CompiledProgram program) => string.Join(", ", names.Inputs(program));

    private string Results(CompiledProgram program, string kind) => string.Join(", ", names.Results(program).Select(name => $"{kind}<float> {name}"));

    private static string End(string signature, CompiledProgram program) =>
        signature + (program.Kind == ProgramKind.Step ? $"\n{Constraint};" : ";");

    private static string Workspace(CompiledProgram program, string batch)
    {
        if (program.ForFewer is { } fewer)
            return $"{batch} < {Number(program.SmallestBatch)} ? {Workspace(fewer, batch)} : {Workspace(program with { ForFewer = null }, batch)}";
        var memory = program.Memory;
        var scratch = WorkerScratch.Floats(program.Program);
        var terms = new List<string>();
        if (memory.FloatsPerSample > 0)
            terms.Add($"{(program.Blocks is { } blocks ? $"state.SamplesAtOnce({batch}, {Number(blocks.Capacity)})" : batch)} * {Number(memory.FloatsPerSample)}L");
        foreach (var region in memory.OfSteps)
            terms.Add($"{StepNames.Of(StepNames.Of(program.Method), region.Rows)} * {Number(region.Floats)}L");
        if (memory.FixedFloats > 0)
            terms.Add(Number(memory.FixedFloats));
        if (scratch > 0)
            terms.Add($"state.OfEachThread({Number(scratch)})");
        if (program.Blocks is not null && program.Kind == ProgramKind.Evaluate)
            terms.Add($"{Number(program.Outputs.Count())} * Partition.Aligned({batch})");
        return string.Join(" + ", terms.DefaultIfEmpty("0"));
    }

    private static string Initializer(ParameterModel parameter)
    {
        var (initializer, dims) = (parameter.Initializer, parameter.Dims);
        if (initializer.Kind == "VarianceScaling")
            return Scaled(initializer);
        string Gain() => Text.Literal(initializer.Arguments[0]);
        var arguments = initializer.Kind switch
        {
            "GlorotUniform" or "GlorotNormal" => $"{Number(initializer.FanIn)}, {Number(initializer.FanOut)}",
            "HeUniform" or "HeNormal" or "LeCunUniform" or "LeCunNormal" or "PyTorch" => Number(initializer.FanIn),
            "Orthogonal" => $"{Number(parameter.Count / dims[dims.Count - 1])}, {Number(dims[dims.Count - 1])}, {Gain()}",
            "Identity" => $"{Number(dims[dims.Count - 2])}, {Number(dims[dims.Count - 1])}, {Gain()}",
            _ => string.Join(", ", initializer.Arguments.Select(Text.Literal)),
        };
        var zeros = initializer.ZeroCount == 0 ? "" : $".WithZeros({Number(initializer.ZeroStart)}, {Number(initializer.ZeroCount)})";
        return $"Initializer.{initializer.Kind}({arguments}){zeros}";
    }

    /// <summary>A distribution of a variance that is known: scale / fan.</summary>
    private static string Scaled(InitializerModel initializer)
    {
        // In the order of NetGen.Fan and NetGen.Spread.
        var fan = initializer.Arguments[1] switch { 0 => initializer.FanIn, 1 => initializer.FanOut, _ => (initializer.FanIn + (double)initializer.FanOut) / 2 };
        var deviation = Math.Sqrt(initializer.Arguments[0] / fan);
        return initializer.Arguments[2] switch
        {
            // What is left of a normal distribution within two standard deviations has 0.8796… of its own.
            0 => $"Initializer.TruncatedNormal({Text.Literal((float)(deviation / 0.87962566103423978))})",
            1 => $"Initializer.Normal({Text.Literal((float)deviation)})",
            _ => $"Initializer.Uniform({Text.Literal((float)-(Math.Sqrt(3) * deviation))}, {Text.Literal((float)(Math.Sqrt(3) * deviation))})",
        };
    }

    /// <summary>What values a column may have, as an initializer of its ColumnSpec; empty: any.</summary>
    private static string Rules(CompiledProgram program, InputModel input)
    {
        var rules = new List<string>();
        if (input.Type.Rows.IsSteps)
            rules.Add($"StepsOf = \"{input.Type.Rows.Name}\"");
        if (input.Range is { } range)
        {
            rules.Add($"Minimum = {Text.Literal(range.Minimum)}");
            rules.Add($"Maximum = {Text.Literal(range.Maximum)}");
        }
        else if (input.Type.Element == ElementType.Int32)
        {
            if (IndexLimit(program.Method.Graph, input.Name) is < int.MaxValue and var limit)
                rules.Add($"Classes = {Number(limit)}");
            if (IgnoredLabel(program.Method.Graph, input.Name) is { } label)
                rules.Add($"Ignored = {Number(label)}");
            if (input.AreIndices)
                rules.Add("AreIndices = true");
        }
        return rules.Count == 0 ? "" : $" {{ {string.Join(", ", rules)} }}";
    }

    /// <summary>", inputs: [new(25, 64)]"; nothing where there are none.</summary>
    private static string Blocks(string argument, EquatableArray<FeatureBlock> blocks) => blocks.Count == 0
        ? ""
        : $", {argument}: [{string.Join(", ", blocks.Select(b => $"new({Number(b.Positions)}, {Number(b.Channels)})"))}]";

    private static string Ints(IEnumerable<int> values) => $"[{string.Join(", ", values.Select(v => Number(v)))}]";
}
