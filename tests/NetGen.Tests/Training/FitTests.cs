using Xunit;

namespace NetGen.Tests.Training;

public class FitTests
{
    [Fact]
    public void A_network_written_by_hand_refuses_optimizers_that_look_at_all_weights()
    {
        LinearModel model = new();
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => model.Fit(LinearModel.Data(8), null, new Sgd(0.1f).StoreGradients()));
        Assert.EndsWith("is written by hand and knows the rule for single weights alone; StoredGradients<Sgd> ends its steps by a look at all weights.", refused.Message);
        Assert.Throws<NotSupportedException>(() => model.Fit(LinearModel.Data(8), null, new AmsGrad()));
        model.Fit(LinearModel.Data(8), null, new Sgd(0.1f).ClipValue(1f));
    }

    [Fact]
    public void A_linear_model_learns_its_line()
    {
        LinearModel model = new();
        Dataset data = LinearModel.Data(500);
        History history = model.Fit(data, new FitOptions { Epochs = 30, BatchSize = 16, ValidationFraction = 0.1f }, new Adam(3e-2f));

        Assert.Equal(StopReason.Completed, history.Stopped);
        Assert.Equal(30, history.Epochs.Count);
        Assert.Equal(3f, model.Parameters["w"].Values[0], 1e-2f);
        Assert.Equal(-2f, model.Parameters["w"].Values[1], 1e-2f);
        Assert.Equal(0.5f, model.Parameters["b"].Values[0], 1e-2f);
        Assert.True(history.Last!.Loss < 1e-3f);
        Assert.True(history.Last.ValidationLoss < 1e-3f);
        Assert.Null(history.Last.Accuracy);
        Assert.Null(history.Last.ValidationAccuracy);
        Assert.True(history.Epochs[0].Loss > history.Last.Loss);
        Assert.True(history.Last.Seconds >= 0);
        Assert.Equal(history.Last.ValidationLoss, model.Evaluate(data.Skip(450), 16, TestContext.Current.CancellationToken).Loss);
    }

    [Fact]
    public void Every_optimizer_learns_and_the_default_is_Adam()
    {
        Check(model => model.Fit(LinearModel.Data(64), new FitOptions { Epochs = 40, BatchSize = 8 }, new Sgd(0.1f, momentum: 0.9f, nesterov: true)));
        Check(model => model.Fit(LinearModel.Data(64), new FitOptions { Epochs = 60, BatchSize = 8 }, new AdamW(0.03f)));
        Check(model => model.Fit<RmsProp>(LinearModel.Data(64), new FitOptions { Epochs = 60, BatchSize = 8 }));
        Check(model => model.Fit(LinearModel.Data(64), new FitOptions { Epochs = 60, BatchSize = 8 }, new Adagrad(0.5f)));

        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(3));
        network.Fit<Sgd>(ScriptedNetwork.Data(3));
        network.Fit(ScriptedNetwork.Data(3), null, new Adagrad(0.7f));
        Assert.Equal([Adam.Default, Sgd.Default, new Adagrad(0.7f)], network.Optimizers);

        static void Check(Func<LinearModel, History> fit)
        {
            History history = fit(new LinearModel());
            Assert.True(history.Last!.Loss < 0.02f, history.ToString());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        static float[] Weights(ulong seed)
        {
            LinearModel model = new();
            model.Fit(LinearModel.Data(100), new FitOptions { Epochs = 3, BatchSize = 7, Seed = seed });
            return model.Parameters["w"].Values.ToArray();
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (bool shuffle in (bool[])[true, false])
        {
            LinearModel model = new();
            FitOptions options = new()
            {
                BatchSize = 8,
                Shuffle = shuffle,
                Progress = new Silent(),
                ProgressInterval = TimeSpan.Zero,
                Schedule = shuffle ? Schedule.OneCycle().WithWarmUp(3) : null,
                Callbacks = shuffle ? [new SilentSteps()] : [],
            };
            Adam adam = new(1e-2f);
            model.Fit(LinearModel.Data(100), options, adam);
            model.ForgetAllocations();
            model.Fit(LinearModel.Data(3001), options, adam);
            Assert.Equal(0, model.AllocatedBetweenSteps);
        }
    }

    [Fact]
    public void An_epoch_takes_each_sample_once_and_the_last_batch_is_short()
    {
        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(10), new FitOptions { Epochs = 2, BatchSize = 4 });
        Assert.Equal([4, 4, 2, 4, 4, 2], network.Trained.Select(batch => batch.Length));
        int[] first = [.. network.Trained.Take(3).SelectMany(ids => ids)];
        int[] second = [.. network.Trained.Skip(3).SelectMany(ids => ids)];
        Assert.Equal(Enumerable.Range(0, 10), first.Order());
        Assert.Equal(Enumerable.Range(0, 10), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Enumerable.Range(0, 10), first);
    }

    [Fact]
    public void Without_shuffling_the_samples_keep_their_order()
    {
        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(5), new FitOptions { Epochs = 2, BatchSize = 3, Shuffle = false });
        Assert.Equal([[0, 1, 2], [3, 4], [0, 1, 2], [3, 4]], network.Trained);
    }

    [Fact]
    public void A_batch_may_be_larger_than_the_data()
    {
        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(3), new FitOptions { BatchSize = int.MaxValue, Shuffle = false });
        Assert.Equal([[0, 1, 2]], network.Trained);
    }

    [Fact]
    public void The_validation_split_is_the_end_of_the_data_before_shuffling()
    {
        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(10), new FitOptions { Epochs = 2, BatchSize = 2, ValidationFraction = 0.3 });
        Assert.Equal([[7, 8], [9], [7, 8], [9]], network.Evaluated);
        Assert.Equal(Enumerable.Range(0, 7), network.Trained.Take(4).SelectMany(ids => ids).Order());
    }

    [Fact]
    public void Means_weigh_each_batch_by_its_count()
    {
        // Batches of 4, 4, 2 with losses 1, 2, 6 and 4, 2, 0 right; a validation of 3 with two labels per sample.
        ScriptedNetwork network = new()
        {
            OnStep = (step, batch) => new(step == 3 ? 6f : step, 6 - 2 * step, batch.Count),
            OnEvaluate = (_, batch) => new(0.5f, 5, 2 * batch.Count),
        };
        History history = network.Fit(ScriptedNetwork.Data(10), new FitOptions { BatchSize = 4, ValidationData = ScriptedNetwork.Data(3) });
        EpochResult epoch = Assert.Single(history.Epochs);
        Assert.Equal(new EpochResult(1, 2.4f, new(("id", 0.6f)), 0.5f, new(("id", 5f / 6)), epoch.Seconds), epoch);
        Assert.Equal(new Evaluation(0.5f, new(("id", 5f / 6))), network.Evaluate(ScriptedNetwork.Data(3), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_schedule_gives_each_step_its_optimizer()
    {
        ScriptedNetwork network = new();
        network.Fit(ScriptedNetwork.Data(5), new FitOptions { Epochs = 2, BatchSize = 3 }, step => new Sgd(1f / step));
        Assert.Equal([new Sgd(1f), new Sgd(1f / 2), new Sgd(1f / 3), new Sgd(1f / 4)], network.Optimizers);

        network = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(ScriptedNetwork.Data(5), new FitOptions { BatchSize = 2 }, step => new Sgd(2 - step)));
        Assert.Equal(2, network.Trained.Count);
    }

    [Fact]
    public void Early_stopping_waits_and_restores_the_best_weights()
    {
        float[] losses = [3, 2, 2.5f, 1.95f, 2.2f, 1];
        History history = Stop(losses, new EarlyStopping(2) { MinDelta = 0.1f }, out ScriptedNetwork network);
        // 1.95 beats 2 by less than 0.1, so epoch 2 stays the best and epoch 4 is the second without a better one.
        Assert.Equal(StopReason.EarlyStopping, history.Stopped);
        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(2, history.BestEpoch);
        Assert.Equal(2f, network.Weight);

        history = Stop(losses, new EarlyStopping(2), out network);
        Assert.Equal(StopReason.Completed, history.Stopped);
        Assert.Equal(6, history.BestEpoch);
        Assert.Equal(6f, network.Weight);

        history = Stop(losses, new EarlyStopping(2) { MinDelta = 0.1f, RestoreBestWeights = false }, out network);
        Assert.Equal(4f, network.Weight);

        // All epochs done, but an earlier one was better.
        history = Stop([3, 1, 2], new EarlyStopping(5), out network);
        Assert.Equal(StopReason.Completed, history.Stopped);
        Assert.Equal(2f, network.Weight);

        // NaN is no improvement, and a number is one over NaN.
        history = Stop([float.NaN, 3, float.NaN, float.NaN, 1], new EarlyStopping(2), out network);
        Assert.Equal(2, history.BestEpoch);
        Assert.Equal(2, history.RestoredEpoch);
        Assert.Equal(4, history.Epochs.Count);

        // Nor is infinity. No epoch is the best then, and there is nothing to restore.
        history = Stop([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1], new EarlyStopping(3), out network);
        Assert.Equal(StopReason.EarlyStopping, history.Stopped);
        Assert.Equal(3, history.Epochs.Count);
        Assert.Null(history.BestEpoch);
        Assert.Null(history.RestoredEpoch);
        Assert.Equal(3f, network.Weight);

        static History Stop(float[] losses, EarlyStopping stopping, out ScriptedNetwork network)
        {
            network = new() { OnEvaluate = (step, batch) => new(losses[step - 1], -1, batch.Count) };
            return network.Fit(ScriptedNetwork.Data(4), new FitOptions
            {
                Epochs = losses.Length,
                BatchSize = 4,
                ValidationData = ScriptedNetwork.Data(2),
                EarlyStopping = stopping,
            });
        }
    }

    [Theory]
    [InlineData("colour", 2)]
    [InlineData("size", 4)]
    public void Early_stopping_watches_the_accuracy_that_it_names(string name, int best)
    {
        double[] colours = [1, 3, 2, 2, 2], sizes = [1, 1, 1, 4, 3];
        ScriptedNetwork network = new()
        {
            Classifies = ["colour", "size"],
            OnEvaluate = (step, batch) => new(1f, colours[step - 1], 4, sizes[step - 1]),
        };
        FitOptions options = new()
        {
            Epochs = 5,
            BatchSize = 4,
            ValidationData = ScriptedNetwork.Data(4),
            EarlyStopping = new(9, Metric.ValidationAccuracy) { AccuracyOf = name },
        };
        History history = network.Fit(ScriptedNetwork.Data(4), options);
        Assert.Equal(best, history.BestEpoch);
        Assert.Equal((float)best, network.Weight);
        Assert.Equal(new Accuracies(("colour", 0.5f), ("size", 0.75f)), history.Last!.ValidationAccuracies);
        Assert.Null(history.Last.ValidationAccuracy);
        Assert.Contains("val_accuracy of colour 0.5000, val_accuracy of size 0.7500", history.Last.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, Metric.Accuracy, "the objective of Scripted has several: colour, size. Say which by AccuracyOf.")]
    [InlineData("shape", Metric.Accuracy, "watches the accuracy of 'shape', and the objective of Scripted has: colour, size.")]
    [InlineData("size", Metric.Loss, "AccuracyOf says which accuracy early stopping watches, and it watches Loss.")]
    public void Early_stopping_must_say_which_accuracy(string? name, Metric metric, string message)
    {
        ScriptedNetwork network = new() { Classifies = ["colour", "size"] };
        FitOptions options = new() { EarlyStopping = new(1, metric) { AccuracyOf = name } };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => network.Fit(ScriptedNetwork.Data(4), options)).Message, StringComparison.Ordinal);
        Assert.Empty(network.Trained);
    }

    [Fact]
    public void Early_stopping_can_watch_an_accuracy()
    {
        int[] right = [1, 3, 2, 3, 4];
        ScriptedNetwork network = new() { OnStep = (step, batch) => new(1f, right[step - 1], batch.Count) };
        History history = network.Fit(ScriptedNetwork.Data(4), new FitOptions { Epochs = 5, BatchSize = 4, EarlyStopping = new(2, Metric.Accuracy) });
        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(2, history.BestEpoch);
        Assert.Equal(2f, network.Weight);

        network = new() { Classifies = [] };
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => network.Fit(ScriptedNetwork.Data(4), new FitOptions { EarlyStopping = new(2, Metric.Accuracy) }));
        Assert.Contains("the objective of Scripted has no accuracy", e.Message, StringComparison.Ordinal);
        Assert.Empty(network.Trained);
    }

    [Fact]
    public void Cancellation_keeps_the_weights_and_says_so()
    {
        using CancellationTokenSource source = new();
        ScriptedNetwork network = new()
        {
            OnStep = (step, batch) =>
            {
                if (step == 5)
                    source.Cancel();
                return new(1f, 0, batch.Count);
            },
        };
        History history = network.Fit(ScriptedNetwork.Data(6), new FitOptions
        {
            Epochs = 100,
            BatchSize = 2,
            CancellationToken = source.Token,
            EarlyStopping = new(3, Metric.Loss),
        });
        Assert.Equal(StopReason.Canceled, history.Stopped);
        Assert.Equal([false, true], history.Epochs.Select(epoch => epoch.IsPartial));
        Assert.Equal(1f, history.Last!.Loss);
        Assert.Null(history.RestoredEpoch);
        Assert.Equal(5f, network.Weight);

        history = network.Fit(ScriptedNetwork.Data(6), new FitOptions { CancellationToken = source.Token });
        Assert.Equal(StopReason.Canceled, history.Stopped);
        Assert.Null(history.Last);
        Assert.Equal(5, network.Trained.Count);

        Assert.Throws<OperationCanceledException>(() => network.Evaluate(ScriptedNetwork.Data(6), cancellationToken: source.Token));
    }

    [Fact]
    public void A_validation_can_be_canceled_too()
    {
        using CancellationTokenSource source = new();
        ScriptedNetwork network = new()
        {
            OnEvaluate = (_, batch) =>
            {
                source.Cancel();
                return new(1f, 0, batch.Count);
            },
        };
        History history = network.Fit(ScriptedNetwork.Data(6), new FitOptions { BatchSize = 2, ValidationData = ScriptedNetwork.Data(4), CancellationToken = source.Token });
        Assert.Equal(StopReason.Canceled, history.Stopped);
        EpochResult epoch = Assert.Single(history.Epochs);
        Assert.Equal((true, 1f, (float?)null), (epoch.IsPartial, epoch.Loss, epoch.ValidationLoss));
        Assert.Single(network.Evaluated);
    }

    [Fact]
    public void Progress_tells_every_batch_when_asked()
    {
        Recorder progress = new();
        ScriptedNetwork network = new()
        {
            OnStep = (step, batch) => new(step, 1, batch.Count),
            OnEvaluate = (_, batch) => new(0.25f, 1, batch.Count),
        };
        network.Fit(ScriptedNetwork.Data(4), new FitOptions { BatchSize = 2, ValidationData = ScriptedNetwork.Data(1), Progress = progress, ProgressInterval = TimeSpan.Zero });

        Accuracies half = new(("id", 0.5f));
        FitProgress expected = new() { Epoch = 1, Epochs = 1, Batches = 2 };
        Assert.Equal(
            [
                expected with { Loss = float.NaN, Accuracies = Accuracies.None },
                expected with { Batch = 1, Loss = 1f, Accuracies = half },
                expected with { Batch = 2, Loss = 1.5f, Accuracies = half },
                expected with { Phase = FitPhase.Validation, Batch = 1, Batches = 1, Loss = 1.5f, Accuracies = half },
                expected with { Phase = FitPhase.EpochEnd, Batch = 2, Loss = 1.5f, Accuracies = half, ValidationLoss = 0.25f, ValidationAccuracies = new(("id", 1f)) },
                expected with { Phase = FitPhase.End, Batch = 2, Loss = 1.5f, Accuracies = half, Stopped = StopReason.Completed },
            ],
            progress.Reports.Select(report => report with { Elapsed = default }));
        Assert.All(progress.Reports, report => Assert.True(report.Elapsed >= TimeSpan.Zero));
    }

    [Fact]
    public void Progress_is_limited_by_time()
    {
        Recorder progress = new();
        new ScriptedNetwork().Fit(ScriptedNetwork.Data(1000), new FitOptions { Epochs = 2, BatchSize = 1, Progress = progress, ProgressInterval = TimeSpan.FromHours(1) });
        Assert.Equal([FitPhase.Training, FitPhase.EpochEnd, FitPhase.Training, FitPhase.EpochEnd, FitPhase.End], progress.Reports.Select(report => report.Phase));
    }

    [Fact]
    public void Arguments_are_checked_before_anything_is_trained()
    {
        ScriptedNetwork network = new();
        Dataset data = ScriptedNetwork.Data(4);
        Refused<ArgumentOutOfRangeException>(data, new() { Epochs = 0 }, "The number of epochs is 0");
        Refused<ArgumentOutOfRangeException>(data, new() { BatchSize = 0 }, "The batch size is 0");
        Refused<ArgumentOutOfRangeException>(data, new() { ValidationFraction = 1 }, "The validation fraction is 1");
        Refused<ArgumentOutOfRangeException>(data, new() { ValidationFraction = -0.5 }, "The validation fraction is -0.5");
        Refused<ArgumentOutOfRangeException>(data, new() { ValidationFraction = double.NaN }, "The validation fraction is NaN");
        Refused<ArgumentOutOfRangeException>(data, new() { ProgressInterval = TimeSpan.FromSeconds(-1) }, "negative");
        Refused<ArgumentOutOfRangeException>(data, new() { EarlyStopping = new(0, Metric.Loss) }, "The patience of early stopping is 0");
        Refused<ArgumentOutOfRangeException>(data, new() { EarlyStopping = new(1, Metric.Loss) { MinDelta = -1 } }, "improvement of early stopping is -1");
        Refused<ArgumentOutOfRangeException>(data, new() { EarlyStopping = new(1, (Metric)9) }, "no metric 9");
        Refused<ArgumentException>(data, new() { EarlyStopping = new(1) }, "watches ValidationLoss, but there is neither");
        Refused<ArgumentException>(data, new() { ValidationFraction = 0.5, ValidationData = data }, "Both ValidationFraction and ValidationData");
        Refused<ArgumentException>(data, new() { ValidationData = data.Take(0) }, "no samples");
        Refused<ArgumentException>(data, new() { ValidationFraction = 0.01 }, "leaves 4 for training and 0 for validation");
        Refused<ArgumentException>(data.Take(0), new(), "no samples");
        Refused<ArgumentException>(LinearModel.Data(3), new(), "does not fit the network");
        Refused<ArgumentException>(data, new() { ValidationData = LinearModel.Data(3) }, "does not fit the network");
        Assert.Throws<ArgumentNullException>(() => network.Fit(null!));
        Assert.Throws<ArgumentNullException>(() => ((ITrainable)null!).Fit(data));
        Assert.Throws<ArgumentNullException>(() => network.Fit(data, null, (Func<long, Adam>)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(data, null, new Adam(-1f)));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Evaluate(data, 0, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => network.Evaluate(data.Take(0), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(network.Trained);
        Assert.Empty(network.Evaluated);

        void Refused<TException>(Dataset samples, FitOptions options, string message)
            where TException : Exception =>
            Assert.Contains(message, Assert.Throws<TException>(() => network.Fit(samples, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_reads_as_text()
    {
        ScriptedNetwork network = new() { OnStep = (_, batch) => new(0.125f, batch.Count, batch.Count) };
        string text = network.Fit(ScriptedNetwork.Data(2), new FitOptions { ValidationFraction = 0.5 }).ToString();
        Assert.Matches(@"^epoch 1: loss 0\.125, accuracy 1\.0000, val_loss 1, val_accuracy 0\.0000 \(\d+\.\d s\)\nCompleted$", text);
    }

    [Fact]
    public void A_network_that_keeps_its_optimizer_to_itself_has_no_checkpoints()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        LinearModel model = new();
        var thrown = Assert.Throws<NotSupportedException>(() => model.Fit(LinearModel.Data(9), new FitOptions { Checkpoints = new(folder) }));
        Assert.StartsWith("LinearModel is written by hand and keeps the state of its optimizer to itself", thrown.Message);
        Assert.Equal(0, model.Steps);
        Assert.False(Directory.Exists(folder));
    }

    private sealed class SilentSteps : StepCallback
    {
    }

    private sealed class Silent : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
        }
    }

    private sealed class Recorder : IProgress<FitProgress>
    {
        public List<FitProgress> Reports { get; } = [];

        public void Report(FitProgress value) => Reports.Add(value);
    }
}
