using NetGen.Cuda.Kernels;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Cuda.Tests;

/// <summary>A thread's float against the CPU's.</summary>
public sealed class LaneTests
{
    private delegate V Function<V>(V x);

    [Fact]
    public void Functions_have_the_bits_of_the_CPU()
    {
        Same(VectorMath.Exp, VectorMath.Exp, nameof(VectorMath.Exp));
        Same(VectorMath.Expm1, VectorMath.Expm1, nameof(VectorMath.Expm1));
        Same(VectorMath.Log, VectorMath.Log, nameof(VectorMath.Log));
        Same(VectorMath.Log1P, VectorMath.Log1P, nameof(VectorMath.Log1P));
        Same(VectorMath.Tanh, VectorMath.Tanh, nameof(VectorMath.Tanh));
        Same(VectorMath.Sigmoid, VectorMath.Sigmoid, nameof(VectorMath.Sigmoid));
        Same(VectorMath.Softplus, VectorMath.Softplus, nameof(VectorMath.Softplus));
        Same(VectorMath.Erf, VectorMath.Erf, nameof(VectorMath.Erf));
        Same(VectorMath.Sin, VectorMath.Sin, nameof(VectorMath.Sin));
        Same(VectorMath.Cos, VectorMath.Cos, nameof(VectorMath.Cos));
        Same(VectorMath.Mish, VectorMath.Mish, nameof(VectorMath.Mish));
        Same(VectorMath.MishDerivative, VectorMath.MishDerivative, nameof(VectorMath.MishDerivative));
        Same(V1.Sqrt, Lane.Sqrt, nameof(V1.Sqrt));
        Same(V1.Floor, Lane.Floor, nameof(V1.Floor));
        Same(V1.Round, Lane.Round, nameof(V1.Round));
        Same(x => V1.ConvertFromInt(V1.ShiftRightInt(x, 3)), x => Lane.ConvertFromInt(Lane.ShiftRightInt(x, 3)), "integers");
        Same(x => V1.Broadcast(1f) / x, x => Lane.Broadcast(1f) / x, "reciprocal");
        Same(x => x * V1.Broadcast(1.1f) - x, x => x * Lane.Broadcast(1.1f) - x, "two roundings");
        Same(x => V1.FmaExact(x, V1.Broadcast(1.1f), -x), x => Lane.FmaExact(x, Lane.Broadcast(1.1f), -x), "one rounding");
    }

    [Fact]
    public void Updates_have_the_bits_of_the_CPU()
    {
        Same(Adam.Default);
        Same(AdamW.Default);
        Same(Sgd.Default);
        Same(RmsProp.Default);
        Same(Adagrad.Default);
        Same(new SgdW(0.1f, 0.9f, nesterov: true));
        Same(Adamax.Default);
        Same(Nadam.Default);
        Same(Lion.Default);
        Same(Adadelta.Default);
        Same(Rprop.Default);
    }

    [Fact]
    public void The_larger_and_the_smaller_are_NaN_if_one_is_and_order_zeros()
    {
        foreach (var (a, b) in new[] { (float.NaN, 1f), (1f, float.NaN), (float.NaN, float.NaN) })
        {
            Assert.Equal(float.NaN, Lane.Max(new(a), new(b)).Value);
            Assert.Equal(float.NaN, Lane.Min(new(a), new(b)).Value);
        }
        Assert.Equal(0, BitConverter.SingleToInt32Bits(Lane.Max(new(-0f), new(0f)).Value));
        Assert.Equal(int.MinValue, BitConverter.SingleToInt32Bits(Lane.Min(new(0f), new(-0f)).Value));
    }

    private static void Same(Function<V1> expected, Function<Lane> actual, string what)
    {
        // A prime stride meets every exponent some thousand times.
        for (ulong bits = 0; bits < 1UL << 32; bits += 4093 * 61)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            Assert.True(SameBits(expected(new(x)).Value, actual(new(x)).Value), $"{what}({x:R}) is {expected(new(x)).Value:R} on the CPU, {actual(new(x)).Value:R} in a thread.");
        }
    }

    private static void Same<TOptimizer>(TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        V1 weight = new(0.3f), slot0 = new(0f), slot1 = new(0f);
        Lane lane = new(0.3f), lane0 = new(0f), lane1 = new(0f);
        for (var step = 1; step < 200; step++)
        {
            var prepared = optimizer.Prepare(step);
            var gradient = MathF.Sin(step) * MathF.Pow(2, (step % 40) - 30);
            weight = TOptimizer.Update(in prepared, weight, new V1(gradient), ref slot0, ref slot1);
            lane = TOptimizer.Update(in prepared, lane, new Lane(gradient), ref lane0, ref lane1);
            Assert.True(SameBits(weight.Value, lane.Value) && SameBits(slot0.Value, lane0.Value) && SameBits(slot1.Value, lane1.Value), $"{typeof(TOptimizer).Name}, step {step}");
        }
    }

    private static bool SameBits(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));
}
