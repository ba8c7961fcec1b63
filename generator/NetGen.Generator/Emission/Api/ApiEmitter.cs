using NetGen.Generator.Common;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Api.ApiText;

namespace NetGen.Generator.Emission.Api;

/// <summary>
/// The half of the user's class that other code sees: constructor, entry points over spans, training, weights, files. It stands among the
/// user's own names, so that every name of a type is whole, a member calls a program (<see cref="ProgramsEmitter"/>) and nothing else, and
/// nothing is added that users do not call but one field.
/// </summary>
internal sealed partial class ApiEmitter
{
    private const string Floats = "global::System.ReadOnlySpan<float>", Result = "global::System.Span<float>";

    private const string OptimizerConstraint = "    where {0} : struct, global::NetGen.IOptimizer<{0}>";

    private readonly NetworkModel model;
    private readonly IReadOnlyList<CompiledProgram> programs;
    private readonly ProgramNames names;
    private readonly CancellationToken cancellation;
    private readonly CodeWriter writer = new();

    /// <summary>What sessions do with new steps.</summary>
    private readonly CompiledProgram? session;

    /// <summary>The programs for a CUDA device; none where the project has no package for it.</summary>
    private readonly IReadOnlyList<CompiledProgram> cuda;

    private ApiEmitter(NetworkModel model, IReadOnlyList<CompiledProgram> programs, IReadOnlyList<CompiledProgram> cuda, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        this.model = model;
        // Of two with one name, which is an error, the first.
        (this.programs, this.cuda) = model.IsUnread ? (OfEachName(programs), OfEachName(cuda)) : (programs, cuda);
        names = new ProgramNames(this.programs);
        // What sessions do is no member of the class.
        session = this.programs.FirstOrDefault(p => p.Method.SessionFloats > 0);
        this.programs = [.. this.programs.Where(p => p != session)];
    }

    /// <summary>C# of the class of programs.</summary>
    private string Programs => $"global::{GeneratedText.Namespace(model)}.{GeneratedText.Programs}";

    /// <summary>C# of the user's class.</summary>
    private string Self => model.Unread is { } unread
        ? unread.Self
        : $"global::{Common.Names.EscapeParts(model.FullName)}";

    /// <summary>What a network with errors says of itself.</summary>
    private string Unread => $"'{model.FullName}' has errors, so NetGen has not compiled it.";

    /// <summary>Whether no member of the class's own is in the way.</summary>
    private bool IsFree(string name) => model.Unread is not { } unread || !unread.Taken.Contains(name);

    /// <summary>What stands before a member that is an interface's: where its name is taken, it is the interface's alone.</summary>
    private string Before(string type, string name) => IsFree(name) ? $"{Public} {type} {name}" : $"{type} global::NetGen.INetwork.{name}";

    private bool HasCreate => model.Unread is not { HasStaticAbstract: false };

    private string Public => model.Unread is { IsStatic: true } ? "public static" : "public";

    /// <summary>C# after what may be null.</summary>
    private string OrNull => model.Unread is { HasNullable: false } ? "" : "?";

    /// <summary>C# of what the network consists of at run time.</summary>
    private string State => "this." + Common.Names.Escape(model.StateField);

    private static CompiledProgram[] OfEachName(IEnumerable<CompiledProgram> programs) =>
        [.. programs.GroupBy(p => p.Name).Select(same => same.First())];

    public static string Emit(NetworkModel model, IReadOnlyList<CompiledProgram> programs, IReadOnlyList<CompiledProgram>? cuda = null, CancellationToken cancellation = default) =>
        new ApiEmitter(model, programs, cuda ?? [], cancellation).Emit();

    private string Emit()
    {
        if (model.Unread is { } unread)
            return EmitUnread(unread);
        GeneratedText.Header(writer);
        writer.Line();
        if (model.Namespace.Length > 0)
        {
            writer.Line($"namespace {Common.Names.EscapeParts(model.Namespace)};");
            writer.Line();
        }
        if (model.Variant is { } variant)
        {
            writer.Open($"partial class {Common.Names.Escape(model.Outer)}");
            Summary($"{model.Outer} with {variant.Text}.");
            EmitClass(VariantClass);
            writer.Close();
        }
        else
        {
            EmitClass($"partial class {Common.Names.Escape(model.Name)}");
        }
        return writer.ToString();
    }

