using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>The gradients of weights, where these are updated.</summary>
internal interface IGradients
{
    /// <summary>A vector of a row.</summary>
    /// <param name="factor">The row's factor.</param>
    /// <param name="values">The gradients, or what the factor multiplies.</param>
    static abstract V At<V>(ref float factor, ref float values)
        where V : struct, IVector<V>;
}

/// <summary>They lie in memory.</summary>
internal readonly struct StoredSums : IGradients
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V>(ref float factor, ref float values)
        where V : struct, IVector<V> => V.Load(in values);
}

/// <summary>They are sums of one term, an outer product (of one sample): computed where they are used, they never lie in memory.</summary>
internal readonly struct SingleTerms : IGradients
{
    // As a tile computes it, added to nothing, which makes -0 a 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V>(ref float factor, ref float values)
        where V : struct, IVector<V> => V.Fma(factor, V.Load(in values), V.Zero);
}
