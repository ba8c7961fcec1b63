using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Factors by the formulas of PyTorch's documentation, at places where they are known by hand.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Steps_fall_at_once()
    {
        Same([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Schedule.Steps(3, 0.5), epochs: 7);
        Same([1, 1, 0.1, 0.1, 0.1, 0.01], Schedule.StepsAt([2, 5]), epochs: 6);
        Same([1, 0.5, 0.25, 0.125], Schedule.Exponential(0.5), epochs: 4);
        Same([1, 1, 1, 1], Schedule.Constant, epochs: 4);
    }

    [Fact]
    public void Polynomials_and_cosines_reach_their_end_after_the_last_step()
    {
        Same([1, 0.75, 0.5, 0.25], Schedule.Polynomial(unit: ScheduleUnit.Epoch), epochs: 4);
        Same([1, 0.2 + 0.8 * 0.5625, 0.2 + 0.8 * 0.25, 0.2 + 0.8 * 0.0625], Schedule.Polynomial(power: 2, end: 0.2, ScheduleUnit.Epoch), epochs: 4);
        double quarter = (1 + Math.Sqrt(0.5)) / 2;
        Same([1, quarter, 0.5, 1 - quarter], Schedule.Cosine(unit: ScheduleUnit.Epoch), epochs: 4);
        Same([1, 0.1 + 0.9 * quarter, 0.55, 0.1 + 0.9 * (1 - quarter)], Schedule.Cosine(end: 0.1, ScheduleUnit.Epoch), epochs: 4);
        Same([1, 0.5, 1, 0.5, 1], Schedule.CosineRestarts(2), epochs: 5);
        Same([1, 0.5, 1, quarter, 0.5, 1 - quarter, 1], Schedule.CosineRestarts(2, growth: 2), epochs: 7);
    }

    [Fact]
    public void One_cycle_rises_and_falls()
    {
        // 10 steps, 0.3 of them up: the top is step 2, the end step 9.
        double[] values = Values(Schedule.OneCycle(start: 0.1, end: 0.001, unit: ScheduleUnit.Epoch), 10);
        Assert.Equal(0.1, values[0], 1e-12);
        Assert.Equal(0.55, values[1], 1e-12);
        Assert.Equal(1, values[2], 1e-12);
        Assert.Equal(0.001 + 0.999 * (1 + Math.Cos(Math.PI * 3 / 7)) / 2, values[5], 1e-12);
        Assert.Equal(0.001, values[9], 1e-12);
    }

    [Fact]
    public void A_warm_up_comes_first_and_the_schedule_has_the_rest()
    {
        Same([0.2, 0.6, 1, 0.75, 0.5, 0.25], Schedule.Polynomial(unit: ScheduleUnit.Epoch).WithWarmUp(2, start: 0.2), epochs: 6);
        // A training that is shorter than its warm-up.
        Same([0, 0.25, 0.5], Schedule.Cosine(unit: ScheduleUnit.Epoch).WithWarmUp(4, start: 0), epochs: 3);
    }

    [Fact]
    public void Time_is_counted_in_steps_or_in_epochs()
    {
        Schedule steps = Schedule.Of((t, of) => t + 1000 * of);
        Assert.Equal(13 + 1000 * 20, steps.Factor(13, stepsPerEpoch: 5, epochs: 4));
        Schedule epochs = Schedule.Of((t, of) => t + 1000 * of, ScheduleUnit.Epoch);
        Assert.Equal(2 + 1000 * 4, epochs.Factor(13, stepsPerEpoch: 5, epochs: 4));
        Assert.Equal("cosine to 0, after a warm-up of 5 from 0.01, by step", Schedule.Cosine().WithWarmUp(5).ToString());
    }

    [Fact]
    public void The_rate_of_each_step_is_the_optimizer_s_times_the_factor()
    {
        ScriptedNetwork network = new();
        FitOptions options = new() { Epochs = 2, BatchSize = 2, Schedule = Schedule.Polynomial() };
        network.Fit(ScriptedNetwork.Data(4), options, new Sgd(0.8f, momentum: 0.5f));
        Assert.Equal([0.8f, 0.6f, 0.4f, 0.2f], network.Optimizers.Cast<Sgd>().Select(sgd => sgd.LearningRate));
        Assert.All(network.Optimizers, optimizer => Assert.Equal(0.5f, ((Sgd)optimizer).Momentum));

        ScriptedNetwork both = new();
        both.Fit(ScriptedNetwork.Data(4), options, step => new Sgd(step));
        Assert.Equal([1f, 1.5f, 1.5f, 1f], both.Optimizers.Cast<Sgd>().Select(sgd => sgd.LearningRate));
    }

    [Fact]
    public void Every_optimizer_has_a_rate_that_can_change()
    {
        Check(new Adam(1f, weightDecay: 0.5f), new Adam(2f, weightDecay: 0.5f));
        Check(new AdamW(1f, beta1: 0.5f), new AdamW(2f, beta1: 0.5f));
        Check(new Sgd(1f, momentum: 0.5f), new Sgd(2f, momentum: 0.5f));
        Check(new RmsProp(1f, momentum: 0.5f), new RmsProp(2f, momentum: 0.5f));
        Check(new Adagrad(1f, weightDecay: 0.5f), new Adagrad(2f, weightDecay: 0.5f));
        Check(new SgdW(1f, nesterov: true), new SgdW(2f, nesterov: true));
        Check(new Adamax(1f, beta1: 0.5f), new Adamax(2f, beta1: 0.5f));
        Check(new Nadam(1f, beta1: 0.5f), new Nadam(2f, beta1: 0.5f));
        Check(new Lion(1f, beta1: 0.5f), new Lion(2f, beta1: 0.5f));
        Check(new Adadelta(1f, rho: 0.5f), new Adadelta(2f, rho: 0.5f));

        static void Check<T>(T one, T two)
            where T : struct, IOptimizer<T>
        {
            Assert.Equal(1f, one.LearningRate);
            Assert.Equal(two, one.WithLearningRate(2f));
        }
    }

    [Fact]
    public void An_optimizer_without_a_rate_has_no_schedule()
    {
        var error = Assert.Throws<ArgumentException>(() => new ScriptedNetwork().Fit(
            ScriptedNetwork.Data(4), new FitOptions { Schedule = Schedule.Polynomial() }, new Rprop()));
        Assert.Contains("Rprop", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_and_a_cooldown_waits()
    {
        // One step in an epoch. The losses of epochs 2 to 4 are no better, nor are those from 6 on.
        float[] losses = [1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f];
        ScriptedNetwork network = new() { OnStep = (step, batch) => new(losses[step - 1], 0, batch.Count) };
        FitOptions options = new()
        {
            Epochs = 10,
            ReduceOnPlateau = new ReduceOnPlateau(patience: 2, Metric.Loss) { Factor = 0.5, Cooldown = 1, MinFactor = 0.2 },
        };
        network.Fit(ScriptedNetwork.Data(4), options, new Sgd(1f));
        // After 3 and 7 epochs two were without improvement; epochs 4 and 8 cool down; 9 and 10 are two again.
        Assert.Equal([1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f], network.Optimizers.Cast<Sgd>().Select(sgd => sgd.LearningRate));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Steps(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Exponential(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Cosine(end: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.OneCycle(rise: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.CosineRestarts(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant.WithWarmUp(0));
        Assert.Throws<ArgumentException>(() => Schedule.StepsAt([3, 3]));
        var bad = Assert.Throws<InvalidOperationException>(() => Schedule.Of((t, _) => double.NaN).Factor(3, 10, 1));
        Assert.Equal("The schedule (a function, by step) gives the factor NaN at step 3; expected a finite number of at least 0.", bad.Message);
        Refused(new() { ReduceOnPlateau = new(0, Metric.Loss) });
        Refused(new() { ReduceOnPlateau = new(1, Metric.Loss) { Factor = 1 } });
        Refused(new() { ReduceOnPlateau = new(1, Metric.Loss) { MinFactor = -1 } });
        Refused(new() { ReduceOnPlateau = new(1, Metric.Loss) { Cooldown = -1 } });
        Refused(new() { ReduceOnPlateau = new(1) });
        Refused(new() { EarlyStopping = new(1, Metric.Loss) { WarmUp = -1 } });

        static void Refused(FitOptions options)
        {
            ScriptedNetwork network = new();
            Assert.ThrowsAny<ArgumentException>(() => network.Fit(ScriptedNetwork.Data(4), options));
            Assert.Empty(network.Trained);
        }
    }

    private static double[] Values(Schedule schedule, int epochs) =>
        [.. Enumerable.Range(0, epochs).Select(epoch => schedule.Factor(3L * epoch + 1, stepsPerEpoch: 3, epochs))];

    private static void Same(double[] expected, Schedule schedule, int epochs)
    {
        double[] values = Values(schedule, epochs);
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-12);
    }
}
