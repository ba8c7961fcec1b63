using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>How a kernel is launched.</summary>
/// <param name="Size">C# of the CudaSize, with B for the batch.</param>
/// <param name="Description">What threads do, in words.</param>
/// <param name="Parts">Of a sum that is cut, the floats that all parts take, for each sample or whatever the batch is; a second launch adds them.</param>
/// <param name="Results">The size of that launch.</param>
internal sealed record CudaLaunch(string Size, string Description, (long PerSample, long Fixed) Parts = default, string Results = "")
{
    public int Launches => Parts == default ? 1 : 2;

    public static CudaLaunch Of(TensorGraph graph, KernelGroup group)
    {
        switch (group.Body)
        {
            case null:
            case RowUpdateBody:
                return new CudaLaunch(Elements(group.Space), "a thread for each element");
            case ReductionBody:
                return CudaReductionEmitter.TakesBlocks(graph, group)
                    ? new CudaLaunch($"CudaSize.Blocks({Count(group.Space)})", "a block for each result")
                    : new CudaLaunch(Elements(group.Space), "a thread for each result");
            case CudaContraction product:
                return OfProduct(product);
            case RuntimeCallBody call:
                var (type, part) = CudaRuntimeCalls.Work(graph, group);
                var items = CudaRuntimeCalls.TakesBlocks(call) ? "Blocks" : "Elements";
                return new CudaLaunch($"CudaSize.{items}({CudaRuntimeCalls.Threads(call, Count([type.Batched ? null : 1, (int)(type.Count / part)]))})", CudaRuntimeCalls.Description(call));
            default:
                throw new NotSupportedException($"{group.Name} has no form for CUDA.");
        }
    }

    private static CudaLaunch OfProduct(CudaContraction product)
    {
        var extents = product.Rows.Select(l => l.Extent).ToArray();
        var floats = product.Parts == 1 ? 0 : product.Results * product.Parts;
        var parts = product.IsBatched ? (floats, 0L) : (0L, floats);
        if (product.Tile is not { } tile)
        {
            var all = $"CudaSize.Elements({Count([.. extents, product.Columns, product.Parts])})";
            return new CudaLaunch(all, product.Description, parts, $"CudaSize.Elements({Count([.. extents, product.Columns])})");
        }
        var kernel = CudaProduct.Kernel(product, "", "", "", "");
        var arguments = new List<string> { Count(extents), $"rows: {CudaIndex.Number(kernel.TileRows)}", $"across: {CudaIndex.Number((product.Columns + tile.Columns - 1) / tile.Columns)}" };
        if (tile.Parts > 1)
            arguments.Add($"parts: {CudaIndex.Number(tile.Parts)}");
        arguments.Add($"threads: {CudaIndex.Number(tile.Threads)}");
        arguments.Add($"resident: {CudaIndex.Number(tile.BlocksPerMultiprocessor)}");
        if (tile.SharedBytes > TileRules.StaticSharedBytes)
            arguments.Add($"sharedBytes: {CudaIndex.Number(tile.SharedBytes)}");
        return new CudaLaunch(
            $"CudaSize.Tiles({string.Join(", ", arguments)})", product.Description, parts, $"CudaSize.Elements({Count([.. extents, product.Columns / SplitSumEmitter.Width(kernel)])})");
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
