using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>What optimizers that step by signs share.</summary>
internal static class VectorSign
{
    /// <summary>1 above 0, −1 below, else the number itself: a zero, or NaN, which must not look like no gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Of<V>(V x)
        where V : struct, IVector<V> =>
        V.Select(V.Greater(x, V.Zero), V.Broadcast(1f), V.Select(V.Greater(V.Zero, x), V.Broadcast(-1f), x));
}
