using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>Where a thread's tiles put their sums: memory of its own, which stays in its core's level-1 cache.</summary>
internal static class TileSums
{
    [ThreadStatic]
    private static float[]? ofThread;

    /// <summary>
    /// Room for <see cref="SumTile.MostFloats"/>, from the start of a cache line: vectors that cross one are not forwarded from store to
    /// load.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float OfThread()
    {
        // Pinned, or the garbage collector moves it off the line.
        ofThread ??= GC.AllocateUninitializedArray<float>(SumTile.MostFloats + ThreadFloats.Line, pinned: true);
        ref var first = ref ofThread[0];
        return ref Unsafe.Add(ref first, ThreadFloats.Lead(ref first));
    }
}
