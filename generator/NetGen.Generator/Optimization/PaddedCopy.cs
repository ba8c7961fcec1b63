using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Padding;
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
            if (node.Operation is not Convolution { IsPadded: true } convolution
                || (inputs[0].Type.Dims[2] >= FewChannels && !users[node.Id].Any(u => u.Operation is MaxPool2D)))
            {
                return builder.Apply(node.Operation, inputs);
            }
            var (top, bottom, left, right) = (convolution.Top, convolution.Bottom, convolution.Left, convolution.Right);
            var padded = builder.Apply(new Pad2D(Math.Max(0, top), Math.Max(0, bottom), Math.Max(0, left), Math.Max(0, right)), inputs[0]);
            return builder.Apply(
                new Convolution(
                    convolution.StrideH, convolution.StrideW, Math.Min(0, top), Math.Min(0, bottom), Math.Min(0, left), Math.Min(0, right)),
                padded,
                inputs[1]);
        }, cancellation);
    }
}
