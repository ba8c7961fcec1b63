using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>A function of <see cref="VectorMath"/>, and the same in double.</summary>
public interface IFunction
{
    /// <summary>The largest error stated in its documentation, in ulp.</summary>
    static abstract double StatedError { get; }

    static abstract V Apply<V>(V x) where V : struct, IVector<V>;

    static abstract double Reference(double x);

    /// <summary>Results at NaN, infinities, zeros, and where a result begins to overflow.</summary>
    static abstract (float X, float Y)[] Special { get; }
}

public abstract class VectorMathTests<TFunction> where TFunction : IFunction
{
    // All 2³² floats take minutes; every 4093rd (a prime) meets every exponent some 2,000 times. Without instructions
    // for FMA a sample costs a hundred times as much.
    private static readonly uint Stride = Vector128.IsHardwareAccelerated && (Fma.IsSupported || !X86Base.IsSupported) ? 4093u : 4093u * 61;

    [Fact]
    public void ErrorIsAsStated() => Sweep(0, Stride);

    [Fact(Explicit = true)]
    public void ErrorIsAsStatedForEveryFloat() => Parallel.For(0, 256, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part => Sweep((uint)part, 256));

    [Fact]
    public void SpecialValues()
    {
        foreach (var (x, y) in TFunction.Special)
        {
            Check<V512>(x, y);
            Check<V256>(x, y);
            Check<V128>(x, y);
            Check<V1>(x, y);
        }
        Check<V512>(float.NaN, float.NaN);
    }

    [Fact]
    public void EveryWidthHasTheSameBits()
    {
        var inputs = new float[16];
        var expected = new float[16];
        var actual = new float[16];
        for (ulong bits = 0; bits < 1UL << 32; bits += Stride * 16UL)
        {
            for (var i = 0; i < 16; i++)
            {
                inputs[i] = BitConverter.UInt32BitsToSingle((uint)(bits + (Stride * (ulong)i)));
            }
            Map<V1>(inputs, expected);
            Map<V512>(inputs, actual);
            Same(inputs, expected, actual);
            Map<V256>(inputs, actual);
            Same(inputs, expected, actual);
            Map<V128>(inputs, actual);
            Same(inputs, expected, actual);
        }
    }

    private static string Name => typeof(TFunction).DeclaringType!.Name;

    private static void Sweep(uint start, uint stride)
    {
        var inputs = new float[16];
        var outputs = new float[16];
        var worst = 0.0;
        var worstAt = 0f;
        for (ulong bits = start; bits < 1UL << 32; bits += stride * 16UL)
        {
            for (var i = 0; i < 16; i++)
            {
                inputs[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + (stride * (ulong)i), uint.MaxValue));
            }
            Map<V512>(inputs, outputs);
            for (var i = 0; i < 16; i++)
            {
                var error = Error(inputs[i], outputs[i]);
                if (error > worst)
                {
                    (worst, worstAt) = (error, inputs[i]);
                }
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Name}: {worst:F3} ulp at {worstAt:R}");
        Assert.True(worst <= TFunction.StatedError, $"{Name}: {worst:F3} ulp at {worstAt:R}; {TFunction.StatedError} are stated.");
    }

    // In ulp of the true result; infinite if one of both is NaN or infinite and the other is not.
    private static double Error(float x, float y)
    {
        var reference = TFunction.Reference(x);
        var rounded = (float)reference;
        if (float.IsNaN(rounded) || float.IsInfinity(rounded))
        {
            return y.Equals(rounded) || (float.IsInfinity(rounded) && y == (rounded > 0 ? float.MaxValue : float.MinValue)) ? 0 : double.PositiveInfinity;
        }
        if (float.IsInfinity(y) && Math.Abs(rounded) == float.MaxValue)
        {
            return 1;
        }
        if (!float.IsFinite(y))
        {
            return double.PositiveInfinity;
        }
        var exponent = Math.Max(reference == 0 ? -1000 : Math.ILogB(reference), -126);
        return Math.Abs(y - reference) / Math.ScaleB(1, exponent - 23);
    }

    private static void Map<V>(float[] inputs, float[] outputs) where V : struct, IVector<V>
    {
        for (var i = 0; i < inputs.Length; i += V.Count)
        {
            TFunction.Apply(V.Load(in inputs[i])).Store(ref outputs[i]);
        }
    }

