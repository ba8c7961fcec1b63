using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Loops;

/// <summary>What a value of a loop's body is to the loop.</summary>
internal enum LoopInputKind
{
    /// <summary>What the step before left: at the first its initial operand, or zeros.</summary>
    Carry,

    /// <summary>The operand at this step.</summary>
    Step,

    /// <summary>
    /// The operand at the step that comes next, and behind the last one its initial operand, or zeros: a gradient goes from the end.
    /// </summary>
    Next,

    /// <summary>The operand's row of the sequence, the same at all steps.</summary>
    Sample,

    /// <summary>An operand without rows: a weight.</summary>
    Shared,
}

/// <summary>A value that the body reads.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">Its type in the body, where a row is a sequence.</param>
/// <param name="Operand">Of the loop; −1: none, which is zeros.</param>
/// <param name="Initial">The operand that <see cref="LoopInputKind.Next"/> is behind the last step; −1: zeros.</param>
internal sealed record LoopInput(LoopInputKind Kind, TensorType Type, int Operand, int Initial = -1);

/// <summary>What goes from step to step: the input that reads it, and the body's output that is its next value.</summary>
internal sealed record LoopCarry(int Input, int Output);

/// <summary>What a loop gives: an output of the body at each step, or what a carry is behind the last, a row for each sequence.</summary>
internal sealed record LoopResult(bool IsFinal, int Number);

/// <summary>The value of a body that a loop gives it, or one of the cell's operands while the cell is read.</summary>
/// <param name="Loop">Which; no two cells of a graph share their operands.</param>
/// <param name="Index">The number of the input.</param>
/// <param name="Type">Its type.</param>
internal sealed record LoopLeaf(int Loop, int Index, TensorType Type) : Leaf(Type)
{
    public override bool IsStored => true;

    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Environment.Input(Index));
}

/// <summary>
/// A body that is computed at each step of sequences, one step after the other: its graph, in which a row is a sequence, and what its
/// values are to the loop. It is as long for a thousand steps as for two.
/// </summary>
/// <param name="Body">The graph of a step; its outputs are carries and results.</param>
/// <param name="Inputs">By the numbers of its leaves.</param>
/// <param name="Carries">What goes from step to step.</param>
/// <param name="Results">What it gives.</param>
/// <param name="Rows">The steps, which are the last operand's spans; else samples.</param>
/// <param name="Steps">Where rows are samples, the steps of each.</param>
/// <param name="IsReverse">From the last step to the first.</param>
internal sealed record LoopProgram(
    TensorGraph Body, EquatableArray<LoopInput> Inputs, EquatableArray<LoopCarry> Carries, EquatableArray<LoopResult> Results,
    RowSpace Rows, int Steps, bool IsReverse)
{
    public bool OfSteps => Rows.IsSteps;

    public TensorType OutputType(int output) => Body[Body.Outputs[output].Value].Type;

    /// <summary>The type of a result: of each step, or of each sequence.</summary>
    public TensorType TypeOf(LoopResult result)
    {
        if (result.IsFinal)
            return Inputs[Carries[result.Number].Input].Type;
        return OfAllSteps(OutputType(result.Number));
    }

    /// <summary>That the operands are what the body reads: a pass that changes them has to change it too.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public void Check(IReadOnlyList<TensorType> operands)
    {
        foreach (var input in Inputs)
        {
            var isOfSteps = input.Kind is LoopInputKind.Step or LoopInputKind.Next;
            Check(input.Operand, isOfSteps ? OfAllSteps(input.Type) : input.Type);
            Check(input.Initial, input.Type);
        }

        void Check(int operand, TensorType type)
        {
            if (operand >= 0 && operands[operand] != type)
                throw new InvalidOperationException($"Operand {operand} of a loop is {operands[operand]}; its body reads {type}.");
        }
    }

    private TensorType OfAllSteps(TensorType type) => OfSteps ? type with { Rows = Rows } : type.WithDims(type.Dims.Prepend(Steps));

    /// <summary>A row of the sample that is 1 outside of training, as a mask of dropout, is none in the body.</summary>
    /// <param name="graph">Of the loop.</param>
    /// <param name="operands">Its operands outside of training, which stay what the body reads.</param>
    public LoopProgram AtInference(GraphBuilder graph, Value[] operands)
    {
        var ones = Inputs.Select((input, i) => (Input: input, Number: i))
            .Where(p => p.Input.Kind == LoopInputKind.Sample && graph.IsOne(operands[p.Input.Operand])).ToArray();
        if (ones.Length == 0)
            return this;
        foreach (var (input, _) in ones)
            operands[input.Operand] = graph.Apply(new BroadcastTo(input.Type), operands[input.Operand]);
        return this with
        {
            Body = Body.Rewrite((builder, node, inputs) => node.Operation is LoopLeaf leaf && ones.Any(one => one.Number == leaf.Index)
                ? builder.Constant(1)
                : node.Operation.AtInference(builder, inputs)),
        };
    }

    /// <summary>Only what some results need.</summary>
    public LoopProgram For(IReadOnlyList<LoopResult> results)
    {
        var outputs = new SortedSet<int>(results.Select(r => r.IsFinal ? Carries[r.Number].Output : r.Number));
        var carries = new SortedSet<int>(results.Where(r => r.IsFinal).Select(r => r.Number));
        int known;
        do
        {
            known = outputs.Count + carries.Count;
            var read = Reached(outputs.Select(o => Body.Outputs[o].Value));
            for (var i = 0; i < Carries.Count; i++)
            {
                if (read.Contains(Carries[i].Input) || carries.Contains(i))
                {
                    carries.Add(i);
                    outputs.Add(Carries[i].Output);
                }
            }
        }
        while (outputs.Count + carries.Count > known);
        var (keptOutputs, keptCarries) = (outputs.ToList(), carries.ToList());
        var body = Body with { Outputs = keptOutputs.Select(o => Body.Outputs[o]).ToEquatableArray() };
        return this with
        {
            Body = body.Rewrite((builder, node, inputs) => builder.Apply(node.Operation, inputs)),
            Carries = keptCarries.Select(c => Carries[c] with { Output = keptOutputs.IndexOf(Carries[c].Output) }).ToEquatableArray(),
            Results = results.Select(r =>
                r with { Number = r.IsFinal ? keptCarries.IndexOf(r.Number) : keptOutputs.IndexOf(r.Number) }).ToEquatableArray(),
        };
    }

    /// <summary>The same of any layer that computes it: where its nodes came from is left out.</summary>
    public LoopProgram WithoutNames() => this with
    {
        Body = Body with
        {
            Nodes = Body.Nodes.Select(node => node with { Origin = new Origin("", node.Origin.IsGradient) }).ToEquatableArray(),
        },
    };

    /// <summary>The inputs that some values of the body are computed from.</summary>
    private HashSet<int> Reached(IEnumerable<int> values)
    {
        var needed = new HashSet<int>(values);
        for (var i = Body.Nodes.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(i))
                needed.UnionWith(Body[i].Inputs);
        }
        return [.. needed.Select(i => Body[i].Operation).OfType<LoopLeaf>().Select(leaf => leaf.Index)];
    }
}
