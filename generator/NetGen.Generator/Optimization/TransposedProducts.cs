using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;

namespace NetGen.Generator.Optimization;

/// <summary>
/// A product with a transposed weight reads the weight itself: each worker transposes the columns of a tile when it comes to them, into memory that stays in its
/// cache, instead of all of the weight going to memory and back. In a training step they are the rows that the worker has changed before (<see cref="OwnedWeights"/>).
/// A GPU reads an operand in either order.
/// </summary>
internal static class TransposedProducts
{
    /// <summary>Squares of this many rows and columns are transposed in registers, whatever the width of a vector.</summary>
    private const int Square = 16;

    /// <summary>For a processor: weights that are made of such squares.</summary>
    public static TensorGraph InSquares(TensorGraph graph, CancellationToken cancellation = default) => Run(graph, Square, cancellation);

    /// <summary>For a GPU: all weights.</summary>
    public static TensorGraph All(TensorGraph graph, CancellationToken cancellation = default) => Run(graph, 1, cancellation);

    private static TensorGraph Run(TensorGraph graph, int square, CancellationToken cancellation)
    {
        var values = new Value[graph.Nodes.Count];
        return graph.Rewrite((builder, node, inputs) => values[node.Id] = node.Operation is MatMul && graph[node.Inputs[1]] is { Operation: Transpose } transpose
            && transpose.Type.Dims.All(d => d % square == 0)
                ? builder.Apply(new MatMulTransposed(), inputs[0], values[transpose.Inputs[0]])
                : builder.Apply(node.Operation, inputs), cancellation);
    }
}
