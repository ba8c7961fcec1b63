using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>What <c>Evaluate</c> and <c>Fit</c> say of right and wrong: of each classification, whatever the batches are.</summary>
public sealed class AccuracyTests
{
    private const int Count = 23;

    private static readonly string[] Names = ["flags01", "kind by extra", "kind by shape", "mixture"];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Fractions",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter one = Parameter(3, Init.Ones);

                public Tensor Forward([Shape(3)] Tensor x) => x * one;

                [Objective]
                public Tensor Loss(Tensor x, [Shape(3)] Tensor target) => BinaryCrossEntropy(Forward(x), target);
            }
            """),
        new NetworkSource("Heads", WholeNetworks.Heads("shapes + 0.5f * colours + flags + auxiliary")),
        new NetworkSource("Turned", WholeNetworks.Heads("auxiliary + flags + 0.5f * colours + shapes")),
    ]));

    [Fact]
    public void Fractions_of_samples_are_not_rounded_in_any_batch()
    {
        using var network = Compiled.Value["Fractions"].Create();
        const int samples = 5;
        var data = new Dataset(
            new DataColumn("x", [.. Enumerable.Repeat(1f, 3 * samples)], 3),
            new DataColumn("target", [.. Enumerable.Range(0, 3 * samples).Select(i => i % 3 < 2 ? 1f : 0f)], 3));
        var evaluations = Enumerable.Range(1, samples).Select(size => Evaluate(network, data, size)).ToArray();
        Assert.All(evaluations, evaluation => Assert.Equal(2 / 3f, evaluation.Accuracy!.Value, 1e-7f));
        Assert.All(evaluations, evaluation => Assert.Equal(evaluations[0].Loss, evaluation.Loss, 1e-7f * evaluations[0].Loss));
    }

    [Theory]
    [InlineData("Heads")]
    [InlineData("Turned")]
    public void Each_classification_has_its_own_in_batches_of_any_size(string name)
    {
        using var network = Network(name);
        var (data, expected) = Data(network);
        Assert.Equal(Names, ((ITrainable)network.Network).Accuracies.ToArray());
        foreach (var size in new[] { 1, 2, 7, 16, Count, 128 })
        {
            var evaluation = Evaluate(network, data, size);
            Assert.Null(evaluation.Accuracy);
            Assert.Equal(Names, evaluation.Accuracies.Keys);
            Assert.All(expected, e => Assert.Equal(e.Value, evaluation.Accuracies[e.Key], 1e-7f));
        }
    }

    /// <summary>A learning rate that moves no weight: what the training sees is what an evaluation does.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void A_training_counts_as_an_evaluation_does(int batchSize)
    {
        using var network = Network("Heads");
        var (data, expected) = Data(network);
        var history = ((ITrainable)network.Network).Fit(data, new FitOptions { BatchSize = batchSize, ValidationData = data }, new Sgd(1e-30f));
        Assert.All(expected, e => Assert.Equal(e.Value, history.Last!.Accuracies[e.Key], 1e-7f));
        Assert.Equal(Evaluate(network, data, batchSize).Accuracies, history.Last!.ValidationAccuracies);
        Assert.Contains("accuracy of kind by extra", history.ToString());
    }

    [Fact]
    public void Nothing_that_is_NaN_is_right()
    {
        using var network = Network("Heads");
        var (data, _) = Data(network);
        foreach (var parameter in network.Network.Parameters)
            parameter.Values.Fill(float.NaN);
        var evaluation = Evaluate(network, data, 7);
        Assert.True(float.IsNaN(evaluation.Loss));
        Assert.All(evaluation.Accuracies.Values, accuracy => Assert.Equal(0, accuracy));

        using var binary = Compiled.Value["Fractions"].Create();
        var wrong = new Dataset(new DataColumn("x", [float.NaN, float.NaN, -1f], 3), new DataColumn("target", [0f, 1f, 0f], 3));
        Assert.Equal(1 / 3f, Evaluate(binary, wrong, 1).Accuracy!.Value, 1e-7f);
    }

    private static Evaluation Evaluate(ICompiledNetwork network, Dataset data, int batchSize) =>
        ((ITrainable)network.Network).Evaluate(data, batchSize, TestContext.Current.CancellationToken);

    private static ICompiledNetwork Network(string name)
    {
        var network = Compiled.Value[name].Create(seed: 3);
        TestData.FillWeights(network.Network, seed: 5);
        return network;
    }

    /// <summary>Samples, and the share of them that is right, from the network's own answers.</summary>
    private static (Dataset Data, Dictionary<string, float> Correct) Data(ICompiledNetwork network)
    {
        var random = new Random(2);
        var x = TestData.Numbers(random, Count * 6, 0.1, 2);
        var kinds = Enumerable.Range(0, Count).Select(_ => random.Next(3)).ToArray();
        var mixtures = Enumerable.Range(0, Count * 4).Select(_ => random.NextSingle()).ToArray();
        var flags = Enumerable.Range(0, Count * 5).Select(_ => (float)random.Next(2)).ToArray();
        var data = new Dataset(new DataColumn("x", x, 6), new DataColumn("kind", kinds), new DataColumn("mixture", mixtures, 4), new DataColumn("flags01", flags, 5));
        var (shape, colour, flag, extra) = (Answers("Forward", 3), Answers("Colours", 4), Answers("Flags", 5), Answers("Extra", 3));
        return (data, new Dictionary<string, float>
        {
            ["kind by shape"] = Share(b => Likeliest(shape, b, 3) == kinds[b]),
            ["kind by extra"] = Share(b => Likeliest(extra, b, 3) == kinds[b]),
            ["mixture"] = Share(b => Likeliest(colour, b, 4) == Likeliest(mixtures, b, 4)),
            ["flags01"] = flag.Zip(flags).Count(pair => pair.First > 0 == pair.Second > 0.5f) / (float)flags.Length,
        });

        float[] Answers(string method, int columns)
        {
            var result = new float[Count * columns];
            network.Predict(method, [x], result);
            return result;
        }

        static int Likeliest(float[] values, int row, int columns) => Enumerable.Range(0, columns).MaxBy(j => values[(row * columns) + j]);

        static float Share(Func<int, bool> right) => Enumerable.Range(0, Count).Count(right) / (float)Count;
    }
}
