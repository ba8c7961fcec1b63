using NetGen.Generator.Common;

namespace NetGen.Generator.Graph;

/// <summary>A value under construction: its number and type in one builder.</summary>
internal readonly record struct Value(int Id, TensorType Type);

/// <summary>
/// Appends nodes to a graph. The same operation on the same values is the same node (operations have no side effects,
/// apart from updates, which differ by parameter), so common subexpressions never come into being.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> nodes = [];
    private readonly List<GraphOutput> outputs = [];
    private readonly Dictionary<(Operation, EquatableArray<int>), int> known = [];
    private readonly Dictionary<string, TargetRange> ranges = [];

    /// <summary>What nodes are named after until it changes.</summary>
    public Origin Scope { get; set; } = "";

    public IReadOnlyList<Node> Nodes => nodes;

    public IReadOnlyList<GraphOutput> Outputs => outputs;

    /// <summary>What operations noticed; who applies them takes them out.</summary>
    public List<GraphHint> Hints { get; } = [];

    public void Hint(GraphHint hint) => Hints.Add(hint);

    /// <summary>
    /// Sees each operation, its result's type and its operands before they become a node; what it throws is at the expression that adds
    /// them.
    /// </summary>
    public Action<GraphBuilder, Operation, TensorType, IReadOnlyList<Value>>? Guard { get; set; }

    public Value this[int id] => new(id, nodes[id].Type);

    /// <summary>Applies an operation; its shape rule throws <see cref="LanguageException"/> where the operands do not fit.</summary>
    public Value Apply(Operation operation, params Value[] inputs)
    {
        var key = (operation, inputs.Select(i => i.Id).ToEquatableArray());
        if (known.TryGetValue(key, out var id))
            return this[id];
        var types = inputs.Select(i => i.Type).ToArray();
        if (!operation.CrossesSteps)
            _ = types.Aggregate(RowSpace.None, (rows, t) => rows.With(t.Rows));
        var type = operation.Infer(types);
        CheckIndices(operation, types, inputs);
        Guard?.Invoke(this, operation, type, inputs);
        id = nodes.Count;
        nodes.Add(new Node(id, operation, key.Item2, type, Scope));
        known.Add(key, id);
        return new Value(id, type);
    }

    /// <summary>
    /// Indices from outside are checked when they come; those that are computed are in range by what computes them, or this is none.
    /// </summary>
    private void CheckIndices(Operation operation, TensorType[] types, Value[] inputs)
    {
        if (operation.IndexLimit(types) is not { } limit)
            return;
        foreach (var input in inputs.Where(i => i.Type.Element == ElementType.Int32))
        {
            var of = nodes[input.Id];
            if (of.Operation.IndexCount(of.Inputs.Select(i => nodes[i].Type).ToArray()) is { } count && count > limit)
            {
                throw new LanguageException(
                    "NG0413", Text.Invariant($"These indices are from 0 to {count - 1}, for they name places among {count}; here there are {limit}, and an index must be from 0 to {limit - 1}."));
            }
        }
    }

    public void Output(string role, Value value, string name = "") => outputs.Add(new GraphOutput(role, value.Id, name));

    /// <summary>The output of another graph, as this value.</summary>
    public void Output(GraphOutput like, Value value) => Output(like.Role, value, like.Name);

    /// <summary>The classification losses so far, whether or not they become part of the objective.</summary>
    public List<Classification> Classifications { get; } = [];

    /// <summary>A loss asks for an input's numbers to be in a range.</summary>
    public void Expect(string input, TargetRange range) => ranges[input] = range.And(RangeOf(input));

    /// <summary>What losses ask of an input; null: nothing.</summary>
    public TargetRange? RangeOf(string input) => ranges.TryGetValue(input, out var range) ? range : null;

    /// <summary>The graph so far, without nodes that no output needs, renumbered.</summary>
    public TensorGraph Build()
    {
        var live = new bool[nodes.Count];
        foreach (var output in outputs)
            live[output.Value] = true;
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (!live[i])
                continue;
            foreach (var input in nodes[i].Inputs)
                live[input] = true;
        }
        var renumbered = new int[nodes.Count];
        var kept = new List<Node>();
        foreach (var node in nodes.Where(n => live[n.Id]))
        {
            renumbered[node.Id] = kept.Count;
            kept.Add(node with { Id = kept.Count, Inputs = node.Inputs.Select(i => renumbered[i]).ToEquatableArray() });
        }
        return new TensorGraph(
            kept.ToEquatableArray(),
            outputs.Select(o => o with { Value = renumbered[o.Value] }).ToEquatableArray());
    }
}
