namespace NetGen.Generator.Graph;

/// <summary>What a backward rule sees.</summary>
internal sealed record BackwardContext(
    GraphBuilder Graph, IReadOnlyList<Value> Inputs, Value Result, Value Gradient)
{
    /// <summary>The only input of an operation that has one.</summary>
    public Value Input => Inputs[0];
}
