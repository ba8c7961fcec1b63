using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Graph;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Api.ApiText;

namespace NetGen.Generator.Emission.Api;

/// <summary>The entry points again, for inputs and predictions that lie in the memory of a CUDA device.</summary>
internal sealed partial class ApiEmitter
{
    private void EmitBuffers()
    {
        foreach (var program in cuda.Where(program => IsFree(program.Name)))
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
                    writer.Line($"{Public} float {Common.Names.Escape(program.Name)}({Buffers(program)}) =>");
                    writer.Line($"    {Body($"{Call(program)}.Loss")};");
                    break;
                default:
                    Summary($"One step of training on a batch in the device's memory: minimizes {program.Method.Name}. {Shapes(program)}.");
                    Remarks(program);
                    var type = Own(program, "TOptimizer");
                    EmitStep(program, Buffers(program), Own(program, "optimizer"), type, Constraint(type));
                    break;
            }
        }
    }

    private void EmitBufferMethod(CompiledProgram program)
    {
        Summary(
            $"Computes {program.Name} for a batch in the device's memory: {Shapes(program)} → {ResultShapes(program)}. {(Results(program).Count == 1 ? "It is" : "They are")} there when the call returns.");
        Remarks(program);
        EmitBufferMethod(program, Common.Names.Escape(program.Name));
        if (Forward(programs)?.Name != program.Name || !IsFree("Predict"))
            return;
        writer.Line();
        Summary($"Predicts for a batch in the device's memory: {Shapes(program)} → {ResultShapes(program)}.");
        EmitBufferMethod(program, "Predict");
    }

    private void EmitBufferMethod(CompiledProgram program, string name)
    {
        writer.Line($"{Public} void {name}({Buffers(program)}, {ResultParameters(program, "global::NetGen.Cuda.CudaBuffer<float>")}) =>");
        writer.Line($"    {Body(Call(program, ResultNames(program)))};");
    }

    private void Remarks(CompiledProgram program)
    {
        foreach (var input in program.Method.Inputs)
            writer.Line($"/// <param name=\"{input.Name}\">{ShapeText(input)}{(input.Type.Batched ? " for each sample" : "")}.</param>");
        if (program.Kind == ProgramKind.Step)
            writer.Line($"/// <param name=\"{Own(program, "optimizer")}\">The rule that turns gradients into changes.</param>");
        if (program.Kind == ProgramKind.Predict)
            DescribeResults(program);
        else
            writer.Line($"/// <returns>The mean loss over the batch{(program.Kind == ProgramKind.Step ? ", before the step" : "")}.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A buffer is not memory of the network's device, or its length does not fit its shape and the batch; nothing has changed.</exception>");
        writer.Line("/// <exception cref=\"global::System.ObjectDisposedException\">A buffer has been disposed; nothing has changed.</exception>");
        if (program.Method.Inputs.Any(i => i.Type.Element == ElementType.Int32 && !i.AreIndices))
            writer.Line("/// <remarks>Labels on the device are not checked: where one is no class the loss is NaN, and the sample has no gradient.</remarks>");
        if (program.Method.Inputs.Any(i => i.AreIndices))
            writer.Line("/// <remarks>Indices on the device are not checked: what is read by one that is out of range is NaN, and it has no gradient.</remarks>");
        if (HasRanges(program))
            writer.Line("/// <remarks>Targets on the device are not checked: those of a cross entropy are probabilities.</remarks>");
    }

    private static string Buffers(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select(
        i => $"global::NetGen.Cuda.CudaBuffer<{CudaSignature.ElementName(i.Type.Element)}> {Common.Names.Escape(i.Name)}"));
}
