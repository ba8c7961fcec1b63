using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace NetGen.Runtime;

/// <summary>One float: the width for machines without vector registers, and for the ends of rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct V1 : IVector<V1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float value;

    /// <summary>Wraps a float.</summary>
    [MethodImpl(Inline)]
    public V1(float value) => this.value = value;

    /// <summary>The float.</summary>
    public float Value
    {
        [MethodImpl(Inline)]
        get => value;
    }

    private int Bits
    {
        [MethodImpl(Inline)]
        get => BitConverter.SingleToInt32Bits(value);
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 1;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <inheritdoc/>
    public static V1 Zero
    {
        [MethodImpl(Inline)]
        get => new(0f);
    }

    /// <inheritdoc/>
    public static V1 LaneIndex
    {
        [MethodImpl(Inline)]
        get => new(0f);
    }

    /// <inheritdoc/>
    public static V1 LaneIndexInt
    {
        [MethodImpl(Inline)]
        get => new(0f);
    }

    [MethodImpl(Inline)]
    private static V1 FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(Inline)]
    private static V1 FromBool(bool condition) => FromBits(condition ? -1 : 0);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 BroadcastInt(int value) => FromBits(value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Load(ref readonly float source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 LoadPartial(ref readonly float source, int count) => count > 0 ? new(source) : Zero;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float target) => target = value;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StorePartial(ref float target, int count)
    {
        if (count > 0)
        {
            target = value;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride) => target = source;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 LoadBytes(ref readonly byte source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 LoadBytesPartial(ref readonly byte source, int count) => count > 0 ? new(source) : Zero;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytes(ref byte target) => target = (byte)(int)value;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytesPartial(ref byte target, int count)
    {
        if (count > 0)
        {
            target = (byte)(int)value;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 operator +(V1 a, V1 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 operator -(V1 a, V1 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 operator *(V1 a, V1 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 operator /(V1 a, V1 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 operator -(V1 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(ref V1 sum, V1 a, V1 b) => sum = Fma(a, b, sum);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Fma(V1 a, V1 b, V1 c)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            return FmaExact(a, b, c);
        }
        return (a * b) + c;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Fma(float a, V1 b, V1 c) => Fma(new V1(a), b, c);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 FmaExact(V1 a, V1 b, V1 c) => new(MathF.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Min(V1 a, V1 b) => b.value < a.value || float.IsNaN(b.value) ? b : a;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Max(V1 a, V1 b) => b.value > a.value || float.IsNaN(b.value) ? b : a;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Sqrt(V1 a) => new(MathF.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Abs(V1 a) => new(MathF.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Floor(V1 a) => new(MathF.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Round(V1 a) => new(MathF.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Greater(V1 a, V1 b) => FromBool(a.value > b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 GreaterOrEqual(V1 a, V1 b) => FromBool(a.value >= b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Equal(V1 a, V1 b) => FromBool(a.value == b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Select(V1 mask, V1 ifTrue, V1 ifFalse) => FromBits((ifTrue.Bits & mask.Bits) | (ifFalse.Bits & ~mask.Bits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool Any(V1 mask) => mask.Bits != 0;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 And(V1 a, V1 b) => FromBits(a.Bits & b.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Or(V1 a, V1 b) => FromBits(a.Bits | b.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Xor(V1 a, V1 b) => FromBits(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Xor(V1 a, V1 b, V1 c) => FromBits(a.Bits ^ b.Bits ^ c.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 AndNot(V1 a, V1 b) => FromBits(a.Bits & ~b.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(V1 a) => a.value;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Maximum(V1 a) => a.value;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 AddInt(V1 a, V1 b) => FromBits(unchecked(a.Bits + b.Bits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 SubtractInt(V1 a, V1 b) => FromBits(unchecked(a.Bits - b.Bits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 MultiplyEvenUInt(V1 a, V1 b) => FromBits(unchecked(a.Bits * b.Bits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 OddToEven(V1 a) => FromBits(0);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 InterleaveEven(V1 even, V1 odd) => even;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 GreaterOrEqualUInt(V1 a, V1 b) => FromBool((uint)a.Bits >= (uint)b.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 ShiftLeftInt(V1 a, int bits) => FromBits(a.Bits << bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 ShiftRightInt(V1 a, int bits) => FromBits(a.Bits >> bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 ShiftRightUInt(V1 a, int bits) => FromBits(a.Bits >>> bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 ConvertToInt(V1 a) => FromBits((int)a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 ConvertFromInt(V1 a) => new((float)a.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V1 Scale(V1 a, V1 n)
    {
        // In two steps, because 2ⁿ alone may lie outside of float's range. The first product is exact.
        var whole = (int)n.value;
        var half = whole >> 1;
        return a * FromBits((half + 127) << 23) * FromBits((whole - half + 127) << 23);
    }
}
