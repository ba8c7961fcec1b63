using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Loops;

/// <summary>
/// Scan: a cell of the user's, or of a recurrent layer, over the steps of sequences. The cell is read once, of operands that stand for the
/// states and x at any step.
/// What it computes of x alone by products is computed for all steps at once, before the loop.
/// </summary>
internal static class ScanFunction
{
    /// <summary>The states at all steps: as steps of x, or along its axis of steps.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="function">Who asks, for messages.</param>
    /// <param name="initial">The states before the first step, vectors.</param>
    /// <param name="x">The rows of a [Sequence], or [steps, width].</param>
    /// <param name="isReverse">From the last step to the first.</param>
    /// <param name="cell">The states and x of a step to the next states.</param>
    public static Value[] Apply(
        GraphBuilder graph, string function, IReadOnlyList<Value> initial, Value x, bool isReverse, Func<Value[], Value, Value[]> cell)
    {
        Numbers.Check(function, "x", x.Type);
        if (!x.Type.HasSteps() && !(x.Type.Rows == RowSpace.Samples && x.Type.Rank == 2))
        {
            throw new LanguageException("NG0401",
                $"{function} is over the steps of a sequence: of a [Sequence], or of [steps, width]; got {(x.Type.Rank == 0 ? "a single number" : x.Type.Shape)}{(x.Type.Batched ? "" : " without a batch")}.", "x");
        }
        foreach (var type in initial.Select(s => s.Type))
        {
            Numbers.Check(function, "initial", type);
            if (type.Rank != 1 || type.Rows.IsSteps)
            {
                throw new LanguageException("NG0401",
                    $"{function} starts from vectors of numbers, [units], the same for all samples or one for each; got {(type.Rank == 0 ? "a single number" : type.Shape)}{(type.Rows.IsSteps ? $" for each step of '{type.Rows}'" : "")}.", "initial");
            }
        }
        var widths = initial.Select(s => s.Type.Dims[0]).ToArray();
        var ofStep = x.Type.HasSteps() ? x.Type with { Rows = RowSpace.Samples } : x.Type.WithDims(x.Type.Dims.Skip(1));
        var (start, scope, outer) = (graph.Nodes.Count, graph.Scope, graph.Guard);
        // The states stand beside each other in one vector, so that a loop has one state and its gradient is one loop too.
        var state0 = graph.Apply(new LoopLeaf(start, 0, TensorType.PerSample(widths.Sum())));
        var x0 = graph.Apply(new LoopLeaf(start, 1, ofStep));
        var guard = new CellGuard();
        guard.Add(state0);
        guard.Add(x0);
        graph.Guard = guard.Check;
        Value state;
        try
        {
            var next = cell(Parts(graph, state0, 0, widths), x0);
            graph.Scope = scope;
            state = Joined(graph, guard, function, next, widths);
        }
        finally
        {
            (graph.Guard, graph.Scope) = (outer, scope);
        }
        var loop = new CellReader(graph, guard, state0, x0, x, isReverse).Read(state, Initial(graph, initial));
        return Parts(graph, loop, loop.Type.Rank - 1, widths);
    }

    private static Value[] Parts(GraphBuilder graph, Value all, int axis, int[] widths)
    {
        var parts = new Value[widths.Length];
        for (int i = 0, at = 0; i < parts.Length; at += widths[i], i++)
            parts[i] = graph.Slice(all, axis, at, widths[i]);
        return parts;
    }

    private static Value Joined(GraphBuilder graph, CellGuard guard, string function, Value[] next, int[] widths)
    {
        if (next.Length != widths.Length)
            throw new LanguageException("NG0402", Text.Invariant($"The cell of {function} gives {next.Length} states; there are {widths.Length}."), "cell");
        for (var i = 0; i < next.Length; i++)
        {
            Numbers.Check(function, "cell", next[i].Type);
            if (next[i].Type.Rank != 1 || next[i].Type.Dims[0] != widths[i])
            {
                throw new LanguageException("NG0402",
                    $"The cell of {function} makes a state of {next[i].Type.Shape} from one of [{widths[i].ToString(System.Globalization.CultureInfo.InvariantCulture)}]: the next state has the size of the one before it.", "cell");
            }
            if (!guard.Contains(next[i]))
                throw new LanguageException("NG0417", $"The cell of {function} gives a state that depends neither on a state nor on x.", "cell");
        }
        return next.Length == 1 ? next[0] : graph.Apply(new Concat.Concat(0), next);
    }

    /// <summary>A row for each sample; null: zeros, which is how a loop starts by itself.</summary>
    private static Value? Initial(GraphBuilder graph, IReadOnlyList<Value> initial)
    {
        if (initial.All(s => graph.IsConstant(s) && graph.ConstantIn(s) == 0))
            return null;
        var rows = initial.Select(s => s.Type.Batched
            ? s
            : graph.Apply(new BroadcastTo(s.Type with { Rows = RowSpace.Samples }), s)).ToArray();
        return rows.Length == 1 ? rows[0] : graph.Apply(new Concat.Concat(0), rows);
    }

    /// <summary>A number, or a tensor of one.</summary>
    public static bool IsConstant(this GraphBuilder graph, Value value) => graph.Nodes[value.Id].Operation is Constant
        || (graph.Nodes[value.Id].Operation is BroadcastTo && graph.IsConstant(graph[graph.Nodes[value.Id].Inputs[0]]));

    /// <summary>A mask that keeps everything.</summary>
    public static bool IsOne(this GraphBuilder graph, Value value) => graph.IsConstant(value) && graph.ConstantIn(value) == 1;

    private static float ConstantIn(this GraphBuilder graph, Value value) => graph.Nodes[value.Id].Operation is Constant constant
        ? constant.Number
        : graph.ConstantIn(graph[graph.Nodes[value.Id].Inputs[0]]);
}
