using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Api.ApiText;

namespace NetGen.Generator.Emission.Api;

/// <summary>The same on a CUDA device: for values of the caller in the host's memory and in the device's.</summary>
internal sealed partial class ProgramsEmitter
{
    /// <summary>Where the network is on a device, its program there runs instead.</summary>
    private void EmitOnDevice(CompiledProgram program, string batch, string correct)
    {
        if (cuda.All(p => p.Name != program.Name))
            return;
        writer.Open("if (state.OnDevice is not null)");
        EmitRunOnDevice(program, batch, correct);
        writer.Line(program.Kind == ProgramKind.Predict ? "return;" : "return outcome;");
        writer.Close();
    }

    /// <param name="program">The program.</param>
    /// <param name="batch">C# of the samples.</param>
    /// <param name="correct">C# of where it is said how much is right: nowhere for values in the device's memory.</param>
    private void EmitRunOnDevice(CompiledProgram program, string batch, string correct) => writer.Line(
        $"{names.OnDevice(program)}{(program.Kind == ProgramKind.Step ? "<TOptimizer>" : "")}(state, {batch}, {Inputs(program)}, "
        + $"{(program.Kind switch { ProgramKind.Predict => string.Join(", ", names.Results(program)), ProgramKind.Evaluate => $"{correct}, ref outcome", _ => $"in optimizer, {correct}, ref outcome" })});");

    private void EmitDevice()
    {
        foreach (var program in cuda)
        {
            writer.Line();
            EmitBufferMethod(program);
        }
        if (StepOfRows(cuda) is not { } rows)
            return;
        writer.Line();
        writer.Line($"public static void {names.Method(rows)}<TOptimizer>({CudaEmitter.RowsParameters})");
        writer.Line(Constraint + " =>");
        writer.Line($"    {names.RowsOnDevice(rows)}<TOptimizer>(state, data, rows, batchSize, optimizers, results, correct);");
    }

    private void EmitBufferMethod(CompiledProgram program)
    {
        var parameters = Parameters(program, "CudaBuffer");
        writer.Line(program.Kind switch
        {
            ProgramKind.Predict => $"public static void {names.Method(program)}(NetworkState state, {parameters}, {Results(program, "CudaBuffer")})",
            ProgramKind.Evaluate => $"public static BatchResult {names.Method(program)}(NetworkState state, {parameters})",
            _ => $"public static BatchResult {names.Method(program)}<TOptimizer>(NetworkState state, {parameters}, in TOptimizer optimizer)",
        });
        if (program.Kind == ProgramKind.Step)
            writer.Line(Constraint);
        writer.Open();
        var batch = CheckBuffers(program);
        CheckBatch(program, batch);
        if (program.Kind == ProgramKind.Predict)
        {
            foreach (var ((name, type), own) in ApiText.Results(program).Zip(names.Results(program), (result, own) => (result, own)))
                writer.Line($"CudaArguments.Length(state, {own}, {(type.Batched ? batch : "1")}, {Number(type.Count)}, \"{name}\", \"{ShapeText(type)}\");");
        }
        else
        {
            writer.Line("var outcome = default(BatchResult);");
        }
        EmitRunOnDevice(program, batch, "default");
        if (program.Kind != ProgramKind.Predict)
            writer.Line("return outcome;");
        writer.Close();
    }

    /// <summary>Writes the checks of all inputs; gives the C# of the batch.</summary>
    private string CheckBuffers(CompiledProgram program)
    {
        var inputs = program.Method.Inputs;
        var own = names.Inputs(program);
        var first = inputs.ToList().FindIndex(i => i.Type.Batched);
        foreach (var i in Enumerable.Range(0, inputs.Count).OrderBy(i => i == first ? 0 : 1))
        {
            var rest = $"{Number(inputs[i].Type.Count)}, \"{inputs[i].Name}\", \"{ShapeText(inputs[i])}\");";
            writer.Line(i == first
                ? $"var batch = CudaArguments.Batch(state, {own[i]}, {rest}"
                : inputs[i].Type.Batched
                    ? $"CudaArguments.SameBatch(state, batch, \"{inputs[first].Name}\", {own[i]}, {rest}"
                    : $"CudaArguments.Length(state, {own[i]}, 1, {rest}");
        }
        return first < 0 ? "1" : "batch";
    }

    private void EmitDevicePrograms()
    {
        foreach (var program in cuda)
        {
            foreach (var onDevice in new[] { false, true })
            {
                writer.Line();
                writer.Lines(End(CudaEmitter.EntrySignature(names, program, onDevice), program));
            }
        }
        if (StepOfRows(cuda) is not { } rows)
            return;
        writer.Line();
        writer.Lines(End(CudaEmitter.RowsSignature(names, rows), rows));
    }
}
