using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// A thread's memory for blocks of operands: as large as the largest kernel that the thread has run asked for, allocated then and kept.
/// </summary>
internal static class ThreadFloats
{
    /// <summary>Floats of a cache line.</summary>
    public const int Line = 16;

    [ThreadStatic]
    private static float[]? ofThread, ofLoop;

    /// <summary>Room for so many floats, from the start of a cache line. What is in it is whatever was left there.</summary>
    public static ref float Of(int floats) => ref Room(ref ofThread, floats);

    /// <summary>The same for what calls kernels that have memory of their own.</summary>
    public static ref float OfLoop(int floats) => ref Room(ref ofLoop, floats);

    private static ref float Room(ref float[]? memory, int floats)
    {
        if (memory is null || memory.Length < floats + Line)
            memory = GC.AllocateUninitializedArray<float>(floats + Line, pinned: true);
        ref var first = ref memory[0];
        return ref Unsafe.Add(ref first, Lead(ref first));
    }

    /// <summary>What follows so many floats, from the start of a cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float After(ref float memory, int floats) => ref Unsafe.Add(ref memory, (floats + Line - 1) / Line * Line);

    /// <summary>So many floats, rounded up to whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Whole<V>(int floats)
        where V : struct, IVector<V> => (floats + V.Count - 1) / V.Count * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(ref float memory, int floats, float value) => MemoryMarshal.CreateSpan(ref memory, floats).Fill(value);

    /// <summary>Floats from here to the start of a cache line.</summary>
    public static unsafe int Lead(ref float first) =>
        (int)((0 - (nuint)Unsafe.AsPointer(ref first)) % (Line * sizeof(float)) / sizeof(float));
}
