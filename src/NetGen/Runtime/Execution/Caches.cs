using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <summary>The caches of the processor that the process runs on.</summary>
internal static class Caches
{
    /// <summary>Of processors that do not say: what most of them have at least.</summary>
    private const int Usual = 512 * 1024;

    /// <summary>Bytes of a core's level-2 cache.</summary>
    public static readonly int Level2 = Read(2) ?? Usual;

    /// <summary>
    /// Deterministic cache parameters: leaf 4 of Intel's CPUID, 0x8000001D of AMD's, one cache a subleaf (Intel SDM volume 2A, CPUID; AMD
    /// APM volume 3, appendix E).
    /// </summary>
    private static int? Read(int level)
    {
        if (!X86Base.IsSupported)
            return null;
        foreach (var leaf in new[] { 4, unchecked((int)0x8000001D) })
        {
            // A processor that has no such leaf answers with that of its last.
            if (unchecked((uint)leaf) > unchecked((uint)X86Base.CpuId(leaf & unchecked((int)0x80000000), 0).Eax))
                continue;
            for (var cache = 0; cache < 16; cache++)
            {
                var (eax, ebx, ecx, _) = X86Base.CpuId(leaf, cache);
                var type = eax & 31;
                if (type == 0)
                    break;
                const int Instructions = 2;
                if (type == Instructions || ((eax >> 5) & 7) != level)
                    continue;
                var (ways, partitions, line) = (((ebx >> 22) & 1023) + 1, ((ebx >> 12) & 1023) + 1, (ebx & 4095) + 1);
                var sets = (long)(uint)ecx + 1;
                return (int)Math.Min(int.MaxValue, ways * partitions * line * sets);
            }
        }
        return null;
    }
}
