using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Loops;

/// <summary>Takes the nodes of a cell out of the graph that they were added to, as the body of a loop.</summary>
internal sealed class CellReader(GraphBuilder graph, CellGuard guard, Value state, Value xOfStep, Value x, bool isReverse)
{
    private readonly GraphBuilder body = new();
    private readonly List<LoopInput> inputs = [];
    private readonly List<Value> operands = [];
    private readonly Dictionary<int, Value> values = [];

    /// <summary>What is computed of x alone, for all steps at once.</summary>
    private readonly Dictionary<int, Value> ofAllSteps = [];

    /// <summary>The loop's states.</summary>
    /// <param name="next">What the cell gives.</param>
    /// <param name="initial">The state before the first step; null: zeros.</param>
    public Value Read(Value next, Value? initial)
    {
        var initialOperand = initial is { } first ? Operand(first) : -1;
        values[state.Id] = Leaf(new LoopInput(LoopInputKind.Carry, state.Type, initialOperand));
        ofAllSteps[xOfStep.Id] = x;
        var needed = new HashSet<int> { next.Id };
        for (var i = next.Id; i >= state.Id; i--)
        {
            if (needed.Contains(i) && guard.Contains(graph[i]))
                needed.UnionWith(graph.Nodes[i].Inputs);
        }
        var scope = graph.Scope;
        var cell = graph.Nodes.Skip(state.Id).Where(n => needed.Contains(n.Id) && guard.Contains(graph[n.Id])).ToArray();
        foreach (var node in cell.Where(IsOfAllSteps))
        {
            graph.Scope = node.Origin;
            var read = node.Inputs.Select(i => ofAllSteps.TryGetValue(i, out var all) ? all : graph[i]);
            ofAllSteps[node.Id] = graph.Apply(node.Operation, [.. read]);
        }
        graph.Scope = scope;
        foreach (var node in cell)
        {
            if (!values.ContainsKey(node.Id) && !(ofAllSteps.ContainsKey(node.Id) && IsWorthIt(node)) && node.Operation is not LoopLeaf)
                values[node.Id] = Inside(node);
        }
        body.Output("result", Read(next.Id));
        // What a gradient reads instead of computing it again.
        var kept = body.Nodes.Where(n => n.Operation is MatMul).Select(n => WithSummands(n.Id)).Distinct().ToArray();
        foreach (var value in kept)
            body.Output("result", body[value]);
        var (ofSteps, results) = (x.Type.HasSteps(), Enumerable.Range(0, kept.Length + 1).Select(i => new LoopResult(false, i)));
        var program = new LoopProgram(
            body.Build(), inputs.ToEquatableArray(), EquatableArray.Create(new LoopCarry(0, 0)), results.ToEquatableArray(),
            ofSteps ? x.Type.Rows : RowSpace.Samples, ofSteps ? 0 : x.Type.Dims[0], isReverse);
        return graph.Apply(new StepLoop(program, 0), [.. operands, .. ofSteps ? [graph.Spans(x.Type.Rows)] : Array.Empty<Value>()]);
    }

    /// <summary>A product, or the sum that it goes into and nothing else does: what else is in that needs not be read again then.</summary>
    private int WithSummands(int value)
    {
        while (value != body.Outputs[0].Value
            && body.Nodes.Where(n => n.Inputs.Contains(value)).ToArray() is [{ Operation: Elementwise.Elementwise { Function: "Add" } } sum]
            && sum.Type == body[value].Type)
        {
            value = sum.Id;
        }
        return value;
    }

    /// <summary>
    /// Functions of single elements, and products, are the same of a step and of all. Is asked in the order of the nodes.
    /// </summary>
    private bool IsOfAllSteps(Node node) => node is { Type.Rank: 1, Operation: MatMul or Elementwise.Elementwise }
        && node.Inputs.Any(i => ofAllSteps.ContainsKey(i))
        && node.Inputs.All(i => ofAllSteps.ContainsKey(i)
            || (!guard.Contains(graph[i]) && !graph[i].Type.Batched && (graph[i].Type.Rank <= 1 || node.Operation is MatMul)));

    /// <summary>Whether there is a product in it: anything else costs less than memory for all steps.</summary>
    private bool IsWorthIt(Node node) => node.Operation is MatMul
        || node.Inputs.Any(i => i != xOfStep.Id && ofAllSteps.ContainsKey(i) && IsWorthIt(graph.Nodes[i]));

    private Value Inside(Node node)
    {
        body.Scope = node.Origin;
        var read = node.Inputs.Select(Read).ToArray();
        body.Scope = node.Origin;
        return body.Apply(node.Operation, read);
    }

    /// <summary>A value in the body; what is computed outside of the cell becomes an operand.</summary>
    private Value Read(int id)
    {
        if (values.TryGetValue(id, out var known))
            return known;
        var value = graph[id];
        if (guard.Contains(value))
            return values[id] = Leaf(new LoopInput(LoopInputKind.Step, value.Type, Operand(ofAllSteps[id])));
        body.Scope = graph.Nodes[id].Origin;
        if (graph.IsConstant(value))
            return values[id] = body.Apply(graph.Nodes[id].Operation, [.. graph.Nodes[id].Inputs.Select(Read)]);
        var kind = value.Type.Batched ? LoopInputKind.Sample : LoopInputKind.Shared;
        return values[id] = Leaf(new LoopInput(kind, value.Type, Operand(value)));
    }

    private Value Leaf(LoopInput input)
    {
        inputs.Add(input);
        return body.Apply(new LoopLeaf(0, inputs.Count - 1, input.Type));
    }

    private int Operand(Value value)
    {
        var known = operands.IndexOf(value);
        if (known >= 0)
            return known;
        operands.Add(value);
        return operands.Count - 1;
    }
}
