using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>The search for a learning rate, with networks as users write them: what it finds, and that it leaves nothing behind.</summary>
public sealed class RateTests
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Rates",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(16), BatchNorm(), Relu, Dropout(0.2f), Dense(1));

                public Tensor Forward([Shape(4)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y);
            }
            """),
    ]));

    /// <summary>
    /// Weights, running statistics, moments, and random numbers: the training afterwards has the bits of one without the search.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_network_is_as_it_was(bool isTrained)
    {
        Assert.Equal(Weights(search: false), Weights(search: true));

        float[] Weights(bool search)
        {
            using var network = Compiled.Value["Rates"].Create(seed: 3);
            var trainable = (ITrainable)network.Network;
            var options = new FitOptions { Epochs = 2, BatchSize = 16, Seed = 5 };
            if (isTrained)
                trainable.Fit(Data(), options, new Adam(1e-3f));
            if (search)
                Assert.NotEmpty(trainable.FindLearningRate(Data(), new Adam(0.1f), batchSize: 16).Points);
            trainable.Fit(Data(), options, new Adam(1e-3f));
            return [.. network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }
    }

    [Fact]
    public void It_finds_a_rate_that_learns()
    {
        using var network = Compiled.Value["Rates"].Create(seed: 3);
        var trainable = (ITrainable)network.Network;
        RateTest test = trainable.FindLearningRate(Data(), Adam.Default, batchSize: 16, seed: 1);
        Assert.Equal(1e-7, test.Points[0].Rate, 1e-12);
        Assert.All(
            test.Points.Zip(test.Points.Skip(1)), pair => Assert.Equal(Math.Pow(1e8, 1 / 99.0), pair.Second.Rate / pair.First.Rate, 1e-3));
        // Adam moves a weight by about the rate in a step: below 1e-4 nothing happens in 100 steps, and above 1 all is lost.
        double rate = Assert.NotNull(test.Steepest);
        Assert.InRange(rate, 1e-4, 1);
        Assert.InRange(test.AtLeast, rate, 10);

        float before = trainable.Evaluate(Data(), cancellationToken: TestContext.Current.CancellationToken).Loss;
        trainable.Fit(Data(), new FitOptions { Epochs = 5, BatchSize = 16 }, new Adam((float)rate));
        Assert.InRange(trainable.Evaluate(Data(), cancellationToken: TestContext.Current.CancellationToken).Loss, 0, before / 4);
    }

    [Fact]
    public void A_canceled_search_leaves_nothing_behind_either()
    {
        using var network = Compiled.Value["Rates"].Create(seed: 3);
        float[] before = [.. network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        Assert.Throws<OperationCanceledException>(
            () => ((ITrainable)network.Network)
                .FindLearningRate(Data(), Adam.Default, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(before, network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Throws<ArgumentException>(() => ((ITrainable)network.Network).FindLearningRate(Data(), Rprop.Default));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ((ITrainable)network.Network).FindLearningRate(Data(), Adam.Default, lowest: 1, highest: 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ITrainable)network.Network).FindLearningRate(Data(), Adam.Default, lowest: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ITrainable)network.Network).FindLearningRate(Data(), Adam.Default, steps: 9));
    }

    private static Dataset Data()
    {
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, 4 * 200).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] y = [.. Enumerable.Range(0, 200).Select(i => (2 * x[4 * i]) - x[(4 * i) + 1] + 0.5f)];
        return new(new DataColumn("x", x, 4), new DataColumn("y", y, 1));
    }
}
