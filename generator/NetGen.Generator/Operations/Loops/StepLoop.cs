using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Loops;

/// <summary>
/// A result of a loop over the steps of sequences. Its operands are those of the program, and where rows are steps their spans. The first
/// result of a loop that is read from a cell is the state at each step; the others are what its gradient has kept.
/// </summary>
internal sealed record StepLoop(LoopProgram Program, int Result) : Operation, IMergeableOperation
{
    public override string Title
    {
        get
        {
            var (result, of) = (Program.Results[Result], Result == 0 ? "" : Text.Invariant($"; result {Result}"));
            var numbers = result.IsFinal ? Program.TypeOf(result).Count : Program.OutputType(result.Number).Count;
            return Text.Invariant($"Scan[{numbers} {(result.IsFinal ? "at the end" : "a step")}{of}{(Program.IsReverse ? "; reverse" : "")}]");
        }
    }

    public override bool CrossesSteps => Program.OfSteps;

    public override RowUse RowUse => RowUse.Takes;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Program.Check(inputs);
        return Program.TypeOf(Program.Results[Result]);
    }

    public override void Order(OrderContext context) => context.Opaque();

    public override Value AtInference(GraphBuilder graph, Value[] inputs) =>
        graph.Apply(this with { Program = Program.AtInference(graph, inputs) }, inputs);

    /// <summary>Whether it is one of backward rules, which have none themselves.</summary>
    public bool IsGradient { get; init; }

    public override Value?[] Backward(BackwardContext context) =>
        Result == 0 && !IsGradient ? LoopGradient.Of(this, context) : base.Backward(context);

    public override void Evaluate(ReferenceCall call) => LoopMeaning.Run(Program, Program.Results[Result], call);

    public override KernelBody Lower(LoweringContext context) => new StepLoopBody(Program.For([Program.Results[Result]]));

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands) =>
        siblings.All(s => s is StepLoop other && other.Program == Program)
            ? new MergedKernel(
                new StepLoopBody(Program.For([.. siblings.Select(s => Program.Results[((StepLoop)s).Result])])),
                [.. Enumerable.Range(0, siblings.Count)])
            : null;

    /// <summary>Its memory has the state that the last step left.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => !Program.OfSteps
        ? context.Graph.Apply(this, inputs)
        : Program.IsReverse
            ? null
            : context.Graph.Apply(
                new StepLoopInSession(Program.For([Program.Results[Result]]), context.Reserve(StateSize)), [.. inputs, context.Memory]);

    private long StateSize => Program.Inputs[Program.Carries[0].Input].Type.Count;
}

/// <summary>
/// The operands of a <see cref="StepLoop"/>, and the addresses of sessions, to the state at the new steps: on from what is in the memory of
/// each session, where the state of its last step is then.
/// </summary>
internal sealed record StepLoopInSession(LoopProgram Program, int Place) : Operation
{
    public override string Title => Text.Invariant($"ScanInSession[memory {Place}]");

    public override bool CrossesSteps => true;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Program.Check(inputs);
        return Program.TypeOf(Program.Results[0]);
    }

    public override void Order(OrderContext context) => context.Opaque();

    public override Value AtInference(GraphBuilder graph, Value[] inputs) =>
        graph.Apply(this with { Program = Program.AtInference(graph, inputs) }, inputs);

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException("The memory of sessions is outside of the graph.");

    public override KernelBody Lower(LoweringContext context) => new StepLoopBody(Program) { Memory = Place };
}

/// <summary>
/// How a <see cref="StepLoop"/> is computed: blocks of sequences go side by side through their steps, by the kernels of the body.
/// </summary>
/// <param name="Program">What is computed; its results are the kernel's, in their order.</param>
internal sealed record StepLoopBody(LoopProgram Program) : KernelBody
{
    /// <summary>Where in a session's memory the carry is; null: no session.</summary>
    public int? Memory { get; init; }

    /// <summary>Multiply-adds of the products of a step.</summary>
    public long MultiplyAdds => Math.Max(1, Program.Steps)
        * Program.Body.Nodes.Where(n => n.Operation is not Leaves.Leaf && !n.Operation.IsAlias)
            .Select(n => LoweringContext.Lower(Program.Body, n)).OfType<ContractionBody>().Sum(body => body.MultiplyAdds);
}

/// <summary>The reference meaning of loops: the body's, once for each step of each sequence.</summary>
internal static class LoopMeaning
{
    public static void Run(LoopProgram program, LoopResult result, ReferenceCall call)
    {
        var sequences = program.OfSteps
            ? Steps.StepMeaning.Sequences(call).ToArray()
            : [.. Enumerable.Range(0, call.Batch).Select(b => (b, b * program.Steps, program.Steps))];
        foreach (var (sample, start, count) in sequences)
        {
            var carries = program.Carries.Select(c => program.Inputs[c.Input])
                .Select(input => input.Operand < 0 ? new double[input.Type.Count] : Row(input, input.Operand, sample)).ToArray();
            for (var i = 0; i < count; i++)
            {
                var place = program.IsReverse ? count - 1 - i : i;
                var next = program.IsReverse ? place - 1 : place + 1;
                var values = ReferenceInterpreter.Run(program.Body, new ReferenceEnvironment
                {
                    Batch = 1,
                    Input = index => Read(index, carries, sample, start + place, i < count - 1 ? start + next : -1),
                    Weight = _ => throw new InvalidOperationException("A body has no weights of its own."),
                });
                carries = [.. program.Carries.Select(c => values[program.Body.Outputs[c.Output].Value])];
                if (!result.IsFinal)
                    Put(values[program.Body.Outputs[result.Number].Value], start + place);
            }
            if (result.IsFinal)
                Put(carries[result.Number], sample);
        }

        double[] Row(LoopInput input, int operand, int row) =>
            call.Input(operand).AsSpan(row * (int)input.Type.Count, (int)input.Type.Count).ToArray();

        double[] Read(int index, double[][] carries, int sample, int step, int next)
        {
            var input = program.Inputs[index];
            return input.Kind switch
            {
                LoopInputKind.Carry => carries[program.Carries.ToList().FindIndex(c => c.Input == index)],
                LoopInputKind.Step => Row(input, input.Operand, step),
                LoopInputKind.Next when next >= 0 => Row(input, input.Operand, next),
                LoopInputKind.Next => input.Initial < 0 ? new double[input.Type.Count] : Row(input, input.Initial, sample),
                LoopInputKind.Sample => Row(input, input.Operand, sample),
                _ => call.Input(input.Operand),
            };
        }

        void Put(double[] row, int at) => row.CopyTo(call.Result, at * row.Length);
    }
}
