using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace NetGen.Runtime;

/// <summary>8 floats in one register. Works everywhere; fast where <see cref="Vector256.IsHardwareAccelerated"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct V256 : IVector<V256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> value;

    /// <summary>Wraps a register.</summary>
    [MethodImpl(Inline)]
    public V256(Vector256<float> value) => this.value = value;

    /// <summary>The register.</summary>
    public Vector256<float> Value
    {
        [MethodImpl(Inline)]
        get => value;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 8;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <inheritdoc/>
    public static V256 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    public static V256 LaneIndex
    {
        [MethodImpl(Inline)]
        get => new(Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f));
    }

    /// <inheritdoc/>
    public static V256 LaneIndexInt
    {
        [MethodImpl(Inline)]
        get => new(Indices.AsSingle());
    }

    private static Vector256<int> Indices
    {
        [MethodImpl(Inline)]
        get => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 BroadcastInt(int value) => new(Vector256.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe V256 LoadPartial(ref readonly float source, int count)
    {
        if (Avx.IsSupported)
        {
            fixed (float* pinned = &source)
            {
                return new(Avx.MaskLoad(pinned, Mask(count)));
            }
        }
        return LoadLanes(in source, count);
    }

    // Not inlined: a vector whose address is taken would be kept in memory all through the caller.
    [MethodImpl(Jit.Kernel)]
    private static V256 LoadLanes(ref readonly float source, int count)
    {
        var lanes = Vector256<float>.Zero;
        ref var first = ref Unsafe.As<Vector256<float>, float>(ref lanes);
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
        if (Avx.IsSupported)
        {
            fixed (float* pinned = &target)
            {
                Avx.MaskStore(pinned, Mask(count), value);
            }
            return;
        }
        StoreLanes(value, ref target, count);
    }

    [MethodImpl(Jit.Kernel)]
    private static void StoreLanes(Vector256<float> lanes, ref float target, int count)
    {
        ref var first = ref Unsafe.As<Vector256<float>, float>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
        }
    }

    [MethodImpl(Inline)]
    private static Vector256<float> Mask(int count) => Vector256.GreaterThan(Vector256.Create(count), Indices).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float target) => value.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride)
    {
        ref var x = ref Unsafe.AsRef(in source);
        ref var y = ref target;
        if (!Avx.IsSupported)
        {
            V128.Transpose(in x, sourceStride, ref y, targetStride);
            V128.Transpose(in Unsafe.Add(ref x, 4), sourceStride, ref Unsafe.Add(ref y, 4 * targetStride), targetStride);
            V128.Transpose(in Unsafe.Add(ref x, 4 * sourceStride), sourceStride, ref Unsafe.Add(ref y, 4), targetStride);
            V128.Transpose(
                in Unsafe.Add(ref x, (4 * sourceStride) + 4), sourceStride, ref Unsafe.Add(ref y, (4 * targetStride) + 4), targetStride);
            return;
        }
        // Four columns at a time. Rows i and i + 4 are loaded into one register, so that its halves need not change places.
        for (var j = 0; j < 8; j += 4)
        {
            var r0 = LoadHalves(ref Unsafe.Add(ref x, j), 4 * sourceStride);
            var r1 = LoadHalves(ref Unsafe.Add(ref x, j + sourceStride), 4 * sourceStride);
            var r2 = LoadHalves(ref Unsafe.Add(ref x, j + (2 * sourceStride)), 4 * sourceStride);
            var r3 = LoadHalves(ref Unsafe.Add(ref x, j + (3 * sourceStride)), 4 * sourceStride);
            var (low01, high01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
            var (low23, high23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
            Avx.Shuffle(low01, low23, 0b01_00_01_00).StoreUnsafe(ref Unsafe.Add(ref y, j * targetStride));
            Avx.Shuffle(low01, low23, 0b11_10_11_10).StoreUnsafe(ref Unsafe.Add(ref y, (j + 1) * targetStride));
            Avx.Shuffle(high01, high23, 0b01_00_01_00).StoreUnsafe(ref Unsafe.Add(ref y, (j + 2) * targetStride));
            Avx.Shuffle(high01, high23, 0b11_10_11_10).StoreUnsafe(ref Unsafe.Add(ref y, (j + 3) * targetStride));
        }
    }

    [MethodImpl(Inline)]
    private static Vector256<float> LoadHalves(ref float x, nint distance) => Avx.InsertVector128(
        Vector128.LoadUnsafe(ref x).ToVector256Unsafe(), Vector128.LoadUnsafe(ref Unsafe.Add(ref x, distance)), 1);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 LoadBytes(ref readonly byte source) => Widen(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in source)).AsByte());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 LoadBytesPartial(ref readonly byte source, int count) => Widen(ByteLanes.Load(in source, count));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytes(ref byte target) => Unsafe.WriteUnaligned(ref target, Narrow().AsUInt64().ToScalar());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytesPartial(ref byte target, int count) => ByteLanes.Store(Narrow(), ref target, count);

    [MethodImpl(Inline)]
    private static V256 Widen(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
        {
            return new(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes)));
        }
        var (first, second) = Vector128.Widen(Vector128.WidenLower(bytes));
        return new(Vector256.ConvertToSingle(Vector256.Create(first, second).AsInt32()));
    }

    [MethodImpl(Inline)]
    private Vector128<byte> Narrow()
    {
        var integers = Vector256.ConvertToInt32Native(value);
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.ConvertToVector128Byte(integers);
        }
        var words = Vector128.Narrow(integers.GetLower().AsUInt32(), integers.GetUpper().AsUInt32());
        return Vector128.Narrow(words, words);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 operator +(V256 a, V256 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 operator -(V256 a, V256 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 operator *(V256 a, V256 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 operator /(V256 a, V256 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 operator -(V256 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(ref V256 sum, V256 a, V256 b)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            Unsafe.AsRef(in sum.value) = Vector256.FusedMultiplyAdd(a.value, b.value, sum.value);
            return;
        }
        sum = (a * b) + sum;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Fma(V256 a, V256 b, V256 c)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            return FmaExact(a, b, c);
        }
        return (a * b) + c;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Fma(float a, V256 b, V256 c) => X86Fma.IsSupported || AdvSimd.IsSupported
        ? new(Vector256.FusedMultiplyAdd(Vector256.Create(a), b.value, c.value))
        : new((Vector256.Create(a) * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 FmaExact(V256 a, V256 b, V256 c) => new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Min(V256 a, V256 b)
    {
        // The instruction gives its second operand unless the first is smaller: a, if one is NaN. A constant b costs no more.
        var result = Avx.IsSupported
            ? Avx.Min(b.value, a.value)
            : Vector256.ConditionalSelect(Vector256.LessThan(b.value, a.value), b.value, a.value);
        return new(Vector256.ConditionalSelect(Vector256.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Max(V256 a, V256 b)
    {
        // The instruction gives its second operand unless the first is larger: a, if one is NaN. A constant b costs no more.
        var result = Avx.IsSupported
            ? Avx.Max(b.value, a.value)
            : Vector256.ConditionalSelect(Vector256.GreaterThan(b.value, a.value), b.value, a.value);
        return new(Vector256.ConditionalSelect(Vector256.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Sqrt(V256 a) => new(Vector256.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Abs(V256 a) => new(Vector256.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Floor(V256 a) => new(Vector256.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Round(V256 a) => new(Vector256.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Greater(V256 a, V256 b) => new(Vector256.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 GreaterOrEqual(V256 a, V256 b) => new(Vector256.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Equal(V256 a, V256 b) => new(Vector256.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Select(V256 mask, V256 ifTrue, V256 ifFalse) =>
        new(Vector256.ConditionalSelect(mask.value, ifTrue.value, ifFalse.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool Any(V256 mask) => mask.value.AsInt32() != Vector256<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 And(V256 a, V256 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Or(V256 a, V256 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Xor(V256 a, V256 b) => new(a.value ^ b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Xor(V256 a, V256 b, V256 c)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.TernaryLogic(a.value, b.value, c.value, 0b1001_0110));
        }
        return new(a.value ^ b.value ^ c.value);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 AndNot(V256 a, V256 b) => new(Vector256.AndNot(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(V256 a) => V128.Sum(new(a.value.GetLower() + a.value.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Maximum(V256 a) => V128.Maximum(V128.Max(new(a.value.GetLower()), new(a.value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 AddInt(V256 a, V256 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 SubtractInt(V256 a, V256 b) => new((a.value.AsInt32() - b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 MultiplyEvenUInt(V256 a, V256 b)
    {
        if (Avx2.IsSupported)
        {
            return new(Avx2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());
        }
        var low = Vector256.Create(0xFFFF_FFFFUL);
        return new(((a.value.AsUInt64() & low) * (b.value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 OddToEven(V256 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 InterleaveEven(V256 even, V256 odd) =>
        new(((even.value.AsUInt64() & Vector256.Create(0xFFFF_FFFFUL)) | (odd.value.AsUInt64() << 32)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 GreaterOrEqualUInt(V256 a, V256 b) =>
        new(Vector256.GreaterThanOrEqual(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 ShiftLeftInt(V256 a, int bits) => new((a.value.AsInt32() << bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 ShiftRightInt(V256 a, int bits) => new((a.value.AsInt32() >> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 ShiftRightUInt(V256 a, int bits) => new((a.value.AsInt32() >>> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 ConvertToInt(V256 a) => new(Vector256.ConvertToInt32Native(a.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 ConvertFromInt(V256 a) => new(Vector256.ConvertToSingle(a.value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V256 Scale(V256 a, V256 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(a.value, n.value));
        }
        // In two steps, because 2ⁿ alone may lie outside of float's range. The first product is exact.
        var whole = Vector256.ConvertToInt32Native(n.value);
        var half = whole >> 1;
        var bias = Vector256.Create(127);
        return new(a.value * ((half + bias) << 23).AsSingle() * ((whole - half + bias) << 23).AsSingle());
    }
}
