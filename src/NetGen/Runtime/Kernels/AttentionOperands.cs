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

    /// <summary>Those of the sequence whose queries begin at one row, and its keys at another.</summary>
    public readonly AttentionOperands From(nint row, nint keyRow, in AttentionShape shape) => new(
        ref At(ref Q, row * shape.QueryStride), ref At(ref K, keyRow * shape.KeyStride), ref At(ref V, keyRow * shape.KeyStride), ref Bias,
        ref At(ref Y, row * shape.Heads * shape.Size), ref At(ref Sums, row * shape.Heads), Key)
    {
        Dy = ref At(ref Dy, row * shape.Heads * shape.Size),
        Dq = ref At(ref Dq, row * shape.QueryStride),
        Dk = ref At(ref Dk, keyRow * shape.KeyStride),
        Dv = ref At(ref Dv, keyRow * shape.KeyStride),
        Ds = ref Ds,
    };

    private static ref float At(ref float memory, nint floats) => ref Unsafe.IsNullRef(ref memory) ? ref memory : ref Unsafe.Add(ref memory, floats);

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
