using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// A thread's memory for blocks of operands: as large as the largest kernel that the thread has run asked for, allocated then and kept.
/// </summary>
internal static class ThreadFloats
{
    private const int LineFloats = 16;

    [ThreadStatic]
    private static float[]? ofThread;

    /// <summary>Room for so many floats, from the start of a cache line. What is in it is whatever was left there.</summary>
    public static ref float Of(int floats)
    {
        if (ofThread is null || ofThread.Length < floats + LineFloats)
            ofThread = GC.AllocateUninitializedArray<float>(floats + LineFloats, pinned: true);
        ref var first = ref ofThread[0];
        return ref Unsafe.Add(ref first, Lead(ref first));
    }

    private static unsafe int Lead(ref float first) => (int)((0 - (nuint)Unsafe.AsPointer(ref first)) % (LineFloats * sizeof(float)) / sizeof(float));
}
