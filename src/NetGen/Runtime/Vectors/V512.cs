using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace NetGen.Runtime;

/// <summary>16 floats in one register. Works everywhere; fast where <see cref="Vector512.IsHardwareAccelerated"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct V512 : IVector<V512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> value;

    /// <summary>Wraps a register.</summary>
    [MethodImpl(Inline)]
    public V512(Vector512<float> value) => this.value = value;

    /// <summary>The register.</summary>
    public Vector512<float> Value
    {
        [MethodImpl(Inline)]
        get => value;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 16;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 32;
    }

    /// <inheritdoc/>
    public static V512 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    public static V512 LaneIndex
    {
        [MethodImpl(Inline)]
        get => new(Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f));
    }

    /// <inheritdoc/>
    public static V512 LaneIndexInt
    {
        [MethodImpl(Inline)]
        get => new(Indices.AsSingle());
    }

    private static Vector512<int> Indices
    {
        [MethodImpl(Inline)]
        get => Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 BroadcastInt(int value) => new(Vector512.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe V512 LoadPartial(ref readonly float source, int count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (float* pinned = &source)
            {
                return new(Avx512F.MaskLoad(pinned, Mask(count), Vector512<float>.Zero));
            }
        }
        return LoadLanes(in source, count);
    }

    // Not inlined: a vector whose address is taken would be kept in memory all through the caller.
    [MethodImpl(Jit.Kernel)]
    private static V512 LoadLanes(ref readonly float source, int count)
    {
        var lanes = Vector512<float>.Zero;
        ref var first = ref Unsafe.As<Vector512<float>, float>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref first, i) = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        }
        return new(lanes);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public unsafe void StorePartial(ref float target, int count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (float* pinned = &target)
            {
                Avx512F.MaskStore(pinned, Mask(count), value);
            }
            return;
        }
        StoreLanes(value, ref target, count);
    }

    [MethodImpl(Jit.Kernel)]
    private static void StoreLanes(Vector512<float> lanes, ref float target, int count)
    {
        ref var first = ref Unsafe.As<Vector512<float>, float>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Mask(int count) => Vector512.GreaterThan(Vector512.Create(count), Indices).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float target) => value.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride)
    {
        ref var x = ref Unsafe.AsRef(in source);
        ref var y = ref target;
        if (!Avx512F.IsSupported)
        {
            V256.Transpose(in x, sourceStride, ref y, targetStride);
            V256.Transpose(in Unsafe.Add(ref x, 8), sourceStride, ref Unsafe.Add(ref y, 8 * targetStride), targetStride);
            V256.Transpose(in Unsafe.Add(ref x, 8 * sourceStride), sourceStride, ref Unsafe.Add(ref y, 8), targetStride);
            V256.Transpose(
                in Unsafe.Add(ref x, (8 * sourceStride) + 8), sourceStride, ref Unsafe.Add(ref y, (8 * targetStride) + 8), targetStride);
            return;
        }
        // Squares of 4 × 4 in the quarters of the registers, then the quarters change places.
        var (a0, a1, a2, a3) = TransposeQuarters(ref x, sourceStride);
        var (b0, b1, b2, b3) = TransposeQuarters(ref Unsafe.Add(ref x, 4 * sourceStride), sourceStride);
        var (c0, c1, c2, c3) = TransposeQuarters(ref Unsafe.Add(ref x, 8 * sourceStride), sourceStride);
        var (d0, d1, d2, d3) = TransposeQuarters(ref Unsafe.Add(ref x, 12 * sourceStride), sourceStride);
        StoreQuarters(a0, b0, c0, d0, ref y, 4 * targetStride);
        StoreQuarters(a1, b1, c1, d1, ref Unsafe.Add(ref y, targetStride), 4 * targetStride);
        StoreQuarters(a2, b2, c2, d2, ref Unsafe.Add(ref y, 2 * targetStride), 4 * targetStride);
        StoreQuarters(a3, b3, c3, d3, ref Unsafe.Add(ref y, 3 * targetStride), 4 * targetStride);
    }

    // Of four rows: columns 0, 4, 8, 12 in the quarters of the first result, columns 1, 5, 9, 13 in those of the second, …
    [MethodImpl(Inline)]
    private static (Vector512<float> C0, Vector512<float> C1, Vector512<float> C2, Vector512<float> C3) TransposeQuarters(ref float x, nint stride)
    {
        var r0 = Vector512.LoadUnsafe(ref x);
        var r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, stride));
        var r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 2 * stride));
        var r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, 3 * stride));
        var (low01, high01) = (Avx512F.UnpackLow(r0, r1), Avx512F.UnpackHigh(r0, r1));
        var (low23, high23) = (Avx512F.UnpackLow(r2, r3), Avx512F.UnpackHigh(r2, r3));
        return (
            Avx512F.Shuffle(low01, low23, 0b01_00_01_00), Avx512F.Shuffle(low01, low23, 0b11_10_11_10),
            Avx512F.Shuffle(high01, high23, 0b01_00_01_00), Avx512F.Shuffle(high01, high23, 0b11_10_11_10));
    }

    // The first quarters of a, b, c, d make the first row, the second quarters the second, …
    [MethodImpl(Inline)]
    private static void StoreQuarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float y, nint stride)
    {
        var (even01, odd01) = (Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), Avx512F.Shuffle4x128(a, b, 0b11_01_11_01));
        var (even23, odd23) = (Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), Avx512F.Shuffle4x128(c, d, 0b11_01_11_01));
        Avx512F.Shuffle4x128(even01, even23, 0b10_00_10_00).StoreUnsafe(ref y);
        Avx512F.Shuffle4x128(odd01, odd23, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref y, stride));
        Avx512F.Shuffle4x128(even01, even23, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref y, 2 * stride));
        Avx512F.Shuffle4x128(odd01, odd23, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref y, 3 * stride));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 LoadBytes(ref readonly byte source) => Widen(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 LoadBytesPartial(ref readonly byte source, int count) => Widen(ByteLanes.Load(in source, count));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytes(ref byte target) => Narrow().StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytesPartial(ref byte target, int count) => ByteLanes.Store(Narrow(), ref target, count);

    [MethodImpl(Inline)]
    private static V512 Widen(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported)
        {
            return new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes)));
        }
        var (low, high) = Vector128.Widen(bytes);
        var (first, second) = Vector128.Widen(low);
        var (third, fourth) = Vector128.Widen(high);
        return new(Vector512.ConvertToSingle(Vector512.Create(
            Vector256.Create(first, second), Vector256.Create(third, fourth)).AsInt32()));
    }

    [MethodImpl(Inline)]
    private Vector128<byte> Narrow()
    {
        var integers = Vector512.ConvertToInt32Native(value);
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector128Byte(integers);
        }
        var low = integers.GetLower().AsUInt32();
        var high = integers.GetUpper().AsUInt32();
        return Vector128.Narrow(
            Vector128.Narrow(low.GetLower(), low.GetUpper()),
            Vector128.Narrow(high.GetLower(), high.GetUpper()));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 operator +(V512 a, V512 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 operator -(V512 a, V512 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 operator *(V512 a, V512 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 operator /(V512 a, V512 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 operator -(V512 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(ref V512 sum, V512 a, V512 b)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            Unsafe.AsRef(in sum.value) = Vector512.FusedMultiplyAdd(a.value, b.value, sum.value);
            return;
        }
        sum = (a * b) + sum;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Fma(V512 a, V512 b, V512 c)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            return FmaExact(a, b, c);
        }
        return (a * b) + c;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Fma(float a, V512 b, V512 c) => X86Fma.IsSupported || AdvSimd.IsSupported
        ? new(Vector512.FusedMultiplyAdd(Vector512.Create(a), b.value, c.value))
        : new((Vector512.Create(a) * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 FmaExact(V512 a, V512 b, V512 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Min(V512 a, V512 b)
    {
        // The instruction gives its second operand unless the first is smaller: a, if one is NaN. A constant b costs no more.
        var result = Avx512F.IsSupported
            ? Avx512F.Min(b.value, a.value)
            : Vector512.ConditionalSelect(Vector512.LessThan(b.value, a.value), b.value, a.value);
        return new(Vector512.ConditionalSelect(Vector512.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Max(V512 a, V512 b)
    {
        // The instruction gives its second operand unless the first is larger: a, if one is NaN. A constant b costs no more.
        var result = Avx512F.IsSupported
            ? Avx512F.Max(b.value, a.value)
            : Vector512.ConditionalSelect(Vector512.GreaterThan(b.value, a.value), b.value, a.value);
        return new(Vector512.ConditionalSelect(Vector512.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Sqrt(V512 a) => new(Vector512.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Abs(V512 a) => new(Vector512.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Floor(V512 a) => new(Vector512.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Round(V512 a) => new(Vector512.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Greater(V512 a, V512 b) => new(Vector512.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 GreaterOrEqual(V512 a, V512 b) => new(Vector512.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Equal(V512 a, V512 b) => new(Vector512.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Select(V512 mask, V512 ifTrue, V512 ifFalse) =>
        new(Vector512.ConditionalSelect(mask.value, ifTrue.value, ifFalse.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool Any(V512 mask) => mask.value.AsInt32() != Vector512<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 And(V512 a, V512 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Or(V512 a, V512 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Xor(V512 a, V512 b) => new(a.value ^ b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Xor(V512 a, V512 b, V512 c)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.TernaryLogic(a.value, b.value, c.value, 0b1001_0110));
        }
        return new(a.value ^ b.value ^ c.value);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 AndNot(V512 a, V512 b) => new(Vector512.AndNot(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(V512 a) => V256.Sum(new(a.value.GetLower() + a.value.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Maximum(V512 a) => V256.Maximum(V256.Max(new(a.value.GetLower()), new(a.value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 AddInt(V512 a, V512 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 SubtractInt(V512 a, V512 b) => new((a.value.AsInt32() - b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 MultiplyEvenUInt(V512 a, V512 b)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());
        }
        var low = Vector512.Create(0xFFFF_FFFFUL);
        return new(((a.value.AsUInt64() & low) * (b.value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 OddToEven(V512 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 InterleaveEven(V512 even, V512 odd) =>
        new(((even.value.AsUInt64() & Vector512.Create(0xFFFF_FFFFUL)) | (odd.value.AsUInt64() << 32)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 GreaterOrEqualUInt(V512 a, V512 b) =>
        new(Vector512.GreaterThanOrEqual(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 ShiftLeftInt(V512 a, int bits) => new((a.value.AsInt32() << bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 ShiftRightInt(V512 a, int bits) => new((a.value.AsInt32() >> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 ShiftRightUInt(V512 a, int bits) => new((a.value.AsInt32() >>> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 ConvertToInt(V512 a) => new(Vector512.ConvertToInt32Native(a.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 ConvertFromInt(V512 a) => new(Vector512.ConvertToSingle(a.value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V512 Scale(V512 a, V512 n)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Scale(a.value, n.value));
        }
        // In two steps, because 2ⁿ alone may lie outside of float's range. The first product is exact.
        var whole = Vector512.ConvertToInt32Native(n.value);
        var half = whole >> 1;
        var bias = Vector512.Create(127);
        return new(a.value * ((half + bias) << 23).AsSingle() * ((whole - half + bias) << 23).AsSingle());
    }
}
