using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Loops;

/// <summary>
/// The gradient of a loop is the loop the other way round, whose body is the backward rules of its body: it carries the gradient of the
/// state. The body is computed again
/// of the state before it, but for its products, with what is added to them, which the loop forward has kept. What weights get from all
/// steps is one product, or one
/// sum, over all of them behind the loop.
/// </summary>
internal sealed class LoopGradient
{
    private readonly StepLoop loop;
    private readonly BackwardContext context;
    private readonly GraphBuilder rules = new();
    private readonly List<LoopInput> inputs = [];
    private readonly List<Value> operands;
    private readonly List<Value> outputs = [];
    private readonly List<LoopCarry> carries = [];
    private readonly List<LoopResult> results = [];

    private LoopGradient(StepLoop loop, BackwardContext context)
    {
        (this.loop, this.context) = (loop, context);
        operands = [.. context.Inputs.Take(context.Inputs.Count - Spans)];
    }

    private LoopProgram Program => loop.Program;

    private int Spans => Program.OfSteps ? 1 : 0;

    public static Value?[] Of(StepLoop loop, BackwardContext context) => new LoopGradient(loop, context).Run();

    private Value?[] Run()
    {
        var body = Program.Body;
        var state = Program.Inputs[Program.Carries[0].Input].Type;
        var dState = Leaf(new LoopInput(LoopInputKind.Carry, state, -1));
        var dy = Leaf(new LoopInput(LoopInputKind.Step, state, Operand(context.FullGradient)));
        var y = Operand(context.Result);
        // The body again; of a weight that is no matrix of a product a row for each sequence, so that there is a gradient for each.
        var leaves = Program.Inputs.Select(input => input.Kind == LoopInputKind.Carry
            ? Leaf(new LoopInput(LoopInputKind.Next, input.Type, y, input.Operand))
            : Leaf(input)).ToArray();
        var rows = leaves.Select((leaf, i) => Program.Inputs[i].Kind == LoopInputKind.Shared
            ? rules.Apply(new BroadcastTo(leaf.Type with { Rows = RowSpace.Samples }), leaf)
            : leaf).ToArray();
        var values = new Value[body.Nodes.Count];
        var products = new List<(Node Node, Value Value)>();
        foreach (var node in body.Nodes)
        {
            rules.Scope = node.Origin;
            if (node.Operation is LoopLeaf leaf)
            {
                values[node.Id] = rows[leaf.Index];
                continue;
            }
            var isProduct = node.Operation is MatMul;
            values[node.Id] = rules.Apply(node.Operation, [.. node.Inputs.Select((input, i) =>
                isProduct && i == 1 && body[input].Operation is LoopLeaf weight ? leaves[weight.Index] : values[input])]);
            if (isProduct)
                products.Add((node, values[node.Id]));
        }
        var of = values[body.Outputs[Program.Carries[0].Output].Value];
        var wanted = new HashSet<int>(rows.Select(row => row.Id));
        var gradients = context.Differentiate!(rules, of, rules.Add(dState, dy), node => wanted.Contains(node.Id));
        Value? Gradient(Value value) => value.Id < gradients.Length && gradients[value.Id] is { } gradient
            ? Full(rules, gradient, value.Type)
            : null;

        var before = leaves[Program.Carries[0].Input];
        carries.Add(new LoopCarry(0, Output(Gradient(before) ?? Full(rules, rules.Constant(0), state))));
        var parts = new List<Func<StepLoopResults, (int Operand, Value Gradient)>>();
        for (var i = 0; i < rows.Length; i++)
        {
            var input = Program.Inputs[i];
            if (input.Operand < 0 || (input.Kind != LoopInputKind.Carry && Gradient(rows[i]) is null))
                continue;
            if (input.Kind == LoopInputKind.Carry)
            {
                var initial = Final(0);
                parts.Add(all => (input.Operand, all(initial)));
                continue;
            }
            var gradient = Gradient(rows[i])!.Value;
            if (input.Kind == LoopInputKind.Sample)
            {
                var sum = Leaf(new LoopInput(LoopInputKind.Carry, input.Type, -1));
                carries.Add(new LoopCarry(inputs.Count - 1, Output(rules.Add(sum, gradient))));
                var final = Final(carries.Count - 1);
                parts.Add(all => (input.Operand, all(final)));
                continue;
            }
            var steps = EachStep(gradient);
            parts.Add(input.Kind == LoopInputKind.Step
                ? all => (input.Operand, all(steps))
                : all => (input.Operand, context.Graph.SumTo(all(steps), input.Type)));
        }
        foreach (var (node, product) in products.Where(p => body[p.Node.Inputs[1]].Operation is LoopLeaf && Gradient(p.Value) is not null))
        {
            var weight = Program.Inputs[((LoopLeaf)body[node.Inputs[1]].Operation).Index];
            var (x, d) = (EachStep(values[node.Inputs[0]]), EachStep(Gradient(product)!.Value));
            parts.Add(all => (weight.Operand, context.Graph.Apply(new MatMulWeightGradient(), all(x), all(d))));
        }

        var program = new LoopProgram(
            Kept([.. Program.Results.Skip(1).Select(r => values[body.Outputs[r.Number].Value].Id)]), inputs.ToEquatableArray(), carries.ToEquatableArray(), results.ToEquatableArray(), Program.Rows, Program.Steps,
            !Program.IsReverse);
        Value[] all = [.. operands, .. context.Inputs.Skip(context.Inputs.Count - Spans)];
        var found = new Value?[context.Inputs.Count];
        foreach (var part in parts)
        {
            var (operand, gradient) = part(result => context.Graph.Apply(new StepLoop(program, result) { IsGradient = true }, all));
            found[operand] = found[operand] is { } sum ? context.Graph.Add(sum, gradient) : gradient;
        }
        return found;
    }

