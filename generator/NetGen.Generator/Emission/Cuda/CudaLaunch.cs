using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>How a kernel is launched.</summary>
/// <param name="Size">C# of the CudaSize, with B for the batch.</param>
/// <param name="Description">What threads do, in words.</param>
/// <param name="Parts">Of a sum that is cut, the floats that all parts take; a second launch adds them.</param>
/// <param name="Results">The size of that launch.</param>
internal sealed record CudaLaunch(string Size, string Description, long Parts = 0, string Results = "")
{
    public int Launches => Parts > 0 ? 2 : 1;

    public static CudaLaunch Of(TensorGraph graph, KernelGroup group)
    {
        switch (group.Body)
        {
            case null:
                return new CudaLaunch(Elements(group.Space), "a thread for each element");
            case ReductionBody:
                return CudaReductionEmitter.TakesBlocks(graph, group)
                    ? new CudaLaunch($"CudaSize.Blocks({Count(group.Space)})", "a block for each result")
                    : new CudaLaunch(Elements(group.Space), "a thread for each result");
            case ContractionBody:
                var product = CudaContraction.Of(graph, group);
                var extents = product.Rows.Select(l => l.Extent).ToArray();
                if (product.Parts > 1)
                {
                    var rows = product.Results / product.Columns;
                    return new CudaLaunch(
                        product.IsTiled
                            ? $"CudaSize.Tiles({CudaIndex.Number(rows)}, {CudaIndex.Number(product.TileRows)}, {CudaIndex.Number(product.ColumnTiles * product.Parts)})"
                            : $"CudaSize.Elements({CudaIndex.Number(product.Results * product.Parts)})",
                        product.Description, product.Results * product.Parts, $"CudaSize.Elements({CudaIndex.Number(product.Results)})");
                }
                return new CudaLaunch(
                    product.IsTiled
                        ? $"CudaSize.Tiles({Count(extents)}, {CudaIndex.Number(product.TileRows)}, {CudaIndex.Number(product.ColumnTiles)})"
                        : $"CudaSize.Elements({Count([.. extents, product.Columns])})",
                    product.Description);
            case RuntimeCallBody call:
                var (type, part) = CudaRuntimeCalls.Work(graph, group);
                return new CudaLaunch($"CudaSize.Elements({Count([type.Batched ? null : 1, (int)(type.Count / part)])})", CudaRuntimeCalls.Description(call));
            default:
                throw new NotSupportedException($"{group.Name} has no form for CUDA.");
        }
    }

    private static string Elements(TensorType space) => $"CudaSize.Elements({Count(space)})";

    private static string Count(TensorType type) => Count([type.Batched ? null : 1, (int)type.Count]);

    /// <summary>"640L * B".</summary>
    private static string Count(IReadOnlyList<int?> extents)
    {
        var factor = extents.Aggregate(1L, (product, extent) => product * (extent ?? 1));
        return !extents.Contains(null) ? CudaIndex.Number(factor) : factor == 1 ? "B" : $"{CudaIndex.Number(factor)}L * B";
    }
}
