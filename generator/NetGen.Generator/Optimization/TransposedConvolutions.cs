using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Convolution;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Transposed convolutions as the convolutions that compute them. Behind the backward rules: the gradient of what is spread between zeros
/// is computed where it is
/// read only, as a convolution with a stride.
/// </summary>
internal static class TransposedConvolutions
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default) => graph.Rewrite(
        (builder, node, inputs) => node.Operation is ConvolutionTranspose transposed
            ? transposed.Expanded(builder, inputs[0], inputs[1], node.Type)
            : builder.Apply(node.Operation, inputs), cancellation);
}
