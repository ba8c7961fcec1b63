namespace NetGen.Generator.Graph;

/// <summary>What a backward rule sees.</summary>
internal sealed record BackwardContext(
    GraphBuilder Graph, IReadOnlyList<Value> Inputs, Value Result, Value Gradient)
{
    /// <summary>The only input of an operation that has one.</summary>
    public Value Input => Inputs[0];

    /// <summary>The gradients by some values of one in another graph, from its own: for operations that have a graph inside.</summary>
    public Func<GraphBuilder, Value, Value, Func<Node, bool>, Value?[]>? Differentiate { get; init; }
}
