using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Fit on a device that keeps the data.</summary>
public class ResidentFitTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_steps_are_those_of_the_host(bool shuffle)
    {
        FitOptions options = new() { Epochs = 3, BatchSize = 3, Seed = 4, Shuffle = shuffle };
        ScriptedNetwork host = new(), inner = new();
        ResidentNetwork device = new(inner);
        host.Fit(ScriptedNetwork.Data(100), options, step => new Sgd(1f / step));
        device.Fit(ScriptedNetwork.Data(100), options, step => new Sgd(1f / step));

        Assert.Equal(host.Trained, inner.Trained);
        Assert.Equal(host.Optimizers, inner.Optimizers);
        Assert.Equal(102, device.Chunks.Sum());
        Assert.True(device.Chunks.Max() > 1, string.Join(", ", device.Chunks));
        Assert.Equal(0, device.Kept);
    }

    [Fact]
    public void A_model_learns_the_same_bits()
    {
        FitOptions options = new() { Epochs = 4, BatchSize = 7, ValidationFraction = 0.2, EarlyStopping = new EarlyStopping(3) };
        LinearModel host = new(), inner = new();
        History expected = host.Fit(LinearModel.Data(90), options, new Adam(0.01f));
        History actual = new ResidentNetwork(inner).Fit(LinearModel.Data(90), options, new Adam(0.01f));
        Assert.Equal(expected.Epochs.Select(e => (e.Loss, e.ValidationLoss)), actual.Epochs.Select(e => (e.Loss, e.ValidationLoss)));
        Assert.Equal(host.Parameters.Weights.ToArray(), inner.Parameters.Weights.ToArray());
    }

    [Fact]
    public void Data_that_do_not_fit_are_stepped_from_the_host()
    {
        ScriptedNetwork inner = new();
        ResidentNetwork device = new(inner, fits: false);
        device.Fit(ScriptedNetwork.Data(10), new FitOptions { BatchSize = 4 });
        Assert.Empty(device.Chunks);
        Assert.Equal(3, inner.Trained.Count);
    }

    [Fact]
    public void Every_step_is_reported_when_asked()
    {
        List<int> reported = [];
        ResidentNetwork device = new(new ScriptedNetwork());
        device.Fit(ScriptedNetwork.Data(20), new FitOptions { BatchSize = 4, ProgressInterval = TimeSpan.Zero, Progress = new Each(p => reported.Add(p.Batch)) });
        Assert.Equal([1, 1, 1, 1, 1], device.Chunks);
        Assert.Equal([0, 1, 2, 3, 4, 5, 5, 5], reported);
    }

    [Fact]
    public void Slow_steps_are_made_one_by_one()
    {
        ResidentNetwork device = new(new ScriptedNetwork()) { StepTime = TimeSpan.FromMilliseconds(15) };
        device.Fit(ScriptedNetwork.Data(6), new FitOptions { BatchSize = 1 });
        Assert.Equal([1, 1, 1, 1, 1, 1], device.Chunks);
    }

    [Fact]
    public void Cancellation_waits_for_the_steps_that_run()
    {
        using CancellationTokenSource source = new();
        ScriptedNetwork inner = new()
        {
            OnStep = (step, batch) =>
            {
                if (step == 4)
                    source.Cancel();
                return new(1f, 0, batch.Count);
            },
        };
        ResidentNetwork device = new(inner);
        History history = device.Fit(ScriptedNetwork.Data(1000), new FitOptions { BatchSize = 1, CancellationToken = source.Token });
        Assert.Equal(StopReason.Canceled, history.Stopped);
        Assert.InRange(inner.Trained.Count, 4, 7);
        Assert.Equal(0, device.Kept);
    }

    [Fact]
    public void The_memory_is_given_back_after_an_error()
    {
        ResidentNetwork device = new(new ScriptedNetwork { OnStep = (_, _) => throw new InvalidOperationException("no") });
        Assert.Throws<InvalidOperationException>(() => device.Fit(ScriptedNetwork.Data(5)));
        Assert.Equal(0, device.Kept);
        device = new(new ScriptedNetwork());
        Assert.Throws<ArgumentOutOfRangeException>(() => device.Fit(ScriptedNetwork.Data(50), new FitOptions { BatchSize = 5 }, step => new Sgd(step == 1 ? 1f : -1f)));
        Assert.Equal([1], device.Chunks);
        Assert.Equal(0, device.Kept);
    }

    private sealed class Each(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
