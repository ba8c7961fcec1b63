using System.ComponentModel;
using ILGPU.IR.Intrinsics;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// What a warp's 32 threads do together on tensor cores (PTX ISA, "Warp level matrix instructions"), and the roundings to the numbers these multiply. All threads
/// of the warp must come to the call. The meaning over a whole warp's registers is in <see cref="WarpMatrix"/>; on ILGPU's CPU accelerator the threads exchange
/// their registers by way of <see cref="WarpExchange"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PtxMatrix
{
    /// <summary>
    /// Four matrices of 8 rows of 16 bytes from shared memory. Thread 8 · i + r gives the address of row r of matrix i; of each matrix a thread receives the word
    /// of row <c>lane / 4</c>, column <c>lane % 4</c> (ldmatrix.x4).
    /// </summary>
    /// <param name="row">In shared memory.</param>
    /// <param name="offset">A constant: how many <see cref="Float4"/> the row lies behind <paramref name="row"/>.</param>
    [IntrinsicImplementation]
    public static Word4 LoadMatrices(ref Float4 row, int offset) => WarpExchange.Load(ref row, offset, WarpMatrix.Load);

    /// <summary>
    /// The same for numbers of 16 bits, each matrix transposed: a thread receives the numbers of rows <c>2 · (lane % 4)</c> and the next, column <c>lane / 4</c>
    /// (ldmatrix.x4.trans).
    /// </summary>
    /// <inheritdoc cref="LoadMatrices"/>
    [IntrinsicImplementation]
    public static Word4 LoadMatricesTransposed(ref Float4 row, int offset) => WarpExchange.Load(ref row, offset, WarpMatrix.LoadTransposed);

    /// <summary>c + a · b for a of 16 × 8, b of 8 × 8 in TF32, c of 16 × 8 in float (mma.sync.m16n8k8).</summary>
    [IntrinsicImplementation]
    public static Float4 MultiplyAddTensorFloat32(Float4 c, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        WarpExchange.Multiply(c, a0, a1, a2, a3, b0, b1, WarpMatrix.MultiplyAddTensorFloat32);

    /// <summary>c + a · b for a of 16 × 16, b of 16 × 8 in BF16, c of 16 × 8 in float (mma.sync.m16n8k16).</summary>
    [IntrinsicImplementation]
    public static Float4 MultiplyAddBFloat16(Float4 c, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        WarpExchange.Multiply(c, a0, a1, a2, a3, b0, b1, WarpMatrix.MultiplyAddBFloat16);

    /// <summary>A float's bits rounded to TF32, 10 bits of mantissa: to the nearest, halves away from zero (cvt.rna).</summary>
    [IntrinsicImplementation]
    public static uint RoundToTensorFloat32(uint bits) => (bits & 0x7F800000) == 0x7F800000 ? bits : (bits + 0x1000) & 0xFFFFE000;

    /// <summary>Two floats rounded to BF16, to the nearest, halves to even: <paramref name="low"/> at the lower address (cvt.rn.bf16x2).</summary>
    [IntrinsicImplementation]
    public static uint PackBFloat16(float low, float high) => WarpMatrix.ToBFloat16(low) | ((uint)WarpMatrix.ToBFloat16(high) << 16);
}
