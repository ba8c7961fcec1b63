using NetGen.Generator.Common;

namespace NetGen.Generator.Graph;

/// <summary>Checks what every pass relies on; a failure is a bug of the pass before.</summary>
internal static class GraphVerifier
{
    public static void Verify(TensorGraph graph, CancellationToken cancellation = default)
    {
        foreach (var i in Enumerable.Range(0, graph.Nodes.Count).Until(cancellation))
        {
            var node = graph[i];
            if (node.Id != i)
                throw new InvalidOperationException($"Node {i} is numbered {node.Id}.\n{graph}");
            if (node.Inputs.Any(input => input < 0 || input >= i))
                throw new InvalidOperationException($"%{i} reads a value that is not computed before it.\n{graph}");
            var inferred = node.Operation.Infer(node.Inputs.Select(input => graph[input].Type).ToArray());
            if (inferred != node.Type)
                throw new InvalidOperationException($"%{i} {node.Operation.Title} is typed {node.Type}; its shape rule says {inferred}.\n{graph}");
        }
        if (graph.Outputs.Any(o => o.Value < 0 || o.Value >= graph.Nodes.Count))
            throw new InvalidOperationException($"An output names a value that does not exist.\n{graph}");
    }
}
