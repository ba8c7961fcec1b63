using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>Several networks predict together what the mean of their predictions is.</summary>
public sealed class EnsembleTests
{
    private const int Samples = 37, Classes = 3;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([new("Classes", Network(Classes, 8)), new("More", Network(Classes + 1, 8))]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Network(int classes, int width) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Dense({{width}}), Tanh, Dense({{classes}}));

            public Tensor Forward([Shape(4)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """;

    [Theory]
    [InlineData(EnsembleMean.Outputs)]
    [InlineData(EnsembleMean.Softmax)]
    [InlineData(EnsembleMean.Sigmoid)]
    public void A_prediction_is_the_mean_of_the_members(EnsembleMean mean)
    {
        using Ensemble ensemble = new(Predictor("Classes", 1), Predictor("Classes", 2), Predictor("Classes", 3));
        float[] together = ensemble.Predict(Data(), mean, batchSize: 8, Cancellation);
        double[] expected = new double[Samples * Classes];
        foreach (IPredictor member in ensemble.Members)
        {
            Batch batch = new(member.Inputs, Samples);
            batch.Fill(Data(), 0, Samples);
            float[] outputs = new float[expected.Length];
            member.PredictBatch(batch, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                IEnumerable<float> sample = outputs.Skip(i / Classes * Classes).Take(Classes);
                expected[i] += (mean switch
                {
                    EnsembleMean.Outputs => outputs[i],
                    EnsembleMean.Softmax => Math.Exp(outputs[i]) / sample.Sum(value => Math.Exp(value)),
                    _ => 1 / (1 + Math.Exp(-outputs[i])),
                }) / 3;
            }
        }

        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], together[i], 1e-6);
    }

    [Fact]
    public void Training_side_by_side_gives_the_same_however_many_at_once()
    {
        using Ensemble one = Train(parallelism: 1), two = Train(parallelism: 2);
        Assert.Equal(one.Predict(Data(), cancellationToken: Cancellation), two.Predict(Data(), cancellationToken: Cancellation));
        float[][] weights = [.. one.Members.Select(member => member.Parameters[0].Values.ToArray())];
        Assert.Equal(3, weights.Select(values => values[0]).Distinct().Count());

        static Ensemble Train(int parallelism) => Ensemble.Train(members: 3, run =>
        {
            var network = (ITrainable)Compiled.Value["Classes"].Create(run.Seed + 1, run.Device).Network;
            network.Fit(Data(), new FitOptions { Epochs = 2, Seed = run.Seed }, new Adam(0.01f));
            return (IPredictor)network;
        }, parallelism, seed: 5, Cancellation);
    }

    [Fact]
    public void Snapshots_are_the_weights_at_the_ends_of_cycles()
    {
        Snapshots snapshots = new(every: 2);
        List<float> seen = [];
        using ICompiledNetwork network = Compiled.Value["Classes"].Create();
        ((ITrainable)network.Network).Fit(
            Data(), new FitOptions { Epochs = 5, Schedule = Schedule.CosineRestarts(first: 2), Callbacks = [snapshots, new AtEpochEnd(fit => seen.Add(fit.Network.Parameters[0].Values[0]))] },
            new Sgd(0.1f, momentum: 0.9f));
        Assert.Equal(2, snapshots.Count);
        using Ensemble ensemble = snapshots.Ensemble(() => Predictor("Classes", 9));
        Assert.Equal([seen[1], seen[3]], ensemble.Members.Select(member => member.Parameters[0].Values[0]));
    }

    [Fact]
    public void What_cannot_be_together_is_refused()
    {
        Assert.Contains("at least one member", Assert.Throws<ArgumentException>(() => new Ensemble([])).Message);
        using IPredictor three = Predictor("Classes", 1), four = Predictor("More", 1);
        Assert.Contains("Net predicts x: Float [4] → [4], and Net x: Float [4] → [3]", Assert.Throws<ArgumentException>(() => new Ensemble(three, four)).Message);
        Assert.Throws<InvalidOperationException>(() => new Snapshots(3).Ensemble(() => Predictor("Classes", 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Snapshots(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ensemble.Train(0, _ => three, cancellationToken: Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ensemble(three).Predict(Data(), (EnsembleMean)7, cancellationToken: Cancellation));
        Assert.Throws<InvalidOperationException>(() => Ensemble.Train(2, run => run.Number == 1 ? throw new InvalidOperationException() : Predictor("Classes", 1), cancellationToken: Cancellation));
    }

    private static IPredictor Predictor(string name, ulong seed) => (IPredictor)Compiled.Value[name].Create(seed).Network;

    private static Dataset Data()
    {
        Random random = new(4);
        float[] x = [.. Enumerable.Range(0, Samples * 4).Select(_ => random.NextSingle() - 0.5f)];
        return new(new DataColumn("x", x, 4), new DataColumn("label", [.. Enumerable.Range(0, Samples).Select(i => x[4 * i] > 0 ? 1 : x[4 * i + 1] > 0 ? 2 : 0)]));
    }

    private sealed class AtEpochEnd(Action<FitContext> action) : FitCallback
    {
        public override void OnEpochEnd(FitContext fit) => action(fit);
    }
}
