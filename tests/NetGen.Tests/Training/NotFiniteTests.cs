using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What Fit does when numbers break on the way, with steps from the host and on a device that keeps the data.</summary>
public class NotFiniteTests
{
    [Theory]
    [InlineData(float.NaN, false)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NegativeInfinity, true)]
    public void A_loss_that_is_no_number_ends_the_training_with_the_weights_of_the_last_epoch(float loss, bool resident)
    {
        // Three steps in an epoch: 2, 2, 1 samples; the fifth breaks.
        ScriptedNetwork network = new() { OnStep = (step, batch) => new(step == 5 ? loss : step, 0, batch.Count) };
        History history = Fit(network, new FitOptions { Epochs = 9, BatchSize = 2 }, resident);
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Equal([false, true], history.Epochs.Select(epoch => epoch.IsPartial));
        Assert.Equal(loss, history.Last!.Loss);
        Assert.StartsWith("epoch 2 (partial): loss ", history.Last.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, history.RestoredEpoch);
        Assert.Equal(3f, network.Weight);
        Assert.Equal(1, network.Resets);
        Assert.StartsWith(
            "The loss of step 2 of epoch 2 was not finite. The weights from before give a finite loss for these samples", history.Advice, StringComparison.Ordinal);
        Assert.Contains("a smaller learning rate", history.Advice, StringComparison.Ordinal);
        Assert.EndsWith("The network has its weights from after epoch 1 again, and optimizers start anew.", history.Advice, StringComparison.Ordinal);
        Assert.EndsWith("\nLossNotFinite\n" + history.Advice, history.ToString(), StringComparison.Ordinal);
        // The samples of the step that broke, and none of a later one.
        Assert.Equal(network.Trained[4], Assert.Single(network.Evaluated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_step_may_be_the_one(bool resident)
    {
        ScriptedNetwork network = new() { OnStep = (_, batch) => new(float.NaN, 0, batch.Count), OnEvaluate = (_, batch) => new(float.NaN, 0, batch.Count) };
        network.Parameters["w"].Values[0] = 0.5f;
        History history = Fit(network, new FitOptions { Epochs = 9, BatchSize = 2, EarlyStopping = new(3, Metric.Loss) }, resident);
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.True(Assert.Single(history.Epochs).IsPartial);
        Assert.Equal(float.NaN, history.Last!.Loss);
        Assert.Null(history.BestEpoch);
        Assert.Equal(0, history.RestoredEpoch);
        Assert.Equal(0.5f, network.Weight);
        Assert.Contains(
            "The objective is NaN for these samples with the weights from before too, so the learning rate is not the cause", history.Advice, StringComparison.Ordinal);
        Assert.EndsWith("The network has its weights from before the training again, and optimizers start anew.", history.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_early_stopping_the_best_weights_come_back(bool resident)
    {
        float[] losses = [3, 3, 3, 1, 1, 1, 2, 2, 2, float.NaN, float.NaN, float.NaN];
        ScriptedNetwork network = new() { OnStep = (step, batch) => new(losses[step - 1], 0, batch.Count) };
        History history = Fit(network, new FitOptions { Epochs = 9, BatchSize = 2, EarlyStopping = new(3, Metric.Loss) }, resident);
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(2, history.BestEpoch);
        Assert.Equal(2, history.RestoredEpoch);
        Assert.Equal(6f, network.Weight);

        network = new() { OnStep = (step, batch) => new(losses[step - 1], 0, batch.Count) };
        history = Fit(network, new FitOptions { Epochs = 9, BatchSize = 2, EarlyStopping = new(3, Metric.Loss) { RestoreBestWeights = false } }, resident);
        Assert.Equal(2, history.BestEpoch);
        Assert.Equal(3, history.RestoredEpoch);
        Assert.Equal(9f, network.Weight);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_the_last_step_broke_are_not_called_completed(bool resident)
    {
        // Epoch 2 is the last of two, and every loss is finite.
        ScriptedNetwork network = Breaking(step: 6, float.NaN);
        History history = Fit(network, new FitOptions { Epochs = 2, BatchSize = 2 }, resident);
        Assert.Equal(StopReason.WeightsNotFinite, history.Stopped);
        Assert.Equal([false, false], history.Epochs.Select(epoch => epoch.IsPartial));
        Assert.Equal(1f, history.Last!.Loss);
        Assert.Equal(1, history.RestoredEpoch);
        Assert.Equal(3f, network.Weight);
        Assert.Equal(1, network.Resets);
        Assert.StartsWith("w[0] is NaN after the steps of epoch 2, though each loss was finite: a gradient was not.", history.Advice, StringComparison.Ordinal);
        Assert.Contains("Sqrt(x + 1e-6f) instead of Sqrt(x)", history.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_broke_are_never_the_best()
    {
        // Keras's order would validate with them, keep them as the best of epoch 1, and restore them.
        ScriptedNetwork network = Breaking(step: 3, float.PositiveInfinity);
        network.Parameters["w"].Values[0] = 0.5f;
        FitOptions options = new() { Epochs = 4, BatchSize = 2, ValidationData = ScriptedNetwork.Data(2), EarlyStopping = new(2) };
        History history = network.Fit(ScriptedNetwork.Data(5), options);
        Assert.Equal(StopReason.WeightsNotFinite, history.Stopped);
        Assert.Empty(network.Evaluated);
        Assert.True(Assert.Single(history.Epochs).IsPartial); // not validated
        Assert.Null(history.BestEpoch);
        Assert.Equal(0, history.RestoredEpoch);
        Assert.Equal(0.5f, network.Weight);
    }

    [Fact]
    public void A_validation_loss_of_NaN_is_no_improvement_and_no_end()
    {
        ScriptedNetwork network = new() { OnEvaluate = (_, batch) => new(float.NaN, -1, batch.Count) };
        History history = network.Fit(ScriptedNetwork.Data(4), new FitOptions { Epochs = 3, BatchSize = 4, ValidationData = ScriptedNetwork.Data(2) });
        Assert.Equal(StopReason.Completed, history.Stopped);
        Assert.Equal(float.NaN, history.Last!.ValidationLoss);
        Assert.Equal(3f, network.Weight);
        Assert.Null(history.Advice);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancellation_in_the_middle_keeps_finite_weights_and_no_others(bool resident)
    {
        using CancellationTokenSource source = new();
        ScriptedNetwork network = null!;
        network = new()
        {
            OnStep = (step, batch) =>
            {
                if (step == 5)
                {
                    source.Cancel();
                    network.Parameters["w"].Values[0] = float.NaN;
                }

                return new(1f, 0, batch.Count);
            },
        };
        History history = Fit(network, new FitOptions { Epochs = 9, BatchSize = 1, CancellationToken = source.Token }, resident);
        Assert.Equal(StopReason.WeightsNotFinite, history.Stopped);
        Assert.Equal(1f, history.Last!.Loss);
        Assert.True(float.IsFinite(network.Weight));
        Assert.NotNull(history.RestoredEpoch);
    }

    [Fact]
    public void Optimizers_start_anew_with_the_weights()
    {
        // A step with an infinite target leaves NaN in the moments of Adam.
        Dataset data = LinearModel.Data(8);
        float[] broken = data["y"].Floats.ToArray();
        broken[5] = float.PositiveInfinity;
        LinearModel model = new(), other = new();
        FitOptions options = new() { AllowNotFiniteData = true };
        History history = model.Fit(new Dataset(data["x"], new DataColumn("y", broken)), options);
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.StartsWith("The loss of step 1 of epoch 1 was not finite. 'y' is Infinity in row 5 (counted from 0).", history.Advice, StringComparison.Ordinal);
        Assert.Equal(StopReason.Completed, model.Fit(data, options).Stopped);
        other.Fit(data, options);
        Assert.Equal(other.Parameters.Weights.ToArray(), model.Parameters.Weights.ToArray());
    }

    [Fact]
    public void A_network_whose_weights_are_not_finite_is_not_trained()
    {
        LinearModel model = new();
        model.Parameters["w"].Values[1] = float.NegativeInfinity;
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Fit(LinearModel.Data(4)));
        Assert.StartsWith("LinearModel cannot be trained: w[1] is -Infinity before the first step", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, model.Steps);
    }

    [Fact]
    public void A_diverging_training_ends_with_finite_weights()
    {
        LinearModel model = new();
        History history = model.Fit(LinearModel.Data(64), new FitOptions { Epochs = 500, BatchSize = 8 }, new Sgd(50f));
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.True(history.Last!.IsPartial);
        Assert.Equal(history.Epochs.Count - 1, history.RestoredEpoch);
        Assert.Contains("a smaller learning rate", history.Advice, StringComparison.Ordinal);
        Assert.All(model.Parameters.Weights.ToArray(), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Weights_that_have_grown_before_the_epoch_began_are_told_from_an_objective_that_is_not_finite()
    {
        ScriptedNetwork network = null!;
        network = new()
        {
            OnStep = (step, batch) =>
            {
                network.Parameters["w"].Values[0] = -3e38f;
                return new(step == 4 ? float.NaN : 1f, 0, batch.Count);
            },
            OnEvaluate = (_, batch) => new(float.NaN, 0, batch.Count),
        };
        History history = network.Fit(ScriptedNetwork.Data(5), new FitOptions { Epochs = 3, BatchSize = 2 });
        Assert.Equal(1, history.RestoredEpoch);
        Assert.Contains("was not finite. Weights had grown to 3E+38 before it: try a smaller learning rate", history.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_report_says_what_broke()
    {
        List<FitProgress> reports = [];
        ScriptedNetwork network = new() { OnStep = (step, batch) => new(step == 2 ? float.NaN : 1f, 0, batch.Count) };
        History history = network.Fit(ScriptedNetwork.Data(5), new FitOptions { BatchSize = 2, Progress = new Each(reports.Add) });
        Assert.Equal((FitPhase.End, StopReason.LossNotFinite, 2, history.Advice), (reports[^1].Phase, reports[^1].Stopped, reports[^1].Batch, reports[^1].Advice));
        Assert.DoesNotContain(reports, report => report.Phase == FitPhase.EpochEnd);
    }

    private static ScriptedNetwork Breaking(int step, float value)
    {
        ScriptedNetwork network = null!;
        network = new()
        {
            OnStep = (made, batch) =>
            {
                if (made == step)
                    network.Parameters["w"].Values[0] = value;
                return new(1f, 0, batch.Count);
            },
        };
        return network;
    }

    private static History Fit(ScriptedNetwork network, FitOptions options, bool resident)
    {
        if (!resident)
            return network.Fit(ScriptedNetwork.Data(5), options);
        ResidentNetwork device = new(network);
        History history = device.Fit(ScriptedNetwork.Data(5), options);
        Assert.Equal(0, device.Kept);
        return history;
    }

    private sealed class Each(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