    private delegate Value StepLoopResults(int result);

    private int Operand(Value value)
    {
        operands.Add(value);
        return operands.Count - 1;
    }

    private Value Leaf(LoopInput input)
    {
        inputs.Add(input);
        return rules.Apply(new LoopLeaf(0, inputs.Count - 1, input.Type));
    }

    private int Output(Value value)
    {
        var known = outputs.IndexOf(value);
        if (known >= 0)
            return known;
        outputs.Add(value);
        return outputs.Count - 1;
    }

    private int EachStep(Value value) => Result(new LoopResult(false, Output(value)));

    private int Final(int carry) => Result(new LoopResult(true, carry));

    private int Result(LoopResult result)
    {
        if (!results.Contains(result))
            results.Add(result);
        return results.IndexOf(result);
    }

    /// <summary>
    /// The graph of the backward rules, with products read as the loop forward has kept them, and with what is computed of weights alone, a
    /// transposed matrix, as an operand that is computed once.
    /// </summary>
    /// <param name="kept">The values of further results.</param>
    private TensorGraph Kept(IReadOnlyList<int> kept)
    {
        var builder = new GraphBuilder();
        var nodes = rules.Nodes;
        var values = new Value?[nodes.Count];
        // Of what has no rows: its value outside of the loop, and whether that is of weights.
        var outside = new (Value Value, bool IsOfWeights)?[nodes.Count];
        var numbers = kept.Select((value, i) => (value, Result: i + 1)).ToDictionary(p => p.value, p => p.Result);
        foreach (var node in nodes)
        {
            builder.Scope = node.Origin;
            if (node.Operation is LoopLeaf leaf)
            {
                values[node.Id] = builder.Apply(leaf);
                if (inputs[leaf.Index] is { Kind: LoopInputKind.Shared, Operand: var operand })
                    outside[node.Id] = (operands[operand], true);
            }
            else if (node.Type.Batched)
            {
                if (numbers.TryGetValue(node.Id, out var result))
                {
                    var operand = Operand(context.Graph.Apply(loop with { Result = result }, [.. context.Inputs]));
                    inputs.Add(new LoopInput(LoopInputKind.Step, node.Type, operand));
                    values[node.Id] = builder.Apply(new LoopLeaf(0, inputs.Count - 1, node.Type));
                }
                else if (node.Inputs.All(i => values[i] is not null || outside[i] is not null))
                {
                    values[node.Id] = builder.Apply(node.Operation, [.. node.Inputs.Select(i => Inside(builder, i, values, outside))]);
                }
            }
            else if (node.Inputs.All(i => outside[i] is not null))
            {
                var value = context.Graph.Apply(node.Operation, [.. node.Inputs.Select(i => outside[i]!.Value.Value)]);
                outside[node.Id] = (value, node.Inputs.Any(i => outside[i]!.Value.IsOfWeights));
            }
        }
        foreach (var output in outputs)
            builder.Output("result", Inside(builder, output.Id, values, outside));
        return builder.Build();
    }

    private Value Inside(GraphBuilder builder, int node, Value?[] values, (Value Value, bool IsOfWeights)?[] outside)
    {
        if (values[node] is { } known)
            return known;
        var (value, isOfWeights) = outside[node]!.Value;
        if (isOfWeights)
        {
            inputs.Add(new LoopInput(LoopInputKind.Shared, value.Type, Operand(value)));
            known = builder.Apply(new LoopLeaf(0, inputs.Count - 1, value.Type));
        }
        else
        {
            var constant = rules.Nodes[node];
            known = builder.Apply(constant.Operation, [.. constant.Inputs.Select(i => Inside(builder, i, values, outside))]);
        }
        values[node] = known;
        return known;
    }

    private static Value Full(GraphBuilder graph, Value gradient, TensorType type) =>
        gradient.Type == type ? gradient : graph.Apply(new BroadcastTo(type), gradient);
}
