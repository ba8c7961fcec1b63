using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Optimization;

/// <summary>
/// A convolution leaves out the products with the zeros around its image by treating the edges on their own. Two kinds do better to read
/// the zeros from a padded copy: one whose results a pooling takes while they are in registers (its windows would need edges of
/// their own), and one of few channels, whose edges are too short for a vector loop.
/// </summary>
internal static class PaddedCopy
{
    /// <summary>A vector of 512 bits.</summary>
    private const int FewChannels = 16;

    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        return graph.Rewrite((builder, node, inputs) =>
        {
            if (node.Operation is not Convolution { IsPadded: true } convolution || convolution.IsDepthwise(inputs[1].Type)
                || (inputs[0].Type.Dims[2] >= FewChannels && !users[node.Id].Any(u => u.Operation is MaxPool2D)))
            {
                return builder.Apply(node.Operation, inputs);
            }
            return convolution.OfPaddedCopy(builder, inputs[0], inputs[1]);
        }, cancellation);
    }
}
