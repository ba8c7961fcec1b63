using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

public static partial class Training
{
    /// <summary>
    /// Tries rising learning rates, a step each, and gives back the network as it was: weights, state of the optimizer, random numbers. It
    /// ends where the loss is four times the least one, or not finite.
    /// </summary>
    /// <remarks>
    /// <code>
    /// RateTest test = network.FindLearningRate(train, Adam.Default);
    /// network.Fit(train, options, new Adam((float)test.Steepest!));
    /// </code>
    /// </remarks>
    /// <param name="network">The network; best a new one.</param>
    /// <param name="data">The samples, in batches at random.</param>
    /// <param name="optimizer">The rule; its own rate does not matter.</param>
    /// <param name="lowest">The rate of the first step.</param>
    /// <param name="highest">The rate of the last step, if it gets there.</param>
    /// <param name="steps">How many rates are tried, at equal factors from one to the next.</param>
    /// <param name="batchSize">The samples of a step; best as many as in training, for the rate depends on it.</param>
    /// <param name="seed">Which samples come first.</param>
    /// <param name="cancellationToken">Ends the test between two steps.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or the optimizer has no learning rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not finite and above 0, the range is empty, or there are fewer than 10
    /// steps.</exception>
    /// <exception cref="NotSupportedException">The network is written by hand and keeps the state of its optimizer to itself.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it; the network is as it was.</exception>
    public static RateTest FindLearningRate<TOptimizer>(
        this ITrainable network, Dataset data, in TOptimizer optimizer, double lowest = 1e-7, double highest = 10, int steps = 100,
        int batchSize = 32, ulong seed = 0, CancellationToken cancellationToken = default)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        OutOfRange.ThrowIfLess(steps, 10);
        if (!(lowest > 0 && double.IsFinite(highest)))
            throw OutOfRange.Of(
                nameof(lowest), lowest, Invariant($"The rates are from {lowest} to {highest}; expected finite numbers above 0."));
        if (highest <= lowest)
            throw OutOfRange.Of(
                nameof(highest), highest, Invariant($"The rates are from {lowest} to {highest}; expected a range that is not empty."));
        FitOptions.CheckBatchSize(batchSize, nameof(batchSize));
        if (float.IsNaN(optimizer.LearningRate))
            throw new ArgumentException($"{OptimizerName.Of<TOptimizer>()} has no learning rate.", nameof(optimizer));
        if (network.Parameters.Capture<TOptimizer>() is not { } state)
            throw new NotSupportedException(
                $"{network.Name} is written by hand and keeps the state of its optimizer to itself, so it could not be given back as it was.");

        StepState before = state with { Weights = Copy(state.Weights), Slots = Array.ConvertAll(state.Slots, Copy) };
        RateTest test = new();
        try
        {
            int perEpoch = Math.Max(1, (data.Count + batchSize - 1) / batchSize);
            network.Fit(
                data,
                new FitOptions
                {
                    Epochs = (steps + perEpoch - 1) / perEpoch,
                    BatchSize = batchSize,
                    Seed = seed,
                    Schedule = Schedule.Of((t, _) => Math.Pow(highest / lowest, Math.Min(1, t / (steps - 1.0)))),
                    Callbacks = [new RateSteps(test, steps)],
                    CancellationToken = cancellationToken,
                },
                optimizer.WithLearningRate((float)lowest));
        }
        finally
        {
            network.Parameters.Restore<TOptimizer>(before);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return test;

        static AlignedFloats Copy(AlignedFloats from)
        {
            AlignedFloats to = new(from.Span.Length, cleared: false, "A copy of a network");
            from.Span.CopyTo(to.Span);
            return to;
        }
    }

    private sealed class RateSteps(RateTest test, int steps) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (test.Add(fit.LearningRate, fit.Loss) || test.Points.Count == steps)
                fit.Stop();
        }
    }
}
