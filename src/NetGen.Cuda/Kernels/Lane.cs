using System.ComponentModel;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// The float that one thread of a GPU computes with: the vector type of CUDA kernels. The functions of <see cref="VectorMath"/>, the rules of the optimizers and
/// <see cref="Philox"/> are written over <see cref="IVector{V}"/>, so with this type they compile to PTX as they are, and every result has the bits that the
/// CPU's has. Arithmetic states its rounding (<see cref="PtxArithmetic"/>); what moves bits is <see cref="V1"/>'s.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Lane : IVector<Lane>
{
    private readonly V1 value;

    /// <summary>Wraps a float.</summary>
    public Lane(float value) => this.value = new V1(value);

    private Lane(V1 value) => this.value = value;

    /// <summary>The float.</summary>
    public float Value => value.Value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static int Registers => 255;

    /// <inheritdoc/>
    public static Lane Zero => new(0f);

    /// <inheritdoc/>
    public static Lane LaneIndex => new(0f);

    /// <inheritdoc/>
    public static Lane LaneIndexInt => new(0f);

    /// <inheritdoc/>
    public static Lane Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public static Lane BroadcastInt(int value) => new(V1.BroadcastInt(value));

    /// <inheritdoc/>
    public static Lane Load(ref readonly float source) => new(source);

    /// <inheritdoc/>
    public static Lane LoadPartial(ref readonly float source, int count) => new(V1.LoadPartial(in source, count));

    /// <inheritdoc/>
    public void Store(ref float target) => value.Store(ref target);

    /// <inheritdoc/>
    public void StorePartial(ref float target, int count) => value.StorePartial(ref target, count);

    /// <inheritdoc/>
    public static void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride) => target = source;

    /// <inheritdoc/>
    public static Lane LoadBytes(ref readonly byte source) => new(source);

    /// <inheritdoc/>
    public static Lane LoadBytesPartial(ref readonly byte source, int count) => new(V1.LoadBytesPartial(in source, count));

    /// <inheritdoc/>
    public void StoreBytes(ref byte target) => value.StoreBytes(ref target);

    /// <inheritdoc/>
    public void StoreBytesPartial(ref byte target, int count) => value.StoreBytesPartial(ref target, count);

    /// <inheritdoc/>
    public static Lane operator +(Lane a, Lane b) => new(PtxArithmetic.Add(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lane operator -(Lane a, Lane b) => new(PtxArithmetic.Subtract(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lane operator *(Lane a, Lane b) => new(PtxArithmetic.Multiply(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lane operator /(Lane a, Lane b) => new(PtxArithmetic.Divide(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lane operator -(Lane a) => new(-a.value);

    /// <inheritdoc/>
    public static void AddProduct(ref Lane sum, Lane a, Lane b) => sum = Fma(a, b, sum);

    /// <inheritdoc/>
    public static Lane Fma(Lane a, Lane b, Lane c) => FmaExact(a, b, c);

    /// <inheritdoc/>
    public static Lane Fma(float a, Lane b, Lane c) => new(PtxArithmetic.MultiplyAdd(a, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lane FmaExact(Lane a, Lane b, Lane c) => new(PtxArithmetic.MultiplyAdd(a.Value, b.Value, c.Value));

    /// <summary>The smaller one; of zeros −0, which is all that differs from the CPU; NaN if one is NaN.</summary>
    public static Lane Min(Lane a, Lane b) => new(PtxArithmetic.Minimum(a.Value, b.Value));

    /// <summary>The larger one; of zeros +0, which is all that differs from the CPU; NaN if one is NaN.</summary>
    public static Lane Max(Lane a, Lane b) => new(PtxArithmetic.Maximum(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lane Sqrt(Lane a) => new(PtxArithmetic.SquareRoot(a.Value));

    /// <inheritdoc/>
    public static Lane Abs(Lane a) => new(V1.Abs(a.value));

    /// <inheritdoc/>
    public static Lane Floor(Lane a) => new(PtxArithmetic.Floor(a.Value));

    /// <inheritdoc/>
    public static Lane Round(Lane a) => new(PtxArithmetic.Round(a.Value));

    /// <inheritdoc/>
    public static Lane Greater(Lane a, Lane b) => new(V1.Greater(a.value, b.value));

    /// <inheritdoc/>
    public static Lane GreaterOrEqual(Lane a, Lane b) => new(V1.GreaterOrEqual(a.value, b.value));

    /// <inheritdoc/>
    public static Lane Equal(Lane a, Lane b) => new(V1.Equal(a.value, b.value));

    /// <inheritdoc/>
    public static Lane Select(Lane mask, Lane ifTrue, Lane ifFalse) => new(V1.Select(mask.value, ifTrue.value, ifFalse.value));

    /// <inheritdoc/>
    public static bool Any(Lane mask) => V1.Any(mask.value);

    /// <inheritdoc/>
    public static Lane And(Lane a, Lane b) => new(V1.And(a.value, b.value));

    /// <inheritdoc/>
    public static Lane Or(Lane a, Lane b) => new(V1.Or(a.value, b.value));

    /// <inheritdoc/>
    public static Lane Xor(Lane a, Lane b) => new(V1.Xor(a.value, b.value));

    /// <inheritdoc/>
    public static Lane Xor(Lane a, Lane b, Lane c) => new(V1.Xor(a.value, b.value, c.value));

    /// <inheritdoc/>
    public static Lane AndNot(Lane a, Lane b) => new(V1.AndNot(a.value, b.value));

    /// <inheritdoc/>
    public static float Sum(Lane a) => a.Value;

    /// <inheritdoc/>
    public static float Maximum(Lane a) => a.Value;

    /// <inheritdoc/>
    public static Lane AddInt(Lane a, Lane b) => new(V1.AddInt(a.value, b.value));

    /// <inheritdoc/>
    public static Lane SubtractInt(Lane a, Lane b) => new(V1.SubtractInt(a.value, b.value));

    /// <inheritdoc/>
    public static Lane MultiplyEvenUInt(Lane a, Lane b) => new(V1.MultiplyEvenUInt(a.value, b.value));

    /// <inheritdoc/>
    public static Lane OddToEven(Lane a) => new(V1.OddToEven(a.value));

    /// <inheritdoc/>
    public static Lane InterleaveEven(Lane even, Lane odd) => even;

    /// <inheritdoc/>
    public static Lane GreaterOrEqualUInt(Lane a, Lane b) => new(V1.GreaterOrEqualUInt(a.value, b.value));

    /// <inheritdoc/>
    public static Lane ShiftLeftInt(Lane a, int bits) => new(V1.ShiftLeftInt(a.value, bits));

    /// <inheritdoc/>
    public static Lane ShiftRightInt(Lane a, int bits) => new(V1.ShiftRightInt(a.value, bits));

    /// <inheritdoc/>
    public static Lane ShiftRightUInt(Lane a, int bits) => new(V1.ShiftRightUInt(a.value, bits));

    /// <inheritdoc/>
    public static Lane ConvertToInt(Lane a) => new(V1.ConvertToInt(a.value));

    /// <inheritdoc/>
    public static Lane ConvertFromInt(Lane a) => new(V1.ConvertFromInt(a.value));

    /// <inheritdoc/>
    public static Lane Scale(Lane a, Lane n)
    {
        // In two steps, because 2ⁿ alone may lie outside of float's range. The first product is exact.
        var whole = (int)n.Value;
        var half = whole >> 1;
        return a * BroadcastInt((half + 127) << 23) * BroadcastInt((whole - half + 127) << 23);
    }
}
