using Xunit;

namespace NetGen.Tests.Training;

public sealed class CallbackTests
{
    [Fact]
    public void Callbacks_enclose_one_another_and_what_they_watch()
    {
        List<string> log = [];
        ScriptedNetwork network = new() { OnEvaluate = (_, batch) => Noted(batch) };
        FitOptions options = new()
        {
            BatchSize = 2,
            ValidationData = ScriptedNetwork.Data(1),
            Callbacks = [new Note("a", log), new NoteSteps("b", log)],
        };
        network.Fit(ScriptedNetwork.Data(4), options, new Sgd(0.5f));
        Assert.Equal(
            [
                "a begin 0.0", "b begin 0.0", "a epoch 1.0", "b epoch 1.0",
                "b step begins 0 at 0.5", "b step ends 1 at 0.5, loss 1", "b step begins 1 at 0.5", "b step ends 2 at 0.5, loss 1",
                "a validation", "b validation", "evaluated", "b validation ends", "a validation ends",
                "b epoch ends, 1 in all", "a epoch ends, 1 in all", "b end Completed", "a end Completed",
            ],
            log);

        Answer Noted(Batch batch)
        {
            log.Add("evaluated");
            return new(1, 0, batch.Count);
        }
    }

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, false)]
    public void A_callback_stops_the_training_after_its_step(int at, int epochs, bool isPartial)
    {
        ScriptedNetwork network = new();
        FitOptions options = new() { Epochs = 5, BatchSize = 2, Callbacks = [new StopAt(at)] };
        History history = network.Fit(ScriptedNetwork.Data(4), options);
        Assert.Equal((StopReason.Requested, at, epochs), (history.Stopped, network.Trained.Count, history.Epochs.Count));
        Assert.Equal(isPartial, history.Last!.IsPartial);
    }

    [Fact]
    public void A_callback_may_stop_before_the_first_step()
    {
        ScriptedNetwork network = new();
        History history = network.Fit(ScriptedNetwork.Data(4), new FitOptions { Callbacks = [new StopAt(0)] });
        Assert.Equal(StopReason.Requested, history.Stopped);
        Assert.Empty(network.Trained);
        Assert.Null(history.Last);
    }

    [Fact]
    public void An_exception_is_told_to_those_who_have_begun_and_comes_through()
    {
        List<string> log = [];
        ScriptedNetwork network = new() { OnStep = (step, batch) => step == 2 ? throw new NotSupportedException("no") : new(1, 0, batch.Count) };
        FitOptions options = new() { BatchSize = 2, Callbacks = [new Note("a", log), new Note("b", log)] };
        Assert.Equal("no", Assert.Throws<NotSupportedException>(() => network.Fit(ScriptedNetwork.Data(4), options)).Message);
        Assert.Equal(["a begin 0.0", "b begin 0.0", "a epoch 1.0", "b epoch 1.0", "b exception no", "a exception no"], log);

        log.Clear();
        options = options with { Callbacks = [new Note("a", log), new Throws(), new Note("c", log)] };
        var thrown = Assert.Throws<AggregateException>(() => new ScriptedNetwork().Fit(ScriptedNetwork.Data(4), options));
        Assert.Equal(["begin", "exception"], thrown.InnerExceptions.Select(e => e.Message));
        Assert.Equal(["a begin 0.0", "a exception begin"], log);
    }

    [Fact]
    public void For_callbacks_of_steps_a_device_makes_one_at_a_time()
    {
        ResidentNetwork network = new(new ScriptedNetwork());
        List<string> log = [];
        network.Fit(ScriptedNetwork.Data(100), new FitOptions { BatchSize = 1, Callbacks = [new NoteSteps("a", log)] });
        Assert.Equal(Enumerable.Repeat(1, 100), network.Chunks);
        Assert.Equal(100, log.Count(line => line.StartsWith("a step ends", StringComparison.Ordinal)));
        ResidentNetwork other = new(new ScriptedNetwork());
        other.Fit(ScriptedNetwork.Data(100), new FitOptions { BatchSize = 1, Callbacks = [new Note("a", log)] });
        Assert.True(other.Chunks.Count < 100);
    }

    [Fact]
    public void Metrics_of_the_caller_are_computed_watched_and_shown()
    {
        float[] values = [0.1f, 0.5f, 0.4f, 0.4f, 0.4f];
        ScriptedNetwork network = new();
        Dataset validation = ScriptedNetwork.Data(3);
        int computed = 0;
        CustomMetric metric = new("auc", data =>
        {
            Assert.Same(validation, data);
            return values[computed++];
        });
        FitOptions options = new()
        {
            Epochs = 5,
            ValidationData = validation,
            Metrics = [metric, new("constant", _ => 2)],
            EarlyStopping = new(patience: 2, "auc"),
        };
        History history = network.Fit(ScriptedNetwork.Data(4), options);
        Assert.Equal((StopReason.EarlyStopping, 2, 2), (history.Stopped, history.BestEpoch, history.RestoredEpoch));
        Assert.Equal(2f, network.Weight);
        Assert.Equal(values[..4].Select(value => (double)value), history.Epochs.Select(epoch => epoch.Metrics["auc"]));
        Assert.Contains(", auc 0.5, constant 2 (", history.Epochs[1].ToString());

        computed = 0;
        Evaluation evaluation = network.Evaluate(validation, [metric], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((double)values[0], evaluation.Metrics["auc"]);
        Assert.EndsWith(", auc 0.1", evaluation.ToString());
    }

    [Fact]
    public void The_direction_of_what_is_watched_and_a_warm_up_can_be_stated()
    {
        float[] losses = [5, 1, 3, 4, 2, 2];
        Assert.Equal((1, 3), Fit(new(2, Metric.Loss) { HigherIsBetter = true }));
        Assert.Equal((2, 4), Fit(new(2, Metric.Loss)));
        Assert.Equal((5, 6), Fit(new(2, Metric.Loss) { WarmUp = 2 }));
        Assert.Equal((null, 6), Fit(new(3, Metric.Loss) { WarmUp = 6 }));

        (int?, int) Fit(EarlyStopping stopping)
        {
            ScriptedNetwork network = new() { OnStep = (step, batch) => new(losses[step - 1], 0, batch.Count) };
            History history = network.Fit(ScriptedNetwork.Data(4), new FitOptions { Epochs = 6, EarlyStopping = stopping });
            return (history.BestEpoch, history.Epochs.Count);
        }
    }

    [Fact]
    public void A_metric_that_is_not_there_is_refused_before_the_first_step()
    {
        Refused("Early stopping watches the metric 'f1', and FitOptions.Metrics has: auc.", new() { EarlyStopping = new(1, "f1") });
        Refused("Two metrics are named 'auc'.", new() { Metrics = [Metric("auc"), Metric("auc")] });
        Refused("Metrics are computed with the validation data", new() { ValidationData = null });
        Refused("Early stopping watches Custom, and the name of a custom metric is not given.", new() { EarlyStopping = new(1, NetGen.Metric.Custom) });
        Refused("Early stopping watches Loss, and the name of a custom metric is 'auc'.", new() { EarlyStopping = new(1, NetGen.Metric.Loss) { MetricName = "auc" } });

        static CustomMetric Metric(string name) => new(name, _ => 0);

        static void Refused(string message, FitOptions options)
        {
            ScriptedNetwork network = new();
            Dataset? validation = message.StartsWith("Metrics", StringComparison.Ordinal) ? null : ScriptedNetwork.Data(2);
            options = options with { ValidationData = validation, Metrics = options.Metrics.Count > 0 ? options.Metrics : [Metric("auc")] };
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => network.Fit(ScriptedNetwork.Data(4), options)).Message);
            Assert.Empty(network.Trained);
        }
    }

    private sealed class Note(string name, List<string> log) : FitCallback
    {
        public override void OnBegin(FitContext fit) => log.Add($"{name} begin {fit.Epoch}.{fit.Step}");

        public override void OnEpochBegin(FitContext fit) => log.Add($"{name} epoch {fit.Epoch}.{fit.Step}");

        public override void OnValidationBegin(FitContext fit) => log.Add($"{name} validation");

        public override void OnValidationEnd(FitContext fit) => log.Add($"{name} validation ends");

        public override void OnEpochEnd(FitContext fit) => log.Add($"{name} epoch ends, {fit.Epochs.Count} in all");

        public override void OnException(FitContext fit, Exception exception) => log.Add($"{name} exception {exception.Message}");

        public override void OnEnd(FitContext fit, History history) => log.Add($"{name} end {history.Stopped}");
    }

    private sealed class NoteSteps(string name, List<string> log) : StepCallback
    {
        private readonly Note note = new(name, log);

        public override void OnBegin(FitContext fit) => note.OnBegin(fit);

        public override void OnEpochBegin(FitContext fit) => note.OnEpochBegin(fit);

        public override void OnStepBegin(FitContext fit) => log.Add(FormattableString.Invariant($"{name} step begins {fit.Step} at {fit.LearningRate}"));

        public override void OnStepEnd(FitContext fit) =>
            log.Add(FormattableString.Invariant($"{name} step ends {fit.TotalSteps} at {fit.LearningRate}, loss {fit.Loss}"));

        public override void OnValidationBegin(FitContext fit) => note.OnValidationBegin(fit);

        public override void OnValidationEnd(FitContext fit) => note.OnValidationEnd(fit);

        public override void OnEpochEnd(FitContext fit) => note.OnEpochEnd(fit);

        public override void OnEnd(FitContext fit, History history) => note.OnEnd(fit, history);
    }

    private sealed class StopAt(int step) : StepCallback
    {
        public override void OnBegin(FitContext fit)
        {
            if (step == 0)
                fit.Stop();
        }

        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == step)
                fit.Stop();
        }
    }

    private sealed class Throws : FitCallback
    {
        public override void OnBegin(FitContext fit) => throw new InvalidOperationException("begin");

        public override void OnException(FitContext fit, Exception exception) => throw new InvalidOperationException("exception");
    }
}
