using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>The CTC loss and its gradient by what they mean: a sum over all class sequences that say the target, one by one.</summary>
public sealed class CtcTests
{
    private const int Steps = 5, Classes = 3, Longest = 3;

    /// <summary>The logits are the weight: their gradient is what a step of rate 1 takes away.</summary>
    private const string Constant =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Parameter logits = Parameter(5, 3);

            public Tensor Forward([Shape] Tensor x, [Shape(3)] Labels text) => Ctc(logits + 0f * x, text, ignoreIndex: -1);

            [Objective]
            public Tensor Loss(Tensor x, Labels text) => Forward(x, text);
        }
        """;

    private const string Sequences =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Parameter scale = Parameter(3, Init.Ones);

            public Tensor Forward([Sequence(5), Shape(3)] Tensor x) => x * scale;

            public Tensor Cost(Tensor x, [Sequence(3)] Labels text) => Ctc(Forward(x), text);

            public Tensor Kept(Tensor x, [Sequence(3)] Labels text) => Ctc(Forward(x), text, zeroInfinity: true);

            [Objective]
            public Tensor Loss(Tensor x, [Sequence(3)] Labels text) => Cost(x, text);
        }
        """;

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(
        [new NetworkSource("OfConstant", Constant), new NetworkSource("OfSequences", Sequences)]));

    /// <summary>No labels, one, all of them; repeated ones; what stands behind the end does not count.</summary>
    [Theory]
    [InlineData(-1, 1, 2)]
    [InlineData(2, -1, 0)]
    [InlineData(1, 2, -1)]
    [InlineData(1, 1, -1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(2, 2, 1)]
    public void Loss_and_gradient_are_sums_over_paths(params int[] text)
    {
        using var net = Networks.Value["OfConstant"].Create(seed: 3);
        var logits = net.Network.Parameters["logits"].Values;
        TestData.Numbers(new Random(7), logits.Length, 0.1, 2).CopyTo(logits);
        var before = logits.ToArray().Select(v => (double)v).ToArray();
        var target = text.TakeWhile(label => label >= 0).ToArray();
        var result = new float[1];
        net.Predict("Forward", [new float[1], text], result);
        Assert.Equal(Meaning(before, target), result[0], 1e-5);
        net.Step("Loss", [new float[1], text], new Sgd(1f));
        for (var i = 0; i < before.Length; i++)
        {
            const double step = 1e-5;
            var (above, below) = ((double[])before.Clone(), (double[])before.Clone());
            (above[i], below[i]) = (above[i] + step, below[i] - step);
            Assert.Equal((Meaning(above, target) - Meaning(below, target)) / (2 * step), before[i] - net.Network.Parameters["logits"].Values[i], 1e-5);
        }
    }

    [Fact]
    public void Sequences_have_lengths_of_their_own_and_what_cannot_be_said_costs_infinity()
    {
        using var net = Networks.Value["OfSequences"].Create();
        int[] steps = [4, 1, 3, 2], lengths = [2, 1, 2, 2], text = [1, 2, 2, 1, 1, 2, 2];
        var x = TestData.Numbers(new Random(2), steps.Sum() * Classes, 0.1, 2);
        float[] cost = new float[4], kept = new float[4];
        net.Predict("Cost", Inputs("Cost"), cost);
        net.Predict("Kept", Inputs("Kept"), kept);
        for (int b = 0, step = 0, label = 0; b < 4; step += steps[b], label += lengths[b], b++)
        {
            var own = text[label..(label + lengths[b])];
            var expected = Meaning([.. x[(step * Classes)..((step + steps[b]) * Classes)].Select(v => (double)v)], own);
            Assert.Equal(b == 3, double.IsPositiveInfinity(expected));
            if (b < 3)
                Assert.Equal(expected, cost[b], 1e-5);
        }
        // Two equal labels take three steps; there are two.
        Assert.Equal(float.PositiveInfinity, cost[3]);
        Assert.Equal([.. cost[..3], 0f], kept);

        Array[] Inputs(string method) => [.. Networks.Value["OfSequences"].Model.Methods.Single(m => m.Name == method).Inputs.Select(input => (Array)(input.Name switch
        {
            "x" => x,
            "text" => text,
            "xLengths" => steps,
            "textLengths" => lengths,
            var other => throw new InvalidOperationException(other),
        }))];
    }

    [Fact]
    public void A_blank_among_the_labels_makes_the_loss_NaN()
    {
        using var net = Networks.Value["OfConstant"].Create();
        var result = new float[1];
        net.Predict("Forward", [new float[1], new[] { 1, 0, 2 }], result);
        Assert.True(float.IsNaN(result[0]));
    }

    /// <summary>−log Σ over all class sequences that say the target, ∏ of their softmax.</summary>
    private static double Meaning(double[] logits, int[] target)
    {
        var steps = logits.Length / Classes;
        var p = Enumerable.Range(0, steps).Select(t =>
        {
            var row = logits[(t * Classes)..((t + 1) * Classes)];
            return row.Select(v => Math.Exp(v) / row.Sum(Math.Exp)).ToArray();
        }).ToArray();
        var sum = 0.0;
        for (var path = 0; path < Math.Pow(Classes, steps); path++)
        {
            var (said, last, product, rest) = (new List<int>(), 0, 1.0, path);
            for (var t = 0; t < steps; t++, rest /= Classes)
            {
                var k = rest % Classes;
                if (k != last && k != 0)
                    said.Add(k);
                (last, product) = (k, product * p[t][k]);
            }
            if (said.SequenceEqual(target))
                sum += product;
        }
        return -Math.Log(sum);
    }
}