    private void EmitClass(string declaration)
    {
        var trainable = Trainable(programs);
        var several = OfSeveral(programs);
        var rows = StepOfRows(cuda);
        var predictor = Predictor(programs);
        var isStatic = model.Unread is { IsStatic: true };
        writer.Open(isStatic ? declaration : $"{declaration} : {string.Join(", ", Interfaces(trainable, several, rows, predictor))}");
        EmitState();
        foreach (var program in programs.Where(program => IsFree(program.Name)).Until(cancellation))
        {
            writer.Line();
            EmitEntry(program);
        }
        EmitPredict();
        EmitStart();
        EmitBuffers();
        if (trainable is not null && !isStatic)
            EmitTrainable(trainable, rows);
        if (several.Length > 0 && !isStatic)
            EmitMultiObjective(several);
        if (predictor is not null && !isStatic)
            EmitPredictor(predictor);
        writer.Line();
        EmitTexts();
        EmitVariants();
        writer.Close();
    }

    private void EmitState()
    {
        if (!model.IsUnread)
        {
            writer.Line($"private readonly global::NetGen.Runtime.NetworkState {Common.Names.Escape(model.StateField)} = null!;");
            writer.Line();
        }
        if (model.Unread is not { HasConstructor: false })
            EmitConstructor();
        Summary("The weights, by position and by name.");
        writer.Line($"{Before("global::NetGen.NetworkParameters", "Parameters")} => {Body($"{State}.Parameters")};");
        writer.Line();
        Summary("Where the network computes.");
        writer.Line($"{Before("global::NetGen.Device", "Device")} => {Body($"{State}.Device")};");
        writer.Line();
        if (model.Unread is not { IsStatic: true })
        {
            writer.Line($"string global::NetGen.INetwork.Name => \"{model.ShownName}\";");
            writer.Line();
        }
        EmitFiles();
        EmitDispose();
    }

    private void EmitConstructor()
    {
        Summary($"A new {model.ShownName} with initial weights drawn from a seed: the same seed gives the same network.");
        writer.Line("/// <param name=\"seed\">Of the initial weights, and of dropout in training.</param>");
        writer.Line("/// <param name=\"device\">Where it computes; null: the CPU with <see cref=\"global::NetGen.NetGenOptions.Threads\"/> threads, one for each physical core unless stated otherwise.</param>");
        var devices = model.HasCuda ? ", hasDevicePrograms: true" : model.HasSteps ? ", hasSequences: true" : model.HasLoops ? ", hasScans: true" : "";
        writer.Line(
            $"public {Common.Names.Escape(model.Name)}(ulong seed = 0, global::NetGen.Device{OrNull} device = null){model.BaseCall} =>");
        var state = $"new global::NetGen.Runtime.NetworkState({Programs}.Layout, seed, device ?? global::NetGen.Device.Cpu(){devices})";
        writer.Line($"    {Body($"{State} = {state}")};");
        writer.Line();
    }

