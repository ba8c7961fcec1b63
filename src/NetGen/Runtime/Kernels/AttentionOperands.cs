using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>What an attention reads and makes; what a kernel has not is a null reference.</summary>
internal ref struct AttentionOperands(ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, PhiloxKey key)
{
    public readonly ref float Q = ref q, K = ref k, V = ref v, Bias = ref bias, Y = ref y;

    /// <summary>log Σ_j exp(s_ij): [outer, heads, queries].</summary>
    public readonly ref float Sums = ref sums;

    public readonly PhiloxKey Key = key;

    public ref float Dy, Dq, Dk, Dv;

    /// <summary>The gradient of the scores: [outer, heads, queries, keys].</summary>
    public ref float Ds;

    public readonly bool HasBias => !Unsafe.IsNullRef(ref Bias);

    /// <summary>The operands and the results of a gradient.</summary>
    public static AttentionOperands OfGradient(
        ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, PhiloxKey key, ref float dq,
        ref float dk, ref float dv, ref float ds) => new(ref q, ref k, ref v, ref bias, ref y, ref sums, key)
        {
            Dy = ref dy,
            Dq = ref dq,
            Dk = ref dk,
            Dv = ref dv,
            Ds = ref ds,
        };
}
