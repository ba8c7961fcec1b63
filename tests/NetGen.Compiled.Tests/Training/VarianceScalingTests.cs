using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>Weights that start with a variance of scale / fan, by the numbers that are drawn.</summary>
public sealed class VarianceScalingTests
{
    private const int Inputs = 200, Units = 320;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
        [.. Enum.GetValues<Fan>().SelectMany(fan => Enum.GetValues<Spread>().Select(spread => Source(fan, spread)))]));

    public static TheoryData<Fan, Spread> All
    {
        get
        {
            TheoryData<Fan, Spread> all = [];
            foreach (var fan in Enum.GetValues<Fan>())
            {
                foreach (var spread in Enum.GetValues<Spread>())
                    all.Add(fan, spread);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Numbers_have_the_variance(Fan fan, Spread spread)
    {
        using var network = Compiled.Value[$"{fan}{spread}"].Create(seed: 4);
        double[] weights = [.. network.Network.Parameters["layer.weight"].Values.ToArray().Select(w => (double)w)];
        var n = fan switch { Fan.In => Inputs, Fan.Out => Units, _ => (Inputs + Units) / 2.0 };
        var deviation = Math.Sqrt(3 / n);
        Assert.Equal(0, weights.Average(), deviation / 50);
        Assert.Equal(1, Math.Sqrt(weights.Average(w => w * w)) / deviation, 0.01);
        // Where each distribution ends: the normal one nowhere.
        var largest = weights.Max(Math.Abs) / deviation;
        var (least, most) = spread switch { Spread.TruncatedNormal => (2.2, 2 / 0.8796), Spread.Uniform => (1.72, Math.Sqrt(3) + 1e-6), _ => (3.5, 6.0) };
        Assert.InRange(largest, least, most);
    }

    private static NetworkSource Source(Fan fan, Spread spread) => new(
        $"{fan}{spread}",
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = Dense({{Units}}, init: Init.VarianceScaling(3f, Fan.{{fan}}, Spread.{{spread}}));

            public Tensor Forward([Shape({{Inputs}})] Tensor x) => layer(x);
        }
        """);
}
