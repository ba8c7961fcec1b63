using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Means of weights, in Fit and beside a loop of one's own, against the same mean in double.</summary>
public sealed class WeightAverageTests
{
    private static readonly FitOptions Options = new() { Epochs = 4, BatchSize = 5, ValidationFraction = 0.2 };

    [Fact]
    public void An_exponential_mean_over_steps_is_validated_and_kept()
    {
        List<float[]> steps = [];
        List<double[]> expected = [];
        double[]? mean = null;
        (LinearModel model, History history, List<float[]> validated) = Fit(WeightAverage.Exponential(0.9, fromEpoch: 2), fit =>
        {
            steps.Add(Weights(fit.Network));
            if (fit.Epoch >= 2)
                mean = mean is null ? Doubles(steps[^1]) : [.. mean.Zip(steps[^1], (m, w) => 0.9 * m + 0.1 * w)];
            if (fit.Step == fit.StepsPerEpoch)
                expected.Add(mean ?? Doubles(steps[^1]));
        });
        Near(expected, validated);
        Assert.Equal(validated[^1], Weights(model));
        // Steps go on from what the optimizer made.
        LinearModel plain = new();
        List<float[]> alone = [];
        plain.Fit(LinearModel.Data(40), Options with { Callbacks = [new Watch(fit => alone.Add(Weights(fit.Network)), _ => { })] }, new Sgd(0.1f));
        Assert.Equal(alone, steps);
        // What is said of an epoch is said of its mean.
        Assert.Equal(history.Epochs[^1].ValidationLoss, model.Evaluate(LinearModel.Data(40).TrainTestSplit(0.2).Test, batchSize: 5, TestContext.Current.CancellationToken).Loss);
    }

    [Fact]
    public void A_plain_mean_is_over_the_ends_of_epochs()
    {
        List<float[]> ends = [];
        (LinearModel model, _, List<float[]> validated) = Fit(WeightAverage.Equal(fromEpoch: 2), fit =>
        {
            if (fit.Step == fit.StepsPerEpoch)
                ends.Add(Weights(fit.Network));
        });
        Near([Doubles(ends[0]), Mean(1..2), Mean(1..3), Mean(1..4)], validated);
        Assert.Equal(validated[^1], Weights(model));

        double[] Mean(Range epochs) => [.. Enumerable.Range(0, 3).Select(i => ends[epochs].Average(w => (double)w[i]))];
    }

    [Fact]
    public void Early_stopping_brings_the_best_mean_back()
    {
        List<float[]> means = [];
        LinearModel model = new();
        double[] wave = [3, 1, 2, 2];
        FitOptions options = Options with
        {
            Average = WeightAverage.Exponential(0.9),
            Metrics = [new CustomMetric("wave", _ => wave[means.Count])],
            EarlyStopping = new(patience: 2, "wave") { HigherIsBetter = false },
            Callbacks = [new Watch(_ => { }, fit => means.Add(Weights(fit.Network)))],
        };
        Assert.Equal(2, model.Fit(LinearModel.Data(40), options, new Sgd(0.1f)).RestoredEpoch);
        Assert.Equal(means[1], Weights(model));
        Assert.NotEqual(means[^1], Weights(model));
    }

    [Fact]
    public void After_an_exception_the_network_has_the_weights_of_its_last_step()
    {
        float[] last = [];
        LinearModel model = new();
        FitOptions options = Options with
        {
            Average = WeightAverage.Exponential(0.5),
            Callbacks = [new Watch(fit => last = Weights(fit.Network), _ => throw new InvalidTimeZoneException())],
        };
        Assert.Throws<InvalidTimeZoneException>(() => model.Fit(LinearModel.Data(40), options, new Sgd(0.1f)));
        Assert.Equal(last, Weights(model));
    }

    [Fact]
    public void A_device_makes_one_step_at_a_time_for_a_mean_over_steps()
    {
        FitOptions options = Options with { Average = WeightAverage.Exponential(0.9) };
        LinearModel host = new(), inner = new();
        host.Fit(LinearModel.Data(40), options, new Sgd(0.1f));
        new ResidentNetwork(inner).Fit(LinearModel.Data(40), options, new Sgd(0.1f));
        Assert.Equal(Weights(host), Weights(inner));
    }

    [Fact]
    public void A_loop_of_one_s_own_keeps_a_mean_beside_the_network()
    {
        LinearModel model = new();
        AveragedWeights mean = new(model, decay: 0.75);
        mean.Swap();
        Assert.False(mean.IsSwapped);
        foreach (float value in (float[])[1, 2, 4])
        {
            model.Parameters["w"].Values.Fill(value);
            mean.Add();
        }

        mean.Swap();
        Assert.Equal([0.75f * (0.75f * 1 + 0.25f * 2) + 0.25f * 4, 1.9375f], model.Parameters["w"].Values.ToArray());
        Assert.Throws<InvalidOperationException>(mean.Add);
        mean.Swap();
        Assert.Equal([4f, 4f], model.Parameters["w"].Values.ToArray());
        Assert.Equal((3, false), (mean.Count, mean.IsSwapped));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.StartsWith("The decay of the weights' mean is 1; expected", Assert.Throws<ArgumentOutOfRangeException>(() => WeightAverage.Exponential(1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightAverage.Exponential(double.NaN));
        Assert.StartsWith("The first epoch of the weights' mean is 0; expected", Assert.Throws<ArgumentOutOfRangeException>(() => WeightAverage.Equal(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AveragedWeights(new LinearModel(), 0));
    }

    /// <summary>Also gives the weights that were there when each epoch had ended.</summary>
    private static (LinearModel Model, History History, List<float[]> Validated) Fit(WeightAverage average, Action<FitContext> stepEnd)
    {
        LinearModel model = new();
        List<float[]> validated = [];
        FitOptions options = Options with { Average = average, Callbacks = [new Watch(stepEnd, fit => validated.Add(Weights(fit.Network)))] };
        History history = model.Fit(LinearModel.Data(40), options, new Sgd(0.1f));
        return (model, history, validated);
    }

    private static float[] Weights(INetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static void Near(IReadOnlyList<double[]> expected, List<float[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((double[] values, float[] others) in expected.Zip(actual))
            Assert.All(values.Zip(others), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    private sealed class Watch(Action<FitContext> stepEnd, Action<FitContext> epochEnd) : StepCallback
    {
        public override void OnStepEnd(FitContext fit) => stepEnd(fit);

        public override void OnEpochEnd(FitContext fit) => epochEnd(fit);
    }
}
