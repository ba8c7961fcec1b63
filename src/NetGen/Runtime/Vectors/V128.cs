using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace NetGen.Runtime;

/// <summary>4 floats in one register. Works everywhere; fast where <see cref="Vector128.IsHardwareAccelerated"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct V128 : IVector<V128>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<float> value;

    /// <summary>Wraps a register.</summary>
    [MethodImpl(Inline)]
    public V128(Vector128<float> value) => this.value = value;

    /// <summary>The register.</summary>
    public Vector128<float> Value
    {
        [MethodImpl(Inline)]
        get => value;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 4;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? 32 : 16;
    }

    /// <inheritdoc/>
    public static V128 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector128<float>.Zero);
    }

    /// <inheritdoc/>
    public static V128 LaneIndex
    {
        [MethodImpl(Inline)]
        get => new(Vector128.Create(0f, 1f, 2f, 3f));
    }

    /// <inheritdoc/>
    public static V128 LaneIndexInt
    {
        [MethodImpl(Inline)]
        get => new(Indices.AsSingle());
    }

    private static Vector128<int> Indices
    {
        [MethodImpl(Inline)]
        get => Vector128.Create(0, 1, 2, 3);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 BroadcastInt(int value) => new(Vector128.Create(value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe V128 LoadPartial(ref readonly float source, int count)
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
    private static V128 LoadLanes(ref readonly float source, int count)
    {
        var lanes = Vector128<float>.Zero;
        ref var first = ref Unsafe.As<Vector128<float>, float>(ref lanes);
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
    private static void StoreLanes(Vector128<float> lanes, ref float target, int count)
    {
        ref var first = ref Unsafe.As<Vector128<float>, float>(ref lanes);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
        }
    }

    [MethodImpl(Inline)]
    private static Vector128<float> Mask(int count) => Vector128.GreaterThan(Vector128.Create(count), Indices).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float target) => value.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Transpose(ref readonly float source, nint sourceStride, ref float target, nint targetStride)
    {
        ref var x = ref Unsafe.AsRef(in source);
        ref var y = ref target;
        var r0 = Vector128.LoadUnsafe(ref x);
        var r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, sourceStride));
        var r2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * sourceStride));
        var r3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * sourceStride));
        var (low02, high02) = Interleave(r0, r2);
        var (low13, high13) = Interleave(r1, r3);
        var (c0, c1) = Interleave(low02, low13);
        var (c2, c3) = Interleave(high02, high13);
        c0.StoreUnsafe(ref y);
        c1.StoreUnsafe(ref Unsafe.Add(ref y, targetStride));
        c2.StoreUnsafe(ref Unsafe.Add(ref y, 2 * targetStride));
        c3.StoreUnsafe(ref Unsafe.Add(ref y, 3 * targetStride));
    }

    // a₀ b₀ a₁ b₁ and a₂ b₂ a₃ b₃
    [MethodImpl(Inline)]
    private static (Vector128<float> Low, Vector128<float> High) Interleave(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            return (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        }
        if (AdvSimd.Arm64.IsSupported)
        {
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
        }
        return (Vector128.Create(a[0], b[0], a[1], b[1]), Vector128.Create(a[2], b[2], a[3], b[3]));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 LoadBytes(ref readonly byte source) => Widen(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in source)).AsByte());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 LoadBytesPartial(ref readonly byte source, int count) => Widen(ByteLanes.Load(in source, count));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytes(ref byte target) => Unsafe.WriteUnaligned(ref target, Narrow().AsUInt32().ToScalar());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void StoreBytesPartial(ref byte target, int count) => ByteLanes.Store(Narrow(), ref target, count);

    [MethodImpl(Inline)]
    private static V128 Widen(Vector128<byte> bytes) =>
        new(Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32()));

    [MethodImpl(Inline)]
    private Vector128<byte> Narrow()
    {
        var integers = Vector128.ConvertToInt32Native(value).AsUInt32();
        var words = Vector128.Narrow(integers, integers);
        return Vector128.Narrow(words, words);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 operator +(V128 a, V128 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 operator -(V128 a, V128 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 operator *(V128 a, V128 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 operator /(V128 a, V128 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 operator -(V128 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(ref V128 sum, V128 a, V128 b)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            Unsafe.AsRef(in sum.value) = Vector128.FusedMultiplyAdd(a.value, b.value, sum.value);
            return;
        }
        sum = (a * b) + sum;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Fma(V128 a, V128 b, V128 c)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            return FmaExact(a, b, c);
        }
        return (a * b) + c;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Fma(float a, V128 b, V128 c) => X86Fma.IsSupported || AdvSimd.IsSupported
        ? new(Vector128.FusedMultiplyAdd(Vector128.Create(a), b.value, c.value))
        : new((Vector128.Create(a) * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 FmaExact(V128 a, V128 b, V128 c)
    {
        if (X86Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value));
        }
        return new(InDoubles(a.value, b.value, c.value));
    }

    // The product of floats is exact in double. If the sum is rounded to odd there, rounding it to float gives what one rounding would have
    // given (Boldo and Melquiond, Emulation of FMA and Correctly Rounded Sums, 2008).
    private static Vector128<float> InDoubles(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        var (a0, a1) = Vector128.Widen(a);
        var (b0, b1) = Vector128.Widen(b);
        var (c0, c1) = Vector128.Widen(c);
        return Vector128.Narrow(AddToOdd(a0 * b0, c0), AddToOdd(a1 * b1, c1));
    }

    // a + b: exact, or of the two doubles around it the one with an odd last bit.
    [MethodImpl(Inline)]
    private static Vector128<double> AddToOdd(Vector128<double> a, Vector128<double> b)
    {
        // sum + error = a + b exactly (Knuth's TwoSum); the error is NaN if the sum is not finite.
        var sum = a + b;
        var ofB = sum - a;
        var error = (a - (sum - ofB)) + (b - ofB);
        var inexact = Vector128.GreaterThan(Vector128.Abs(error), Vector128<double>.Zero).AsUInt64();
        // One step back if the sum was rounded away from 0 (the error points to 0 then); truncated now, it is odd with its last bit set.
        var away = (error.AsUInt64() ^ sum.AsUInt64()) >>> 63;
        return ((sum.AsUInt64() - (away & inexact)) | (inexact & Vector128<ulong>.One)).AsDouble();
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Min(V128 a, V128 b)
    {
        // The instruction gives its second operand unless the first is smaller: a, if one is NaN. A constant b costs no more.
        var result = Sse.IsSupported
            ? Sse.Min(b.value, a.value)
            : Vector128.ConditionalSelect(Vector128.LessThan(b.value, a.value), b.value, a.value);
        return new(Vector128.ConditionalSelect(Vector128.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Max(V128 a, V128 b)
    {
        // The instruction gives its second operand unless the first is larger: a, if one is NaN. A constant b costs no more.
        var result = Sse.IsSupported
            ? Sse.Max(b.value, a.value)
            : Vector128.ConditionalSelect(Vector128.GreaterThan(b.value, a.value), b.value, a.value);
        return new(Vector128.ConditionalSelect(Vector128.Equals(b.value, b.value), result, b.value));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Sqrt(V128 a) => new(Vector128.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Abs(V128 a) => new(Vector128.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Floor(V128 a) => new(Vector128.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Round(V128 a) => new(Vector128.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Greater(V128 a, V128 b) => new(Vector128.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 GreaterOrEqual(V128 a, V128 b) => new(Vector128.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Equal(V128 a, V128 b) => new(Vector128.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Select(V128 mask, V128 ifTrue, V128 ifFalse) =>
        new(Vector128.ConditionalSelect(mask.value, ifTrue.value, ifFalse.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool Any(V128 mask) => mask.value.AsInt32() != Vector128<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 And(V128 a, V128 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Or(V128 a, V128 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Xor(V128 a, V128 b) => new(a.value ^ b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Xor(V128 a, V128 b, V128 c)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.TernaryLogic(a.value, b.value, c.value, 0b1001_0110));
        }
        return new(a.value ^ b.value ^ c.value);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 AndNot(V128 a, V128 b) => new(Vector128.AndNot(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(V128 a)
    {
        var pairs = a.value + Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Maximum(V128 a)
    {
        var pairs = Max(a, new(Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1))));
        return Max(pairs, new(Vector128.Shuffle(pairs.value, Vector128.Create(1, 0, 3, 2)))).value.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 AddInt(V128 a, V128 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 SubtractInt(V128 a, V128 b) => new((a.value.AsInt32() - b.value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 MultiplyEvenUInt(V128 a, V128 b)
    {
        if (Sse2.IsSupported)
        {
            return new(Sse2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());
        }
        if (AdvSimd.IsSupported)
        {
            return new(AdvSimd.MultiplyWideningLower(
                AdvSimd.ExtractNarrowingLower(a.value.AsUInt64()), AdvSimd.ExtractNarrowingLower(b.value.AsUInt64())).AsSingle());
        }
        var low = Vector128.Create(0xFFFF_FFFFUL);
        return new(((a.value.AsUInt64() & low) * (b.value.AsUInt64() & low)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 OddToEven(V128 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 InterleaveEven(V128 even, V128 odd) =>
        new(((even.value.AsUInt64() & Vector128.Create(0xFFFF_FFFFUL)) | (odd.value.AsUInt64() << 32)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 GreaterOrEqualUInt(V128 a, V128 b) =>
        new(Vector128.GreaterThanOrEqual(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 ShiftLeftInt(V128 a, int bits) => new((a.value.AsInt32() << bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 ShiftRightInt(V128 a, int bits) => new((a.value.AsInt32() >> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 ShiftRightUInt(V128 a, int bits) => new((a.value.AsInt32() >>> bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 ConvertToInt(V128 a) => new(Vector128.ConvertToInt32Native(a.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 ConvertFromInt(V128 a) => new(Vector128.ConvertToSingle(a.value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static V128 Scale(V128 a, V128 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(a.value, n.value));
        }
        // In two steps, because 2ⁿ alone may lie outside of float's range. The first product is exact.
        var whole = Vector128.ConvertToInt32Native(n.value);
        var half = whole >> 1;
        var bias = Vector128.Create(127);
        return new(a.value * ((half + bias) << 23).AsSingle() * ((whole - half + bias) << 23).AsSingle());
    }
}
