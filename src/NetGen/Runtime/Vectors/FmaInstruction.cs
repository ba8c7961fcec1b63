using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <summary>Whether the processor multiplies and adds in one instruction: all of Arm64, and x86 since 2013.</summary>
internal static class FmaInstruction
{
    /// <summary>A constant for the JIT, and for NativeAOT: there it is what the program is compiled for, whatever the machine it runs on has.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }
}
