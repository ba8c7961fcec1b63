using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Graph;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Api;

/// <summary>The entry points again, for inputs and predictions that lie in the memory of a CUDA device.</summary>
internal sealed partial class ApiEmitter
{
    private const string OptimizerConstraint = "    where TOptimizer : struct, IOptimizer<TOptimizer>";

    private void EmitBuffers()
    {
        foreach (var program in cuda)
        {
            writer.Line();
            switch (program.Kind)
            {
                case ProgramKind.Predict:
                    EmitBufferMethod(program);
                    break;
                case ProgramKind.Evaluate:
                    Summary($"The mean of {program.Name} over a batch in the device's memory, without training: {Shapes(program)}.");
                    Remarks(program);
                    writer.Line($"public float {program.Name}({Buffers(program)})");
                    writer.Open();
                    EmitBufferRun(program, $"{CudaEmitter.EntryName(program)}({{0}}, {Names(program)}, ref {Own(program, "outcome")});");
                    writer.Close();
                    break;
                default:
                    EmitBufferStep(program);
                    break;
            }
        }
    }

    private void EmitBufferMethod(CompiledProgram program)
    {
        var (type, result) = (ResultType(program), Own(program, "result"));
        Summary($"Computes {program.Name} for a batch in the device's memory: {Shapes(program)} → {type}. It is there when the call returns.");
        Remarks(program);
        writer.Line($"public void {program.Name}({Buffers(program)}, CudaBuffer<float> {result})");
        writer.Open();
        var batch = CheckBuffers(program);
        writer.Line($"CudaArguments.Length(networkState, {result}, {(type.Batched ? batch : "1")}, {Number(type.Count)}, nameof({result}), \"{ShapeText(type)}\");");
        writer.Line($"{CudaEmitter.EntryName(program)}({batch}, {Names(program)}, {result});");
        writer.Close();
        if (program.Name != "Forward" || programs.Any(p => p.Name == "Predict"))
            return;
        writer.Line();
        Summary($"Predicts for a batch in the device's memory: {Shapes(program)} → {type}.");
        writer.Line($"public void Predict({Buffers(program)}, CudaBuffer<float> {result}) => Forward({Names(program)}, {result});");
    }

    private void EmitBufferStep(CompiledProgram program)
    {
        var optimizer = Own(program, "optimizer");
        Summary($"One step of training on a batch in the device's memory: minimizes {program.Method.Name}. {Shapes(program)}.");
        Remarks(program);
        writer.Line($"public float {program.Name}<TOptimizer>({Buffers(program)}, in TOptimizer {optimizer})");
        writer.Line(OptimizerConstraint);
        writer.Open();
        EmitBufferRun(program, $"{CudaEmitter.EntryName(program)}<TOptimizer>({{0}}, {Names(program)}, in {optimizer}, ref {Own(program, "outcome")});");
        writer.Close();
        writer.Line();
        Summary("The same with the optimizer's default settings.");
        writer.Line($"public float {program.Name}<TOptimizer>({Buffers(program)})");
        writer.Line(OptimizerConstraint + " =>");
        writer.Line($"    {program.Name}({Names(program)}, TOptimizer.Default);");
    }

    /// <summary>Checks, the call with the batch in its place, and the loss.</summary>
    private void EmitBufferRun(CompiledProgram program, string call)
    {
        var batch = CheckBuffers(program);
        writer.Line($"var {Own(program, "outcome")} = default(BatchResult);");
        writer.Line(call.Replace("{0}", batch));
        writer.Line($"return {Own(program, "outcome")}.Loss;");
    }

    private void Remarks(CompiledProgram program)
    {
        foreach (var input in program.Method.Inputs)
            writer.Line($"/// <param name=\"{input.Name}\">{ShapeText(input.Type)}{(input.Type.Batched ? " for each sample" : "")}.</param>");
        if (program.Kind == ProgramKind.Step)
            writer.Line($"/// <param name=\"{Own(program, "optimizer")}\">The rule that turns gradients into changes.</param>");
        if (program.Kind == ProgramKind.Predict)
            writer.Line($"/// <param name=\"{Own(program, "result")}\">Receives {ShapeText(ResultType(program))}{(ResultType(program).Batched ? " for each sample" : "")}.</param>");
        else
            writer.Line($"/// <returns>The mean loss over the batch{(program.Kind == ProgramKind.Step ? ", before the step" : "")}.</returns>");
        writer.Line("/// <exception cref=\"ArgumentException\">A buffer is not memory of the network's device, or its length does not fit its shape and the batch; nothing has changed.</exception>");
        writer.Line("/// <exception cref=\"ObjectDisposedException\">A buffer has been disposed; nothing has changed.</exception>");
        if (program.Method.Inputs.Any(i => i.Type.Element == ElementType.Int32))
            writer.Line("/// <remarks>Labels on the device are not checked: where one is no class the loss is NaN, and the sample has no gradient.</remarks>");
        if (HasRanges(program))
            writer.Line("/// <remarks>Targets on the device are not checked: those of a cross entropy are probabilities.</remarks>");
    }

    /// <summary>Writes the checks of all inputs; gives the C# of the batch.</summary>
    private string CheckBuffers(CompiledProgram program)
    {
        var first = program.Method.Inputs.FirstOrDefault(i => i.Type.Batched);
        var batch = first is null ? "1" : Own(program, "batch");
        foreach (var input in program.Method.Inputs.OrderBy(i => i == first ? 0 : 1))
        {
            var name = Common.Names.Escape(input.Name);
            var rest = $"{Number(input.Type.Count)}, nameof({name}), \"{ShapeText(input.Type)}\");";
            writer.Line(input == first
                ? $"var {batch} = CudaArguments.Batch(networkState, {name}, {rest}"
                : input.Type.Batched
                    ? $"CudaArguments.SameBatch(networkState, {batch}, nameof({Common.Names.Escape(first!.Name)}), {name}, {rest}"
                    : $"CudaArguments.Length(networkState, {name}, 1, {rest}");
        }
        return batch;
    }

    private static string Buffers(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select(
        i => $"CudaBuffer<{CudaSignature.ElementName(i.Type.Element)}> {Common.Names.Escape(i.Name)}"));
}
