using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>
/// The cell of a recurrent layer as a Scan, for what the kernels of <see cref="Recurrence"/> do not have: states that a call gives, cells
/// as results, peepholes, projections, the
/// reset before the product, the same dropout at all steps.
/// </summary>
internal sealed class RecurrentCell(
    GraphBuilder graph, string name, CellKind kind, int units, RecurrentOptions options, Value weight, Value? bias, Value? peepholes,
    Value? projection)
{
    /// <summary>The states at each step: h, and of an LSTM c.</summary>
    /// <param name="g">The projections of x.</param>
    /// <param name="initial">The states before the first step; null: zeros.</param>
    /// <param name="isReverse">From the last step to the first.</param>
    public Value[] Over(Value g, IReadOnlyList<Value>? initial, bool isReverse)
    {
        var width = options.Projection > 0 ? options.Projection : units;
        Value mask = default;
        if (options.RecurrentDropout > 0)
            mask = RecurrentOptions.Mask(graph, options.RecurrentDropout, TensorType.PerSample(width));
        initial ??= [.. new[] { width, units }.Take(kind == CellKind.Lstm ? 2 : 1).Select(n =>
            graph.Apply(new BroadcastTo(TensorType.Shared(n)), graph.Constant(0)))];
        return ScanFunction.Apply(graph, name, initial, g, isReverse, (states, step) =>
        {
            var h = options.RecurrentDropout > 0 ? graph.Multiply(states[0], mask) : states[0];
            return kind switch
            {
                CellKind.Lstm => Lstm(step, h, states[1]),
                CellKind.Gru => [Gru(step, h, states[0])],
                CellKind.Tanh => [graph.Map("Tanh", graph.Add(step, Product(h, weight)))],
                _ => [graph.Map("Relu", graph.Add(step, Product(h, weight)))],
            };
        });
    }

    private Value Product(Value x, Value matrix) => graph.Apply(new MatMul(), x, matrix);

    private Value Gate(Value all, int gate) => graph.Slice(all, 0, gate * units, units);

    private Value Seen(Value gate, Value cell, int number) =>
        peepholes is { } all ? graph.Add(gate, graph.Multiply(cell, Gate(all, number))) : gate;

    /// <summary>Gates i, f, j, o; peepholes i, f, o.</summary>
    private Value[] Lstm(Value g, Value h, Value c)
    {
        var gates = graph.Add(g, Product(h, weight));
        var input = graph.Map("Sigmoid", Seen(Gate(gates, 0), c, 0));
        var forget = graph.Map("Sigmoid", Seen(Gate(gates, 1), c, 1));
        var cell = graph.Add(graph.Multiply(forget, c), graph.Multiply(input, graph.Map("Tanh", Gate(gates, 2))));
        var state = graph.Multiply(graph.Map("Sigmoid", Seen(Gate(gates, 3), cell, 2)), graph.Map("Tanh", cell));
        return [projection is { } matrix ? Product(state, matrix) : state, cell];
    }

    /// <summary>Gates r, z, n.</summary>
    private Value Gru(Value g, Value h, Value last)
    {
        Value reset, update, ofState;
        if (options.ResetAfter)
        {
            var u = Product(h, weight);
            if (bias is { } b)
                u = graph.Add(u, b);
            reset = graph.Map("Sigmoid", graph.Add(Gate(g, 0), Gate(u, 0)));
            update = graph.Map("Sigmoid", graph.Add(Gate(g, 1), Gate(u, 1)));
            ofState = graph.Multiply(reset, Gate(u, 2));
        }
        else
        {
            var u = Product(h, graph.Slice(weight, 1, 0, 2 * units));
            reset = graph.Map("Sigmoid", graph.Add(Gate(g, 0), Gate(u, 0)));
            update = graph.Map("Sigmoid", graph.Add(Gate(g, 1), Gate(u, 1)));
            ofState = Product(graph.Multiply(reset, h), graph.Slice(weight, 1, 2 * units, units));
        }
        var candidate = graph.Map("Tanh", graph.Add(Gate(g, 2), ofState));
        return graph.Add(candidate, graph.Multiply(update, graph.Map("Subtract", last, candidate)));
    }
}
