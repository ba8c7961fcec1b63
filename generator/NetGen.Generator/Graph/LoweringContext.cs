namespace NetGen.Generator.Graph;

/// <summary>What a lowering sees of its node.</summary>
internal sealed record LoweringContext(IReadOnlyList<TensorType> Inputs, TensorType Result)
{
    /// <summary>The body of a node of a graph.</summary>
    public static KernelBody Lower(TensorGraph graph, Node node) =>
        node.Operation.Lower(new LoweringContext(node.Inputs.Select(i => graph[i].Type).ToArray(), node.Type));
}
