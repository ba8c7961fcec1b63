using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>Every member of every width against plain scalar C#, bit for bit.</summary>
public abstract class VectorTests<V> where V : struct, IVector<V>
{
    private static readonly float[] Interesting =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 3.7f, -3.7f, 1e-45f, -1e-45f, 1e-38f, 3.4028235e38f, -3.4028235e38f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 8388608.5f, 1e10f, 255f, 0.1f, MathF.PI,
    ];

    private static int N => V.Count;

    private static float[] Lanes(V v)
    {
        var lanes = new float[N];
        v.Store(ref lanes[0]);
        return lanes;
    }

    private static V Make(Func<int, float> lane)
    {
        var lanes = new float[N];
        for (var i = 0; i < N; i++)
        {
            lanes[i] = lane(i);
        }
        return V.Load(in lanes[0]);
    }

    private static int Bits(float f) => BitConverter.SingleToInt32Bits(f);

    private static float FromBits(int bits) => BitConverter.Int32BitsToSingle(bits);

    private static void Same(float expected, float actual, string what)
    {
        if (float.IsNaN(expected) && float.IsNaN(actual))
        {
            return;
        }
        Assert.True(Bits(expected) == Bits(actual), $"{what}: expected {expected:R} (0x{Bits(expected):X8}), got {actual:R} (0x{Bits(actual):X8})");
    }

    private static void SameBits(int expected, float actual, string what) =>
        Assert.True(expected == Bits(actual), $"{what}: expected 0x{expected:X8}, got 0x{Bits(actual):X8}");

    // All pairs of interesting values, each in each lane at some time.
    private static void Pairs(Func<V, V, V> op, Func<float, float, float> expected, string name)
    {
        for (var s = 0; s < Interesting.Length; s++)
        {
            for (var t = 0; t < Interesting.Length; t++)
            {
                float A(int i) => Interesting[(s + i) % Interesting.Length];
                float B(int i) => Interesting[(t + (3 * i)) % Interesting.Length];
                var lanes = Lanes(op(Make(A), Make(B)));
                for (var i = 0; i < N; i++)
                {
                    Same(expected(A(i), B(i)), lanes[i], $"{name}({A(i):R}, {B(i):R})");
                }
            }
        }
    }

    private static void Integers(Func<V, V, V> op, Func<int, int, int> expected, string name)
    {
        int[] values = [0, 1, -1, 2, 127, -128, 65535, 65536, int.MaxValue, int.MinValue, 0x12345678, unchecked((int)0xDEADBEEF), unchecked((int)0xD2511F53)];
        for (var s = 0; s < values.Length; s++)
        {
            for (var t = 0; t < values.Length; t++)
            {
                int A(int i) => values[(s + i) % values.Length];
                int B(int i) => values[(t + (3 * i)) % values.Length];
                var lanes = Lanes(op(Make(i => FromBits(A(i))), Make(i => FromBits(B(i)))));
                for (var i = 0; i < N; i++)
                {
                    SameBits(expected(A(i), B(i)), lanes[i], $"{name}(0x{A(i):X8}, 0x{B(i):X8})");
                }
            }
        }
    }

    private static float Mask(bool condition) => FromBits(condition ? -1 : 0);

    [Fact]
    public void Arithmetic()
    {
        Pairs((a, b) => a + b, (a, b) => a + b, "+");
        Pairs((a, b) => a - b, (a, b) => a - b, "-");
        Pairs((a, b) => a * b, (a, b) => a * b, "*");
        Pairs((a, b) => a / b, (a, b) => a / b, "/");
        Pairs((a, _) => -a, (a, _) => -a, "negate");
        // One rounding with an instruction for it, two without.
        Func<float, float, float, float> fma = Fma.IsSupported || AdvSimd.IsSupported ? MathF.FusedMultiplyAdd : (a, b, c) => (a * b) + c;
        Pairs((a, b) => V.Fma(a, b, V.Broadcast(0.1f)), (a, b) => fma(a, b, 0.1f), "fma");
        Pairs((a, b) => V.Fma(a, a, b), (a, b) => fma(a, a, b), "fma");
        Pairs((a, b) => V.Fma(0.1f, a, b), (a, b) => fma(0.1f, a, b), "fma of a number");
        Pairs((a, b) => V.FmaExact(a, b, V.Broadcast(0.1f)), (a, b) => MathF.FusedMultiplyAdd(a, b, 0.1f), "exact fma");
        Pairs((a, b) => V.FmaExact(a, a, b), (a, b) => MathF.FusedMultiplyAdd(a, a, b), "exact fma");
    }

    /// <summary>Sums whose double is not yet the float: rounding them twice gives another float.</summary>
    [Fact]
    public void Exact_fma_rounds_once()
    {
        var random = new Random(1);
        var (a, b, c) = (new float[16], new float[16], new float[16]);
        var told = 0;
        for (var n = 0; n < 20_000; n++)
        {
            for (var i = 0; i < 16; i++)
            {
                // Any float; a denormal one, whose product with b is too small for all its bits; or one with 13 bits.
                a[i] = FromBits((n % 4) switch { 0 => random.Next(), 1 => random.Next(1 << 24), _ => random.Next() & ~0x7FF });
                // 13 bits times 12 bits end half way between two floats, or near to it.
                b[i] = n % 4 < 2 ? MathF.ScaleB(random.NextSingle() - 0.5f, random.Next(-2, 3)) : FromBits(random.Next() & ~0xFFF);
                var product = (double)a[i] * b[i];
                // Anything from the product's negative to what only its last bits feel.
                c[i] = (float)(product * (n % 8 == 7 ? -1 : Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 30))));
            }
            for (var i = 0; i + N <= 16; i += N)
            {
                var lanes = Lanes(V.FmaExact(V.Load(in a[i]), V.Load(in b[i]), V.Load(in c[i])));
                for (var j = 0; j < N; j++)
                {
                    var once = MathF.FusedMultiplyAdd(a[i + j], b[i + j], c[i + j]);
                    var twice = (float)(((double)a[i + j] * b[i + j]) + c[i + j]);
                    Same(once, lanes[j], $"{a[i + j]:R} · {b[i + j]:R} + {c[i + j]:R}");
                    told += float.IsNaN(once) || once == twice ? 0 : 1;
                }
            }
        }
        Assert.True(told > 500, $"only {told} of the sums tell one rounding from two");
    }

    [Fact]
    public void Rounding()
    {
        Pairs((a, _) => V.Sqrt(a), (a, _) => MathF.Sqrt(a), "sqrt");
        Pairs((a, _) => V.Abs(a), (a, _) => MathF.Abs(a), "abs");
        Pairs((a, _) => V.Floor(a), (a, _) => MathF.Floor(a), "floor");
        Pairs((a, _) => V.Round(a), (a, _) => MathF.Round(a, MidpointRounding.ToEven), "round");
    }

    [Fact]
    public void MinAndMaxPropagateNaN()
    {
        Pairs(V.Min, Smaller, "min");
        Pairs(V.Max, Larger, "max");
        Pairs((a, _) => V.Max(a, V.Zero), (a, _) => Larger(a, 0f), "relu");
        Pairs((_, b) => V.Max(V.Zero, b), (_, b) => Larger(0f, b), "relu");
        Pairs((a, _) => V.Min(V.Max(a, V.Broadcast(-1f)), V.Broadcast(6f)), (a, _) => Smaller(Larger(a, -1f), 6f), "clamp");
        Pairs((a, _) => V.Max(a, V.Broadcast(float.NaN)), (a, _) => float.NaN, "max");

        static float Smaller(float a, float b) => float.IsNaN(b) || b < a ? b : a;
        static float Larger(float a, float b) => float.IsNaN(b) || b > a ? b : a;
    }

    [Fact]
    public void Comparisons()
    {
        Pairs(V.Greater, (a, b) => Mask(a > b), ">");
        Pairs(V.GreaterOrEqual, (a, b) => Mask(a >= b), ">=");
        Pairs(V.Equal, (a, b) => Mask(a == b), "==");
        Pairs((a, b) => V.Select(V.Greater(a, b), a, b), (a, b) => a > b ? a : b, "select");
        Assert.False(V.Any(V.Zero));
        Assert.True(V.Any(V.Equal(V.LaneIndex, V.Broadcast(N - 1))));
    }

    [Fact]
    public void Bitwise()
    {
        Integers(V.And, (a, b) => a & b, "and");
        Integers(V.Or, (a, b) => a | b, "or");
        Integers(V.Xor, (a, b) => a ^ b, "xor");
        Integers((a, b) => V.Xor(a, b, V.BroadcastInt(0x55AA1234)), (a, b) => a ^ b ^ 0x55AA1234, "xor of three");
        Integers(V.AndNot, (a, b) => a & ~b, "andnot");
    }

    [Fact]
    public void IntegerArithmetic()
    {
        Integers(V.AddInt, (a, b) => unchecked(a + b), "add");
        Integers(V.SubtractInt, (a, b) => unchecked(a - b), "subtract");
        Integers(V.GreaterOrEqualUInt, (a, b) => (uint)a >= (uint)b ? -1 : 0, ">= unsigned");
        Integers((a, _) => V.ShiftLeftInt(a, 23), (a, _) => a << 23, "<<");
        Integers((a, _) => V.ShiftRightInt(a, 5), (a, _) => a >> 5, ">>");
        Integers((a, _) => V.ShiftRightUInt(a, 8), (a, _) => a >>> 8, ">>>");
        Integers((a, _) => V.ConvertFromInt(a), (a, _) => Bits((float)a), "toFloat");
    }

    [Fact]
    public void PairsOfLanes()
    {
        var random = new Random(3);
        for (var repeat = 0; repeat < 1000; repeat++)
        {
            var a = Enumerable.Range(0, N + 1).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
            var b = Enumerable.Range(0, N + 1).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
            var x = Make(i => FromBits((int)a[i]));
            var y = Make(i => FromBits((int)b[i]));
            var products = Lanes(V.MultiplyEvenUInt(x, y));
            var moved = Lanes(V.OddToEven(x));
            var interleaved = Lanes(V.InterleaveEven(x, y));
            for (var i = 0; i < N; i++)
            {
                var even = i & ~1;
                var product = (ulong)a[even] * b[even];
                SameBits((int)(uint)(i == even ? product : product >> 32), products[i], $"product, lane {i}");
                SameBits(i == even && i + 1 < N ? (int)a[i + 1] : 0, moved[i], $"odd to even, lane {i}");
                SameBits((int)(i == even ? a[i] : b[even]), interleaved[i], $"interleave, lane {i}");
            }
        }
    }

    [Fact]
    public void ConvertsTowardsZero()
    {
        float[] values = [0f, -0f, 0.9f, -0.9f, 1.5f, -1.5f, 2147483520f, -2147483648f, 12345.678f];
        foreach (var value in values)
        {
            foreach (var lane in Lanes(V.ConvertToInt(V.Broadcast(value))))
            {
                SameBits((int)value, lane, $"(int){value}");
            }
        }
    }

    [Fact]
    public void ScalesByPowersOfTwo()
    {
        float[] values = [0f, -0f, 0.5f, 1f, -1.9999999f, 3.9999998f, 1.2345678f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        for (var n = -200; n <= 200; n++)
        {
            foreach (var value in values)
            {
                var expected = (float)(value * Math.Pow(2, n));
                foreach (var lane in Lanes(V.Scale(V.Broadcast(value), V.Broadcast(n))))
                {
                    Same(expected, lane, $"{value:R} * 2^{n}");
                }
            }
        }
    }

    [Fact]
    public void ConstantsAndBroadcasts()
    {
        Assert.Equal(Enumerable.Range(0, N).Select(i => (float)i), Lanes(V.LaneIndex));
        Assert.Equal(Enumerable.Range(0, N), Lanes(V.LaneIndexInt).Select(Bits));
        Assert.All(Lanes(V.Zero), lane => SameBits(0, lane, "zero"));
        Assert.All(Lanes(V.Broadcast(-3.5f)), lane => Assert.Equal(-3.5f, lane));
        Assert.All(Lanes(V.BroadcastInt(-77)), lane => SameBits(-77, lane, "broadcastInt"));
    }

    [Fact]
    public void SumsByHalves()
    {
        var lanes = Enumerable.Range(0, N).Select(i => 1f / (i + 1)).ToArray();
        var sums = lanes.ToArray();
        for (var half = N / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }
        Same(sums[0], V.Sum(V.Load(in lanes[0])), "sum");
    }

    [Fact]
    public void MaximumFindsEveryLaneAndNaN()
    {
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(7f, V.Maximum(Make(lane => lane == i ? 7f : -lane)));
            Assert.True(float.IsNaN(V.Maximum(Make(lane => lane == i ? float.NaN : lane))));
        }
    }

    [Fact]
    public void PartialLoadsAndStoresTouchNothingElse()
    {
        for (var count = 0; count <= N; count++)
        {
            var source = Enumerable.Range(1, N + 2).Select(i => (float)i).ToArray();
            var loaded = Lanes(V.LoadPartial(in source[0], count));
            for (var i = 0; i < N; i++)
            {
                SameBits(i < count ? Bits(i + 1) : 0, loaded[i], $"lane {i} of {count}");
            }
            var target = new float[N + 2];
            Array.Fill(target, -9f);
            V.Load(in source[0]).StorePartial(ref target[1], count);
            for (var i = 0; i < target.Length; i++)
            {
                Assert.Equal(i >= 1 && i <= count ? i : -9f, target[i]);
            }
        }
    }

    [Fact]
    public void BytesRoundTrip()
    {
        for (var start = 0; start < 256; start++)
        {
            var source = Enumerable.Range(start, N + 2).Select(i => (byte)i).ToArray();
            var loaded = V.LoadBytes(in source[0]);
            Assert.Equal(source.Take(N).Select(b => (float)b), Lanes(loaded));
            var target = new byte[N + 2];
            Array.Fill(target, (byte)77);
            loaded.StoreBytes(ref target[1]);
            Assert.Equal(source.Take(N), target.Skip(1).Take(N));
            Assert.Equal((77, 77), (target[0], target[^1]));
        }
        for (var count = 0; count <= N; count++)
        {
            var source = Enumerable.Range(200, N).Select(i => (byte)i).ToArray();
            var loaded = V.LoadBytesPartial(in source[0], count);
            Assert.Equal(source.Select((b, i) => i < count ? b : 0f), Lanes(loaded));
            var target = new byte[N + 2];
            Array.Fill(target, (byte)77);
            V.LoadBytes(in source[0]).StoreBytesPartial(ref target[1], count);
            Assert.Equal(target.Select((_, i) => i >= 1 && i <= count ? source[i - 1] : (byte)77), target);
        }
    }

    [Fact]
    public void PartialAccessStopsAtTheEndOfMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard page is set up with Linux system calls.");
        using var page = new GuardedPage();
        for (var count = 0; count <= N; count++)
        {
            ref var floats = ref page.LastFloats(count);
            V.Broadcast(count).StorePartial(ref floats, count);
            Assert.Equal(count * (float)count, V.Sum(V.LoadPartial(in floats, count)));
            ref var bytes = ref page.LastBytes(count);
            V.Broadcast(count).StoreBytesPartial(ref bytes, count);
            Assert.Equal(count * (float)count, V.Sum(V.LoadBytesPartial(in bytes, count)));
        }
    }
}

public sealed class V512Tests : VectorTests<V512>;

public sealed class V256Tests : VectorTests<V256>;

public sealed class V128Tests : VectorTests<V128>;

public sealed class V1Tests : VectorTests<V1>;

/// <summary>Memory whose next byte cannot be touched: an access past the end ends the test run.</summary>
internal sealed partial class GuardedPage : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly nint size = Environment.SystemPageSize;
    private readonly nint start;

    public GuardedPage()
    {
        start = Map(0, 2 * size, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, start);
        Assert.Equal(0, Protect(start + size, size, 0));
    }

    public ref float LastFloats(int count) => ref Unsafe.As<byte, float>(ref LastBytes(count * sizeof(float)));

    public ref byte LastBytes(int count) => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), start + size - count);

    public void Dispose() => Unmap(start, 2 * size);

#pragma warning disable SYSLIB1054 // LibraryImport would ask for unsafe blocks in the whole test project.
    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(nint address, nint length);
#pragma warning restore SYSLIB1054
}
