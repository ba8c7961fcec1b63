using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// How far a loop in float may be from the reference: the analysis of its body, once for each step, with what the steps before have left.
/// </summary>
internal static class LoopErrors
{
    public static double[] Of(StepLoop loop, double[] value, IReadOnlyList<Bounded> operands, int samples)
    {
        var program = loop.Program;
        var result = program.Results[loop.Result];
        var bound = new double[value.Length];
        var sequences = program.OfSteps
            ? operands[^1].Value.Chunk(Spans.Width).Select((span, b) => (b, (int)span[0], (int)span[1]))
            : Enumerable.Range(0, samples).Select(b => (b, b * program.Steps, program.Steps));
        foreach (var (sample, start, count) in sequences)
        {
            var carries = program.Carries.Select(c => Row(program.Inputs[c.Input], program.Inputs[c.Input].Operand, sample)).ToArray();
            for (var i = 0; i < count; i++)
            {
                var place = program.IsReverse ? count - 1 - i : i;
                var read = program.Inputs.Select((input, index) => input.Kind switch
                {
                    LoopInputKind.Carry => carries[program.Carries.ToList().FindIndex(c => c.Input == index)],
                    LoopInputKind.Step => Row(input, input.Operand, start + place),
                    LoopInputKind.Next when i < count - 1 => Row(input, input.Operand, start + place + (program.IsReverse ? -1 : 1)),
                    LoopInputKind.Next => Row(input, input.Initial, sample),
                    LoopInputKind.Sample => Row(input, input.Operand, sample),
                    _ => operands[input.Operand],
                }).ToArray();
                var values = ErrorAnalysis.Run(
                    program.Body,
                    new ReferenceEnvironment { Batch = 1, Input = index => read[index].Value, Weight = _ => throw new InvalidOperationException("No weights.") },
                    leaf => leaf.Operation is LoopLeaf input ? read[input.Index].Bound : null);
                carries = [.. program.Carries.Select(c => values[program.Body.Outputs[c.Output].Value])];
                if (!result.IsFinal)
                    values[program.Body.Outputs[result.Number].Value].Bound.CopyTo(bound, (start + place) * (int)program.OutputType(result.Number).Count);
            }
            if (result.IsFinal)
                carries[result.Number].Bound.CopyTo(bound, sample * carries[result.Number].Bound.Length);
        }
        return bound;

        Bounded Row(LoopInput input, int operand, int row)
        {
            var width = (int)input.Type.Count;
            return operand < 0
                ? new Bounded(new double[width], new double[width])
                : new Bounded(operands[operand].Value[(row * width)..((row + 1) * width)], operands[operand].Bound[(row * width)..((row + 1) * width)]);
        }
    }
}
