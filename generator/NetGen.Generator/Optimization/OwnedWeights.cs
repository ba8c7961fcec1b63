using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Cuts the product of a layer with a large trained weight into parts of its sum, so that in forward each worker reads the rows of the weight
/// that it changes later in the step: weight and optimizer state stay in the cache of one core. Cut by samples or columns, every core would
/// read all of the weight, and writing a cache line that another core has read costs a message to that core. Measured on Zen 4: 7 ns a line
/// between cores of one complex and 20 to 40 ns across, one line after the other; 1 to 2 ns where the core has the line to itself.
/// How many parts there are depends on the sizes alone, so the sums do not depend on the number of threads.
/// </summary>
internal static class OwnedWeights
{
    /// <summary>Fewer weights are sent from core to core in less time than the parts' sums take, written and read once more.</summary>
    private const int Weights = 32 * 1024;

    /// <summary>A part has at least so many rows of the weight: beside them its sums are little to write and read.</summary>
    private const int Rows = 128;

    /// <summary>More cores than this share the rows of a part.</summary>
    private const int MostParts = 4;

    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var updated = new HashSet<string>(graph.Nodes.Select(n => n.Operation).OfType<Update>().Select(u => u.Parameter));
        return graph.Rewrite((builder, node, inputs) =>
        {
            // With many rows the weight stays in the cache anyway.
            if (node.Operation is not MatMul || inputs[0].Type.Rank != 1 || graph[node.Inputs[1]].Operation is not Weight weight || !updated.Contains(weight.Parameter))
                return builder.Apply(node.Operation, inputs);
            var parts = Parts(inputs[1].Type.Dims[0], inputs[1].Type.Dims[1]);
            if (parts == 1)
                return builder.Apply(node.Operation, inputs);
            builder.Scope = node.Origin with { Name = node.Origin.Name + "_parts" };
            var sums = Enumerable.Range(0, parts).Select(part => builder.Apply(new MatMulPart(part, parts), inputs)).ToArray();
            builder.Scope = node.Origin with { Name = node.Origin.Name + "_sum" };
            return sums.Aggregate(builder.Add);
        }, cancellation);
    }

    private static int Parts(int rows, int columns) => rows * columns < Weights
        ? 1
        : Enumerable.Range(1, MostParts).Last(parts => rows % parts == 0 && (parts == 1 || rows / parts >= Rows));
}