    private static void Same(float[] inputs, float[] expected, float[] actual)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]) && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
            {
                Assert.Fail($"{Name}({inputs[i]:R}) is {expected[i]:R} in V1 and {actual[i]:R} elsewhere.");
            }
        }
    }

    private static void Check<V>(float x, float y) where V : struct, IVector<V>
    {
        var lanes = new float[V.Count];
        TFunction.Apply(V.Broadcast(x)).Store(ref lanes[0]);
        foreach (var lane in lanes)
        {
            var same = float.IsNaN(y) ? float.IsNaN(lane) : BitConverter.SingleToInt32Bits(y) == BitConverter.SingleToInt32Bits(lane);
            Assert.True(same, $"{Name}({x:R}) is {lane:R} in {typeof(V).Name}; expected {y:R}");
        }
    }
}

public sealed class ExpTests : VectorMathTests<ExpTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1.1;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Exp(x);

        public static double Reference(double x) => Math.Exp(x);

        public static (float X, float Y)[] Special =>
        [
            (0, 1), (-0f, 1), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, 0),
            (88.72284f, float.PositiveInfinity), (1e30f, float.PositiveInfinity), (-103.98f, 0), (-1e30f, 0), (-103.9f, 1e-45f), (1e-45f, 1),
        ];
    }
}

public sealed class Expm1Tests : VectorMathTests<Expm1Tests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1.5;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Expm1(x);

        public static double Reference(double x) => Doubles.Expm1(x);

        public static (float X, float Y)[] Special =>
        [
            (0, 0), (-0f, -0f), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, -1),
            (88.72284f, float.PositiveInfinity), (-1e30f, -1), (1e-45f, 1e-45f), (-1e-45f, -1e-45f), (1e-38f, 1e-38f),
        ];
    }
}

public sealed class LogTests : VectorMathTests<LogTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log(x);

        public static double Reference(double x) => Math.Log(x);

        public static (float X, float Y)[] Special =>
        [
            (0, float.NegativeInfinity), (-0f, float.NegativeInfinity), (1, 0), (float.PositiveInfinity, float.PositiveInfinity),
            (float.NegativeInfinity, float.NaN), (-1, float.NaN), (-1e-45f, float.NaN), (1e-45f, -103.27893f),
        ];
    }
}

public sealed class Log1PTests : VectorMathTests<Log1PTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1.6;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log1P(x);

        public static double Reference(double x) => Doubles.Log1P(x);

        public static (float X, float Y)[] Special =>
        [
            (0, 0), (-0f, -0f), (-1, float.NegativeInfinity), (float.PositiveInfinity, float.PositiveInfinity),
            (float.NegativeInfinity, float.NaN), (-1.0000001f, float.NaN), (1e-45f, 1e-45f), (-1e-45f, -1e-45f),
            (float.MaxValue, 88.72284f),
        ];
    }
}

public sealed class TanhTests : VectorMathTests<TanhTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1.5;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Tanh(x);

        public static double Reference(double x) => Math.Tanh(x);

        public static (float X, float Y)[] Special =>
        [
            (0, 0), (-0f, -0f), (float.PositiveInfinity, 1), (float.NegativeInfinity, -1), (50, 1), (-50, -1), (1e-45f, 1e-45f), (float.MaxValue, 1),
        ];
    }
}

public sealed class SigmoidTests : VectorMathTests<SigmoidTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 2.5;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sigmoid(x);

        public static double Reference(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

        public static (float X, float Y)[] Special =>
        [
            (0, 0.5f), (-0f, 0.5f), (float.PositiveInfinity, 1), (float.NegativeInfinity, 0), (1e30f, 1), (-1e30f, 0), (-103.9f, 1e-45f),
        ];
    }
}

public sealed class SoftplusTests : VectorMathTests<SoftplusTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 2;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Softplus(x);

        public static double Reference(double x) => Math.Max(x, 0) + Doubles.Log1P(Math.Exp(-Math.Abs(x)));

        public static (float X, float Y)[] Special =>
        [
            (0, 0.6931472f), (-0f, 0.6931472f), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, 0),
            (float.MaxValue, float.MaxValue), (float.MinValue, 0), (-103.9f, 1e-45f),
        ];
    }
}

