using Xunit;

namespace Comparison;

public sealed class RooflineTests
{
    [Fact]
    public void A_batch_takes_as_long_as_its_arithmetic_or_longer()
    {
        var roofline = new Roofline(threads: 2);
        Assert.InRange(roofline.FlopsPerSecond, 1e6, 1e16);
        Assert.InRange(roofline.BytesPerSecond, 1e6, 1e15);

        var mlp = Architecture.From(784).Dense(128).Relu().Dense(10).Minimizing(Objective.CrossEntropy);
        foreach (var pass in new[] { Pass.Step, Pass.Forward })
        {
            foreach (var batch in new[] { 1, 4096 })
            {
                var arithmetic = mlp.Flops(batch, pass) / roofline.FlopsPerSecond;
                Assert.InRange(roofline.Seconds(mlp, batch, pass), arithmetic, 60);
            }
        }
        // Of nothing but weights, the time is that of moving them.
        var weights = new Architecture(new ImageShape(1, 1, 1), [new IdleWeights(), new DenseSpec(new ImageShape(1, 1, 1), 1, Bias: false)], Objective.None);
        Assert.InRange(roofline.Seconds(weights, 1, Pass.Forward), IdleWeights.Bytes / 1e15, 60);
    }

    [Fact]
    public void A_cache_line_takes_a_while_to_another_core_and_back()
    {
        if (Environment.ProcessorCount == 1)
        {
            Assert.Null(RoundTrip.Measure());
        }
        else
        {
            Assert.InRange(RoundTrip.Measure()!.Value, 1e-9, 1e-2);
        }
    }

    private sealed record IdleWeights : LayerSpec
    {
        public const int Bytes = 4 << 20;

        public override IReadOnlyList<int> ParameterLengths => [Bytes / sizeof(float)];
    }
}
