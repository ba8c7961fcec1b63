using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Planning;

/// <summary>
/// How a weight gradient goes through the batch. Every tile of the gradient reads all samples of both operands; when those are more
/// than a core's cache holds, each tile would bring them from memory again. So the sum goes over blocks of samples, all tiles of a block
/// before the next block, and the partial sums wait in the workspace. The order of the additions is the same, so are the bits.
/// </summary>
internal static class SampleBlocks
{
    /// <summary>What the samples of a block may take: half of a small level-2 cache (512 KB), the rest is for weights and sums.</summary>
    private const int Bytes = 256 * 1024;

    /// <summary>Up to this many samples are not worth a block of their own.</summary>
    private const int Typical = 64;

    /// <summary>Samples per block; null where the whole of a usual batch is at hand anyway.</summary>
    public static int? Of(KernelBody? body)
    {
        if (body is not ContractionBody contraction || contraction.Reduce.Count == 0 || contraction.Reduce[0].Extent is not null)
            return null;
        var perSample = 4L * (contraction.Reduce[0].StrideA + contraction.Reduce[0].StrideB);
        var samples = (int)Math.Max(1, Bytes / perSample);
        return samples >= Typical ? null : samples;
    }

    /// <summary>The value whose memory holds the partial sums of a group, if it needs any.</summary>
    public static int? PartialSums(KernelGroup group) => Of(group.Body) is null ? null : group.Results[0];
}