public sealed class ErfTests : VectorMathTests<ErfTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 1.2;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Erf(x);

        public static double Reference(double x) => Doubles.Erf(x);

        public static (float X, float Y)[] Special =>
        [
            (0, 0), (-0f, -0f), (float.PositiveInfinity, 1), (float.NegativeInfinity, -1), (4, 1), (-1e30f, -1), (float.MaxValue, 1),
        ];
    }

    [Theory]
    [InlineData(0.1, 0.1124629160182849)] // Abramowitz and Stegun, table 7.1
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1.0, 0.8427007929497149)]
    [InlineData(2.0, 0.9953222650189527)]
    [InlineData(3.5, 0.9999992569016276)]
    public void TheReferenceIsRight(double x, double y) => Assert.Equal(y, Doubles.Erf(x), 1e-14);
}

public sealed class SineTests
{
    [Theory]
    [InlineData(10f)]
    [InlineData(131072f)]
    public void Errors_are_as_stated(float most)
    {
        Random random = new(3);
        var worst = 0.0;
        for (var i = 0; i < 400_000; i++)
        {
            // Of all sizes, and some that are as near to a multiple of π/2 as floats come.
            var x = (i % 4) switch
            {
                0 => (float)((random.NextDouble() * 2 - 1) * most),
                1 => (float)(Math.PI / 2 * random.Next((int)(most / 2))),
                2 => (float)Math.Exp(random.NextDouble() * (Math.Log(most) + 20) - 20),
                _ => -(float)(Math.PI / 4 * random.Next((int)(most / 2))),
            };
            worst = Math.Max(worst, Error(Math.Sin(x), VectorMath.Sin(V1.Broadcast(x)).Value));
            worst = Math.Max(worst, Error(Math.Cos(x), VectorMath.Cos(V1.Broadcast(x)).Value));
        }
        Assert.InRange(worst, 0.5, 1.6);

        static double Error(double exact, float value) => Math.Abs(value - exact) / Ulp((float)exact);
    }

    [Fact]
    public void Large_angles_lose_digits_and_larger_ones_have_none()
    {
        for (var x = 131072f; x < float.MaxValue / 2; x *= 1.0037f)
        {
            var (sine, cosine) = (VectorMath.Sin(V1.Broadcast(x)).Value, VectorMath.Cos(V1.Broadcast(-x)).Value);
            if (x <= 4194304f)
            {
                Assert.Equal(Math.Sin(x), sine, 1e-5);
                Assert.Equal(Math.Cos(x), cosine, 1e-5);
            }
            else
            {
                Assert.True(float.IsNaN(sine) && float.IsNaN(cosine), $"{x:R}");
            }
        }
    }

    [Fact]
    public void Every_width_has_the_same_bits_and_special_values_are_right()
    {
        float[] inputs = [0f, -0f, 0.5f, -1e-30f, 1f, 3f, 4f, 6f, -100f, 1e5f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e-42f, 2f, 1e9f];
        var sines = new float[16];
        var cosines = new float[16];
        VectorMath.Sin(V512.Load(in inputs[0])).Store(ref sines[0]);
        VectorMath.Cos(V512.Load(in inputs[0])).Store(ref cosines[0]);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(VectorMath.Sin(V1.Broadcast(inputs[i])).Value), BitConverter.SingleToInt32Bits(sines[i]));
            Assert.Equal(BitConverter.SingleToInt32Bits(VectorMath.Cos(V1.Broadcast(inputs[i])).Value), BitConverter.SingleToInt32Bits(cosines[i]));
        }
        Assert.Equal((0f, 1f, -1e-30f, 1e-42f), (sines[0], cosines[0], sines[3], sines[13]));
        Assert.True(float.IsNaN(sines[10]) && float.IsNaN(cosines[11]) && float.IsNaN(sines[12]));
    }

    private static double Ulp(float x) => MathF.BitIncrement(MathF.Abs(x)) - (double)MathF.Abs(x);
}

