using NetGen.Generator.Graph.Reference;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>Random tensors: the distributions of the meaning, the library's text against it at every width, and streams.</summary>
public sealed class RandomTensorTests
{
    [Theory]
    [InlineData("RandomUniform", 0.5, 0.28867513459481287)]
    [InlineData("RandomNormal", 0, 1)]
    [InlineData("RandomBernoulli", 0.25, 0.4330127018922193)]
    public void Have_their_mean_and_deviation(string function, double mean, double deviation)
    {
        const int count = 40000;
        var test = new TestGraph(4);
        var values = test.Evaluate(test.Call(function, ("dims", new[] { count / 4 }), ("p", 0.25f)));
        Assert.Equal(count, values.Length);
        var average = values.Average();
        Assert.InRange(average, mean - (4 * deviation / Math.Sqrt(count)), mean + (4 * deviation / Math.Sqrt(count)));
        var actual = Math.Sqrt(values.Average(v => (v - average) * (v - average)));
        Assert.InRange(actual, 0.98 * deviation, 1.02 * deviation);
    }

    [Fact]
    public void Every_call_draws_its_own()
    {
        var test = new TestGraph(2);
        var (first, second) = (test.Call("RandomNormal", ("dims", new[] { 3 })), test.Call("RandomNormal", ("dims", new[] { 3 })));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Empty(test.Evaluate(first).Intersect(test.Evaluate(second)));
    }

    /// <summary>Values of Python's statistics.NormalDist().inv_cdf.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(1e-6, -4.753424308822899)]
    [InlineData(0.0749, -1.4402382675279632)]
    public void The_meaning_is_the_quantile(double p, double expected) => Assert.Equal(expected, NormalDistribution.Quantile(p), 1e-13);

    [Fact]
    public void The_quantile_of_the_library_is_within_its_error()
    {
        var (worst, at) = (0.0, 0f);
        for (var n = 0; n < 1 << 23; n += n < 1 << 12 || n > (1 << 23) - (1 << 12) ? 1 : 37)
        {
            var p = (n + 0.5f) / (1 << 23);
            var expected = NormalDistribution.Quantile(p);
            var ulp = MathF.BitIncrement((float)Math.Abs(expected)) - (float)Math.Abs(expected);
            var error = Math.Abs(VectorMath.NormalQuantile(new V1(p)).Value - expected) / ulp;
            if (error > worst)
                (worst, at) = (error, p);
        }
        Assert.True(worst < 4.5, $"{worst} ulp at {at:R}");
    }

    [Fact]
    public void All_widths_draw_the_same()
    {
        var key = Philox.Key(1, 2, 3);
        var expected = Enumerable.Range(0, 40).Select(i => Philox.Uniform<V1>(key, (uint)i).Value).ToArray();
        Assert.Equal(expected, Lanes<V128>(key));
        Assert.Equal(expected, Lanes<V256>(key));
        Assert.Equal(expected, Lanes<V512>(key));
        Assert.All(expected, u => Assert.InRange(u, 1f / (1 << 24), 1 - (1f / (1 << 24))));

        static float[] Lanes<V>(PhiloxKey key)
            where V : struct, IVector<V>
        {
            var values = new float[40 + V.Count];
            for (var i = 0; i < 40; i += V.Count)
                Philox.Uniform<V>(key, (uint)i).Store(ref values[i]);
            return values[..40];
        }
    }
}
