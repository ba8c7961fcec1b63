using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>A tile's copies, waits, barriers and reads stand in the PTX as in the text that they were compiled from.</summary>
internal static partial class InstructionOrder
{
    /// <param name="method">C# text of the kernel.</param>
    /// <param name="ptx">What it became.</param>
    public static void Check(string method, string ptx)
    {
        var emitted = Calls().Matches(method).Select(call => call.Value switch
        {
            "Group.Barrier" => "bar.sync",
            "PtxMemory.CommitCopies" => "cp.async.commit_group",
            "PtxMemory.WaitCopies" => "cp.async.wait_group",
            "PtxMemory.LoadShared" or "PtxMemory.LoadSharedWord" => "ld.shared",
            "PtxMatrix.LoadMatrices" or "PtxMatrix.LoadMatricesTransposed" => "ldmatrix",
            _ => "cp.async.c",
        });
        Assert.Equal(emitted, Ordered().Matches(ptx[ptx.IndexOf(".visible .entry", StringComparison.Ordinal)..]).Select(instruction => instruction.Value.Replace("barrier.sync", "bar.sync", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"Group\.Barrier|PtxMemory\.(CopyAsync\d+|CommitCopies|WaitCopies|LoadSharedWord|LoadShared)|PtxMatrix\.(LoadMatricesTransposed|LoadMatrices)")]
    private static partial Regex Calls();

    [GeneratedRegex(@"\b(bar|barrier)\.sync|cp\.async\.(commit_group|wait_group|c)|ld\.shared|ldmatrix")]
    private static partial Regex Ordered();
}
