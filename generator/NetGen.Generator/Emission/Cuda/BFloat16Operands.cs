using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Rounding;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// Products whose operands lie in memory as BF16: each operand is rounded once, where it is made, for all products that read it. Products that tiles do not make,
/// and those of which an operand cannot be copied in pairs of numbers, keep their floats.
/// </summary>
internal static class BFloat16Operands
{
    /// <summary>Of <see cref="Precision.BFloat16"/>; the last, for what it makes is for kernels only.</summary>
    public static readonly Pass Pass = new("BF16 operands", Run);

    private static TensorGraph Run(TensorGraph graph, CancellationToken cancellation)
    {
        var users = graph.Users();
        return graph.Rewrite((builder, node, inputs) =>
            builder.Apply(node.Operation, IsProduct(graph, users[node.Id], node) ? [.. inputs.Select(input => Round(builder, input))] : inputs), cancellation);
    }

    private static bool IsProduct(TensorGraph graph, IEnumerable<Node> users, Node node)
    {
        if (node.Operation is not (MatMul or MatMulTransposed or MatMulWeightGradient or Convolution or ConvolutionWeightGradient))
            return false;
        var loops = ((ILoopBody)LoweringContext.Lower(graph, node)).Loops!;
        var contraction = new CudaContraction(CudaContraction.Nest(graph, node, loops), null);
        return CudaProduct.IsForTiles(contraction)
            && CudaProduct.Left(contraction, "", TilePrecision.BFloat16).Vector > 1 && CudaProduct.Right(contraction, "", TilePrecision.BFloat16).Vector > 1
            && !users.Any(user => user.Operation is IContractionPooling pooling && pooling.Window.Area > CudaProduct.LargestTensorWindow);
    }

    /// <summary>A value as BF16. What only moves numbers moves those that are rounded already.</summary>
    private static Value Round(GraphBuilder builder, Value value)
    {
        var node = builder.Nodes[value.Id];
        if (node.Operation is FlipTranspose)
            return builder.Apply(node.Operation, Round(builder, builder[node.Inputs[0]]));
        var scope = builder.Scope;
        builder.Scope = node.Name.Length > 0 ? node.Origin : scope;
        var rounded = builder.Apply(new RoundToBFloat16(), value);
        builder.Scope = scope;
        return rounded;
    }
}