public sealed class MishTests
{
    [Fact]
    public void Error_is_as_stated()
    {
        for (var x = -86f; x < 100f; x += 0.0037f)
        {
            var t = Math.Tanh(Math.Max(x, 0) + Doubles.Log1P(Math.Exp(-Math.Abs((double)x))));
            var (mish, derivative) = (x * t, t + (x * (1 - (t * t)) / (1 + Math.Exp(-(double)x))));
            var off = Math.Abs(VectorMath.Mish(V1.Broadcast(x)).Value - mish);
            Assert.True(off <= 4 * Ulp((float)mish), $"mish({x:R}) is off by {off / Ulp((float)mish)} ulp");
            off = Math.Abs(VectorMath.MishDerivative(V1.Broadcast(x)).Value - derivative);
            Assert.True(off <= 4 * Ulp(1 + Math.Abs(x)), $"mish'({x:R}) is off by {off}");
        }
    }

    [Fact]
    public void Nothing_overflows()
    {
        Assert.Equal(float.MaxValue, VectorMath.Mish(V1.Broadcast(float.MaxValue)).Value);
        Assert.Equal(0, VectorMath.Mish(V1.Broadcast(-1e30f)).Value);
        Assert.Equal(1, VectorMath.MishDerivative(V1.Broadcast(1e30f)).Value);
        Assert.Equal(0, VectorMath.MishDerivative(V1.Broadcast(-1e30f)).Value);
        Assert.Equal(float.NaN, VectorMath.Mish(V1.Broadcast(float.NaN)).Value);
    }

    private static double Ulp(float x) => (double)MathF.BitIncrement(Math.Abs(x)) - Math.Abs(x);
}

/// <summary>References in double for what Math lacks.</summary>
internal static class Doubles
{
    public static double Expm1(double x) => Math.Abs(x) < 1e-4 ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4)))))) : Math.Exp(x) - 1;

    public static double Log1P(double x)
    {
        if (x < -1)
        {
            return double.NaN;
        }
        var u = 1 + x;
        return u == 1 || double.IsInfinity(u) || u == 0 ? u == 1 ? x : Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (double.IsNaN(x) || a > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }
        // erf x = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!: all terms are positive, nothing cancels.
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}

public sealed class LogCoshTests : VectorMathTests<LogCoshTests.F>
{
    public readonly struct F : IFunction
    {
        public static double StatedError => 6;

        public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.LogCosh(x);

        public static double Reference(double x)
        {
            double u = Doubles.Expm1(Math.Abs(x));
            return Math.Abs(x) > 20 ? Math.Abs(x) - Math.Log(2) : Doubles.Log1P(u * u / (2 + (2 * u)));
        }

        public static (float X, float Y)[] Special =>
            [(0, 0), (-0f, 0), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, float.PositiveInfinity), (1e30f, 1e30f)];
    }
}

public sealed class AngleTests
{
    [Fact]
    public void Error_is_as_stated()
    {
        Random random = new(7);
        var worst = 0.0;
        for (var i = 0; i < 400_000; i++)
        {
            // Vectors of all directions and lengths, and those near the axes and diagonals.
            var (angle, length) = (random.NextDouble() * 2 * Math.PI, Math.Exp(random.NextDouble() * 60 - 30));
            if (i % 3 == 1)
                angle = Math.PI / 4 * random.Next(8) + (random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(8));
            var (x, y) = ((float)(length * Math.Cos(angle)), (float)(length * Math.Sin(angle)));
            if (i % 3 == 2)
                (x, y) = (BitConverter.Int32BitsToSingle(random.Next(1, 0x7E000000)), BitConverter.Int32BitsToSingle(random.Next(1, 0x7E000000)));
            var exact = Math.Atan2(y, x);
            if (Math.Abs(exact) < 1.2e-38)
                continue;
            var error = Math.Abs(VectorMath.Atan2(V1.Broadcast(y), V1.Broadcast(x)).Value - exact) / Math.ScaleB(1, Math.ILogB(exact) - 23);
            Assert.True(error <= 3, $"Atan2({y:R}, {x:R}): {error:F2} ulp");
            worst = Math.Max(worst, error);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"Atan2: {worst:F3} ulp");
        Assert.InRange(worst, 0.5, 3);
    }

