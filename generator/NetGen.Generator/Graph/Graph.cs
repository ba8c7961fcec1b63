using NetGen.Generator.Common;

namespace NetGen.Generator.Graph;

/// <summary>
/// One operation applied to earlier values; the node and the one value it makes share the number. Origin is where it came
/// from in the user's class, for kernels and comments to be called after.
/// </summary>
internal sealed record Node(int Id, Operation Operation, EquatableArray<int> Inputs, TensorType Type, Origin Origin)
{
    /// <summary>"features_0", or "d_features_0" of a gradient.</summary>
    public string Name => Origin.ToString();
}

/// <summary>
/// What a value of the graph is for: "result" (of a method that returns a tuple several, with the names of its elements), "loss", "correct"
/// (the share of a sample's answers that is right, one output for each classification, by the name of what it classifies), or "update" (a
/// weight or state changed in place).
/// </summary>
internal sealed record GraphOutput(string Role, int Value, string Name = "");

/// <summary>
/// A tensor program in static single assignment: the nodes in an order in which they can be computed (Nodes[i].Id == i), and
/// the values that leave it.
/// </summary>
internal sealed record TensorGraph(EquatableArray<Node> Nodes, EquatableArray<GraphOutput> Outputs)
{
    public Node this[int value] => Nodes[value];

    /// <summary>What is said of right and wrong, in the order of the names.</summary>
    public IEnumerable<GraphOutput> Correct => Outputs.Where(o => o.Role == "correct").OrderBy(o => o.Name, StringComparer.Ordinal);

    /// <summary>What a method gives, in its order.</summary>
    public IEnumerable<GraphOutput> Results => Outputs.Where(o => o.Role == "result");

    public int Output(string role) => Outputs.Single(o => o.Role == role).Value;

    /// <summary>The value whose memory a value is: itself, or what it is a reshaped view of.</summary>
    public int RootOf(int value)
    {
        while (this[value].Operation.IsAlias)
            value = this[value].Inputs[0];
        return value;
    }

    /// <summary>No operands and no memory, itself or what it is a view of: repeated in every kernel that needs it.</summary>
    public bool IsRematerialized(int value)
    {
        var root = this[RootOf(value)];
        return root.Inputs.Count == 0 && !root.Operation.IsStored && !root.Operation.IsMadeOnce;
    }

    /// <summary>For each value the nodes that read it, in order.</summary>
    public List<Node>[] Users()
    {
        var users = new List<Node>[Nodes.Count];
        for (var i = 0; i < users.Length; i++)
            users[i] = [];
        foreach (var node in Nodes)
        {
            foreach (var input in node.Inputs.Distinct())
                users[input].Add(node);
        }
        return users;
    }

    /// <summary>The graph with each node replaced by what <paramref name="rewrite"/> makes of it and of its rewritten operands.</summary>
    public TensorGraph Rewrite(Func<GraphBuilder, Node, Value[], Value> rewrite, CancellationToken cancellation = default) =>
        Rewrite(Nodes, rewrite, cancellation);

    /// <summary>The same graph with its nodes in another order in which they can be computed.</summary>
    public TensorGraph InOrder(IEnumerable<Node> order, CancellationToken cancellation = default) =>
        Rewrite(order, (builder, node, inputs) => builder.Apply(node.Operation, inputs), cancellation);

    private TensorGraph Rewrite(IEnumerable<Node> order, Func<GraphBuilder, Node, Value[], Value> rewrite, CancellationToken cancellation)
    {
        var builder = new GraphBuilder();
        var values = new Value[Nodes.Count];
        foreach (var node in order.Until(cancellation))
        {
            builder.Scope = node.Origin;
            values[node.Id] = rewrite(builder, node, node.Inputs.Select(i => values[i]).ToArray());
        }
        foreach (var output in Outputs)
            builder.Output(output, values[output.Value]);
        return builder.Build();
    }

    /// <summary>One line a node: "%7 features_1 = Relu(%6) : [B, 26, 26, 32]".</summary>
    public override string ToString()
    {
        var lines = Nodes.Select(n =>
            $"%{n.Id} {n.Name} = {n.Operation.Title}({string.Join(", ", n.Inputs.Select(i => "%" + i))}) : {n.Type}");
        return string.Join("\n", lines.Concat(Outputs.Select(o => $"{o.Role}: %{o.Value}")));
    }
}
