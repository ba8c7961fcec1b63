using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>Vectors of numbers that do not lie side by side; for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Strided
{
    /// <summary>The numbers of the widest vector.</summary>
    private const int Lanes = 16;

    /// <summary>A vector of the numbers that stand <paramref name="step"/> apart from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly float first, nint step)
        where V : struct, IVector<V> => LoadPartial<V>(in first, step, V.Count);

    /// <summary>The first <paramref name="count"/> of them, and 0 in the other lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadPartial<V>(ref readonly float first, nint step, int count)
        where V : struct, IVector<V>
    {
        Span<float> lanes = stackalloc float[Lanes];
        ref var lane = ref MemoryMarshal.GetReference(lanes);
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref lane, i) = Unsafe.Add(ref Unsafe.AsRef(in first), i * step);
        return V.Load(in lane);
    }
}
