namespace NetGen.Generator.Graph;

/// <summary>What an operation's rule of training sees: the graph of the step, and what the step makes of the network's state.</summary>
/// <param name="graph">The graph under construction.</param>
/// <param name="changes">Whether the step may change a leaf, by its name.</param>
/// <param name="isFrozen">Whether no step may.</param>
internal sealed class TrainingContext(GraphBuilder graph, Func<string, bool> changes, Func<string, bool> isFrozen)
{
    private readonly Dictionary<string, Value> assigned = [];

    public GraphBuilder Graph { get; } = graph;

    /// <summary>What the state is at the end of the step, by name.</summary>
    public IReadOnlyDictionary<string, Value> Assigned => assigned;

    /// <summary>
    /// Changes state: to <paramref name="next"/> of what it is so far. A layer that is called twice in a step changes it twice, one after
    /// the other.
    /// </summary>
    public void Change(Value state, Func<Value, Value> next)
    {
        var name = NameOf(state);
        if (changes(name))
            assigned[name] = next(assigned.TryGetValue(name, out var current) ? current : state);
    }

    /// <summary>Whether state belongs to a layer that its user has frozen.</summary>
    public bool IsFrozen(Value state) => isFrozen(NameOf(state));

    private string NameOf(Value state) => Graph.Nodes[state.Id].Operation.StateName
        ?? throw new InvalidOperationException($"%{state.Id} is no state of the network.");
}
