using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Optimization;

/// <summary>
/// A convolution leaves out the products with the zeros around its image by treating the edges on their own. Two kinds do better to read
/// the zeros from a padded copy: one whose results a pooling takes while they are in registers (its windows would need edges of their own),
/// and one of few channels, whose edges are too short for a vector loop. On a processor a third does: one of a large weight, all of which
/// would pass by for each edge and for each line of pixels.
/// </summary>
internal static class PaddedCopy
{
    /// <summary>A vector of 512 bits.</summary>
    private const int FewChannels = 16;

    /// <summary>Half a megabyte of a weight stays in a core's level-2 cache, or close to it.</summary>
    private const int LargeWeight = 128 * 1024;

    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        return Of(graph, (node, inputs) => inputs[0].Type.Dims[2] < FewChannels || users[node.Id].Any(u => u.Operation is MaxPool2D), cancellation);
    }

    /// <summary>Of the convolutions, and the gradients of their inputs, that are left as they are by then.</summary>
    public static TensorGraph OfLargeWeights(TensorGraph graph, CancellationToken cancellation = default) =>
        Of(graph, (_, inputs) => inputs[1].Type.Count > LargeWeight, cancellation);

    private static TensorGraph Of(TensorGraph graph, Func<Node, Value[], bool> pays, CancellationToken cancellation) => graph.Rewrite(
        (builder, node, inputs) =>
            node.Operation is Convolution { IsPadded: true } convolution && !convolution.IsDepthwise(inputs[1].Type) && pays(node, inputs)
                ? convolution.OfPaddedCopy(builder, inputs[0], inputs[1])
                : builder.Apply(node.Operation, inputs), cancellation);
}