    [Fact]
    public void Special_values_are_those_of_C_and_every_width_has_the_same_bits()
    {
        float[] numbers = [0, -0f, 1, -1, 2.5f, -2.5f, 1e-30f, -1e30f, 1e-40f, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        foreach (var y in numbers)
        {
            foreach (var x in numbers)
            {
                var value = VectorMath.Atan2(V1.Broadcast(y), V1.Broadcast(x)).Value;
                var exact = Math.Atan2(y, x);
                Assert.True(
                    double.IsNaN(exact) ? float.IsNaN(value) : Math.Abs(value - exact) <= 3e-7 * Math.Abs(exact) + 2e-45 && double.IsNegative(exact) == float.IsNegative(value),
                    $"Atan2({y:R}, {x:R}) is {value:R}, not {exact:R}");
                foreach (var other in new[] { First(VectorMath.Atan2(V128.Broadcast(y), V128.Broadcast(x))), First(VectorMath.Atan2(V256.Broadcast(y), V256.Broadcast(x))), First(VectorMath.Atan2(V512.Broadcast(y), V512.Broadcast(x))) })
                    Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(other));
            }
        }

        static float First<V>(V value)
            where V : struct, IVector<V>
        {
            var lanes = new float[16];
            value.Store(ref lanes[0]);
            return lanes[0];
        }
    }
}

public sealed class PowTests
{
    [Fact]
    public void ErrorIsAsStated()
    {
        Random random = new(5);
        var (x, y, results) = (new float[16], new float[16], new float[16]);
        var worst = 0.0;
        for (var sample = 0; sample < 40_000; sample++)
        {
            for (var i = 0; i < 16; i++)
            {
                // Bases of all magnitudes, near 1, and between; exponents whose results are floats.
                x[i] = (sample % 3) switch
                {
                    0 => BitConverter.Int32BitsToSingle(random.Next(1, 0x7F800000)),
                    1 => 1 + (float)((random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(7))),
                    _ => (float)(random.NextDouble() * 20),
                };
                y[i] = (float)((random.NextDouble() - 0.5) * 2 * Math.Min(1e30, 110 / Math.Abs(Math.Log(x[i]) + 1e-300)));
                if (sample % 5 == 0)
                    (x[i], y[i]) = (-x[i], MathF.Round(y[i]));
            }
            VectorMath.Pow(V512.Load(in x[0]), V512.Load(in y[0])).Store(ref results[0]);
            for (var i = 0; i < 16; i++)
            {
                var expected = Math.Pow(x[i], y[i]);
                if (!float.IsFinite((float)expected) || Math.Abs(expected) > 3.4e38)
                    continue;
                var error = Math.Abs(results[i] - expected) / Math.ScaleB(1, Math.Max(Math.ILogB(expected), -126) - 23);
                Assert.True(error <= 2, $"Pow({x[i]:R}, {y[i]:R}) is {results[i]:R}: {error:F2} ulp");
                worst = Math.Max(worst, error);
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"Pow: {worst:F3} ulp");
    }

    [Fact]
    public void SpecialValuesAreThoseOfC()
    {
        float[] numbers =
        [
            0, -0f, 1, -1, 2, -2, 3, -3, 0.5f, -0.5f, 1.5f, -1.5f, 1e30f, -1e30f, 16777217, -16777217, 1e-40f, -1e-40f, 300, -300, 301, -301,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        ];
        foreach (var x in numbers)
        {
            foreach (var y in numbers)
            {
                var expected = MathF.Pow(x, y);
                Check(expected, VectorMath.Pow(new V1(x), new V1(y)).Value);
                Check(expected, First(VectorMath.Pow(V128.Broadcast(x), V128.Broadcast(y))));
                Check(expected, First(VectorMath.Pow(V256.Broadcast(x), V256.Broadcast(y))));
                Check(expected, First(VectorMath.Pow(V512.Broadcast(x), V512.Broadcast(y))));

                void Check(float e, float a) => Assert.True(
                    float.IsNaN(e) ? float.IsNaN(a) : e.Equals(a) && float.IsNegative(e) == float.IsNegative(a)
                        || (float.IsFinite(e) && Math.Abs(e - a) <= Math.Abs(e) * 2.4e-7 + 2e-45),
                    $"Pow({x:R}, {y:R}) is {a:R}; expected {e:R}");
            }
        }
    }

    private static float First<V>(V values)
        where V : struct, IVector<V>
    {
        var lanes = new float[V.Count];
        values.Store(ref lanes[0]);
        return lanes[0];
    }
}