    private void EmitFiles()
    {
        Summary("Writes the weights as safetensors, in PyTorch's layouts and order of features; an existing file is replaced at once or not at all.");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"allowNotFinite\">Whether to write weights that are NaN or infinite.</param>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A weight is not finite; the message names it, and nothing was written.</exception>");
        Exceptions(SaveExceptions);
        writer.Line(
            $"{Before("void", "Save")}(string path, bool allowNotFinite = false) => {Body($"{State}.Save(path, allowNotFinite)")};");
        writer.Line();
        Summary("Reads weights from a safetensors file that fits this network; after an error the network keeps the weights it had.");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"order\">The order of features in the file. The file says it itself, unless another program wrote a file of NetGen anew.</param>");
        writer.Line("/// <param name=\"allowNotFinite\">Whether to take weights that are NaN or infinite.</param>");
        writer.Line("/// <remarks>Calls beside it see the old weights or the new ones, whole; a training step is waited for, once the file has been read.</remarks>");
        Exceptions(LoadExceptions);
        const string order = "global::NetGen.FileOrder order = global::NetGen.FileOrder.Stated";
        writer.Line($"{Before("void", "Load")}(string path, {order}, bool allowNotFinite = false) =>");
        writer.Line($"    {Body($"{State}.Load(path, order, allowNotFinite)")};");
        writer.Line();
    }

    private void EmitEntry(CompiledProgram program)
    {
        switch (program.Kind)
        {
            case ProgramKind.Predict:
                EmitMethod(program);
                break;
            case ProgramKind.Evaluate:
                Summary($"The mean of {program.Name} over a batch, without training (no dropout, no update): {Shapes(program)}. {StepOf(program)} trains it.");
                writer.Line($"{Public} float {Common.Names.Escape(program.Name)}({Parameters(program)}) =>");
                writer.Line($"    {Body($"{Call(program)}.Loss")};");
                break;
            default:
                EmitStep(program);
                break;
        }
    }

    private void EmitMethod(CompiledProgram program)
    {
        if (!program.Method.HasDocumentation)
        {
            Summary($"Computes {program.Name} for a batch: {Shapes(program)} → {ResultShapes(program)}. Safe to call from several threads at once, and beside Load.");
            foreach (var input in program.Method.Inputs)
                writer.Line($"/// <param name=\"{input.Name}\">{Described(input, ", one after the other")}</param>");
            DescribeResults(program);
            var overlaps = Results(program).Count == 1 ? "the result overlaps an input" : "a result overlaps an input or another result";
            writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length does not fit its shape and the batch, or {overlaps}.</exception>");
            writer.Line("/// <remarks>NaN and infinities are computed with as IEEE 754 says; they are not refused.</remarks>");
        }
        writer.Line($"{Public} void {Common.Names.Escape(program.Name)}({Parameters(program)}, {ResultParameters(program, Result)}) =>");
        writer.Line($"    {Body(Call(program, ResultNames(program)))};");
    }

    private void DescribeResults(CompiledProgram program)
    {
        foreach (var (name, type) in Results(program))
            writer.Line($"/// <param name=\"{name}\">Receives {ShapeText(type)}{EachRow(type)}.</param>");
    }

    private static string ResultParameters(CompiledProgram program, string type) =>
        string.Join(", ", Results(program).Select(result => $"{type} {Common.Names.Escape(result.Name)}"));

    private static string ResultNames(CompiledProgram program) => string.Join(", ", Results(program).Select(result => Common.Names.Escape(result.Name)));

    /// <summary>C# of the type of a method's results in new arrays: float[], or a tuple with the names that the user's has.</summary>
    public static string Arrays(CompiledProgram program) => Results(program) is { Count: > 1 } results
        ? $"({string.Join(", ", results.Select(result => $"float[] {Common.Names.Escape(Pascal(result.Name))}"))})"
        : "float[]";

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private void EmitStep(CompiledProgram program)
    {
        var (optimizer, type) = (Own(program, "optimizer"), Own(program, "TOptimizer"));
        var updates = program.Method.Updates.Count == 0 ? program.Method.Frozen.Count == 0 ? "all weights" : "all weights that are not frozen" : string.Join(", ", program.Method.Updates);
        Summary($"One step of training: minimizes {program.Method.Name} on a batch by changing {updates}. {Shapes(program)}.");
        foreach (var input in program.Method.Inputs)
            writer.Line($"/// <param name=\"{input.Name}\">{Described(input)}</param>");
        writer.Line($"/// <param name=\"{optimizer}\">The rule that turns gradients into changes; compiled into the kernels that make the gradients.</param>");
        writer.Line("/// <returns>The mean loss over the batch, before the step.</returns>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length does not fit its shape and the batch, or {(HasRanges(program) ? "a label or a target" : "a label")} is out of range; nothing has changed.</exception>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">Another thread is training this network.</exception>");
        writer.Line($"/// <remarks>NaN and infinities are not refused{(HasRanges(program) ? " but in targets of cross entropies" : "")}: they reach the loss and the weights; a loss that is not finite shows it.</remarks>");
        EmitStep(program, Parameters(program), optimizer, type, Constraint(type));
    }

    private static string Described(InputModel input, string order = "") => input.LengthsOf is { } sequence
        ? $"The steps of each sequence of {sequence}; empty: it is one sequence."
        : ShapeText(input) + EachRow(input.Type) + order + ".";

    /// <summary>A step with a given optimizer, and one with the optimizer's default.</summary>
    private void EmitStep(CompiledProgram program, string parameters, string optimizer, string type, string constraint)
    {
        writer.Line($"{Public} float {Common.Names.Escape(program.Name)}<{type}>({parameters}, in {type} {optimizer})");
        writer.Line(constraint + " =>");
        writer.Line($"    {Body($"{Programs}.{names.Method(program)}<{type}>({State}, {Names(program)}, in {optimizer}).Loss")};");
        writer.Line();
        Summary("The same with the optimizer's default settings.");
        writer.Line($"{Public} float {Common.Names.Escape(program.Name)}<{type}>({parameters})");
        writer.Line(constraint + " =>");
        writer.Line($"    {Body($"{Programs}.{names.Method(program)}<{type}>({State}, {Names(program)}, {type}.Default).Loss")};");
    }

    /// <summary>Predict is Forward under the name that people look for.</summary>
    private void EmitPredict()
    {
        if (Forward(programs) is not { } forward || !IsFree("Predict"))
            return;
        var several = Results(forward).Count > 1;
        writer.Line();
        Summary($"Predicts for a batch: {Shapes(forward)} → {ResultShapes(forward)}. Safe to call from several threads at once, and beside Load; nothing is allocated.");
        writer.Line($"{Public} void Predict({Parameters(forward)}, {ResultParameters(forward, Result)}) =>");
        writer.Line($"    {Body(Call(forward, ResultNames(forward)))};");
        writer.Line();
        Summary($"Predicts for a batch into {(several ? "new arrays" : "a new array")}: {Shapes(forward)} → {ResultShapes(forward)}.");
        if (Results(forward).Any(result => result.Type.Batched))
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit its shape and the batch, or the results are more than an array holds.</exception>");
        writer.Line($"{Public} {Arrays(forward)} Predict({Parameters(forward)}) =>");
        writer.Line($"    {Body(Call(forward))};");
    }

    /// <summary>Sessions over the sequence that Forward reads.</summary>
    private void EmitStart()
    {
        if (session is null || !IsFree("Start"))
            return;
        var input = session.Method.Inputs[0];
        writer.Line();
        Summary($"A session that reads {input.Name} piece by piece, at most {Number(input.Type.Rows.Longest)} steps, and computes for the new steps only.");
        writer.Line($"{Public} global::NetGen.Session<{(input.Type.Element == Graph.ElementType.Int32 ? "int" : "float")}> Start() => {Body($"new({State}, {Programs}.Sessions)")};");
    }

    private IEnumerable<string> Interfaces(CompiledProgram? trainable, CompiledProgram[] several, CompiledProgram? rows, CompiledProgram? predictor)
    {
        if (trainable is not null)
            yield return $"global::NetGen.{(rows is null ? "ITrainable" : "IResidentTrainable")}";
        if (several.Length > 0)
            yield return "global::NetGen.IMultiObjective";
        if (predictor is not null)
            yield return HasCreate ? $"global::NetGen.IPredictor<{Self}>" : "global::NetGen.IPredictor";
        if (trainable is null && several.Length == 0 && predictor is null)
            yield return "global::NetGen.INetwork";
    }

    /// <summary>What serves predictions drives the network through it.</summary>
    private void EmitPredictor(CompiledProgram forward)
    {
        const string interfaceName = "global::NetGen.IPredictor";
        writer.Line();
        writer.Line($"global::System.ReadOnlySpan<global::NetGen.ColumnSpec> {interfaceName}.Inputs => {Body($"{Programs}.Inputs")};");
        writer.Line();
        writer.Line($"global::NetGen.ColumnSpec {interfaceName}.Output => {Body($"{Programs}.Output")};");
        writer.Line();
        writer.Line($"void {interfaceName}.PredictBatch(global::NetGen.Batch batch, {Result} result) =>");
        writer.Line($"    {Body($"{Programs}.{names.Method(forward)}({State}, {Columns(forward)}, result)")};");
        if (!HasCreate)
            return;
        writer.Line();
        writer.Line(
            $"static {Self} {interfaceName}<{Self}>.Create(ulong seed, global::NetGen.Device? device) => {Body("new(seed, device)")};");
    }

    /// <summary>C# of what a program takes from a batch.</summary>
    private static string Columns(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select((input, i) =>
        $"batch.{(input.Type.Element == Graph.ElementType.Int32 ? "Labels" : "Floats")}({Number(i)})"));

    /// <summary>What Fit and Evaluate drive a network with several objectives through.</summary>
    private void EmitMultiObjective(CompiledProgram[] steps)
    {
        const string interfaceName = "global::NetGen.IMultiObjective", result = "global::NetGen.BatchResult";
        const string correct = "global::System.Span<double> correct";
        writer.Line();
        writer.Line($"global::System.ReadOnlySpan<global::NetGen.ObjectiveSpec> {interfaceName}.Objectives => {Body($"{Programs}.Objectives")};");
        writer.Line();
        writer.Line($"{result} {interfaceName}.StepBatch<TOptimizer>(int objective, global::NetGen.Batch batch, in TOptimizer optimizer, {correct}) =>");
        EmitOfEach(steps, step => $"{Programs}.{names.Method(step)}<TOptimizer>({State}, {Columns(step)}, in optimizer, correct)");
        writer.Line();
        writer.Line($"{result} {interfaceName}.EvaluateBatch(int objective, global::NetGen.Batch batch, {correct}) =>");
        EmitOfEach(steps, step =>
            $"{Programs}.{names.Method(programs.Single(p => p.Kind == ProgramKind.Evaluate && p.Method == step.Method))}({State}, {Columns(step)}, correct)");
        writer.Line();
        writer.Line($"void {interfaceName}.ResetOptimizers() => {Body($"{State}.ResetOptimizers()")};");
    }

    /// <summary>A method's body: what is called depends on the position of the objective.</summary>
    private void EmitOfEach(CompiledProgram[] steps, Func<CompiledProgram, string> call)
    {
        writer.Indent();
        if (model.IsUnread)
        {
            writer.Line($"{Body("")};");
            writer.Outdent();
            return;
        }
        writer.Line("objective switch");
        writer.Line("{");
        for (var i = 0; i < steps.Length; i++)
            writer.Line($"    {Number(i)} => {call(steps[i])},");
        writer.Line("    _ => throw new global::System.ArgumentOutOfRangeException(nameof(objective), objective, null),");
        writer.Line("};");
        writer.Outdent();
    }

    /// <summary>What Fit and Evaluate drive the network through.</summary>
    private void EmitTrainable(CompiledProgram step, CompiledProgram? rows)
    {
        const string interfaceName = "global::NetGen.ITrainable", result = "global::NetGen.BatchResult";
        var columns = Columns(step);
        var objective = model.IsUnread ? step : programs.Single(p => p.Kind == ProgramKind.Evaluate && p.Method == step.Method);
        writer.Line();
        writer.Line($"global::System.ReadOnlySpan<global::NetGen.ColumnSpec> {interfaceName}.Columns => {Body($"{Programs}.Columns")};");
        writer.Line();
        writer.Line($"global::System.ReadOnlySpan<string> {interfaceName}.Accuracies => {Body($"{Programs}.Accuracies")};");
        writer.Line();
        writer.Line($"{result} {interfaceName}.StepBatch<TOptimizer>(global::NetGen.Batch batch, in TOptimizer optimizer, global::System.Span<double> correct) =>");
        writer.Line($"    {Body($"{Programs}.{names.Method(step)}<TOptimizer>({State}, {columns}, in optimizer, correct)")};");
        writer.Line();
        writer.Line($"{result} {interfaceName}.EvaluateBatch(global::NetGen.Batch batch, global::System.Span<double> correct) =>");
        writer.Line($"    {Body($"{Programs}.{names.Method(objective)}({State}, {columns}, correct)")};");
        writer.Line();
        writer.Line($"void {interfaceName}.ResetOptimizers() => {Body($"{State}.ResetOptimizers()")};");
        writer.Line();
        writer.Line($"int {interfaceName}.SmallestBatch => {Number(SmallestBatch(step)?.Operation.SmallestBatch ?? 1)};");
        if (rows is null)
            return;
        writer.Line();
        writer.Line($"global::NetGen.ResidentData{OrNull} global::NetGen.IResidentTrainable.Keep(global::NetGen.Dataset data) =>");
        writer.Line($"    {Body($"{State}.OnDevice?.Keep(data, {Programs}.Columns, {Programs}.Accuracies.Length)")};");
        writer.Line();
        writer.Line("void global::NetGen.IResidentTrainable.StepRows<TOptimizer>(");
        writer.Line("    global::NetGen.ResidentData data, global::System.ReadOnlySpan<int> rows, int batchSize,");
        writer.Line($"    global::System.ReadOnlySpan<TOptimizer> optimizers, global::System.Span<{result}> results, global::System.Span<double> correct) =>");
        writer.Line(
            $"    {Body($"{Programs}.{names.Method(step)}<TOptimizer>({State}, data, rows, batchSize, optimizers, results, correct)")};");
    }

    private void EmitTexts()
    {
        if (IsFree("Summary"))
        {
            Summary("The layers, their results and their weights, as a table.");
            writer.Line("public static string Summary() =>");
            EmitText(() => PlanText.Summary(model));
            writer.Line();
        }
        if (!IsFree("Plan"))
            return;
        Summary("What the compiler made of the network: every kernel with what is fused into it, its tiles, and the memory plan.");
        writer.Line("public static string Plan =>");
        EmitText(
            () => PlanText.Of(model, session is null ? programs : [.. programs, session], cancellation) + (model.HasCuda ? "\n" + CudaPlanText.Of(model, cuda, cancellation) : ""));
    }

    private void EmitText(Func<string> text)
    {
        writer.Indent();
        if (model.IsUnread)
        {
            writer.Line($"\"{Unread}\";");
            writer.Outdent();
            return;
        }
        writer.Line("\"\"\"");
        writer.Lines(text());
        writer.Line("\"\"\";");
        writer.Outdent();
    }

    private void Summary(string text)
    {
        if (model.IsUnread)
            text = Unread;
        writer.Line("/// <summary>");
        writer.Line($"/// {text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}");
        writer.Line("/// </summary>");
    }

    /// <summary>What a member returns or does: of a network with errors nothing.</summary>
    private string Body(string expression) =>
        model.IsUnread ? $"throw new global::System.InvalidOperationException(\"{Unread}\")" : expression;

    private string Call(CompiledProgram program, string? results = null) =>
        $"{Programs}.{names.Method(program)}({State}, {Names(program)}{(results is null ? "" : ", " + results)})";

    private static string Constraint(string type) => string.Format(System.Globalization.CultureInfo.InvariantCulture, OptimizerConstraint, type);

    /// <summary>
    /// A name of the generated code's own beside the user's parameters: "result", or "result2" where a parameter is called so.
    /// </summary>
    public static string Own(CompiledProgram program, string name) => new UniqueNames(program.Method.Inputs.Select(i => i.Name)).Take(name);

    private static string Parameters(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select(
        i => $"{(i.Type.Element == Graph.ElementType.Int32 ? "global::System.ReadOnlySpan<int>" : Floats)} {Common.Names.Escape(i.Name)}"));

    private static string Names(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select(i => Common.Names.Escape(i.Name)));
}
