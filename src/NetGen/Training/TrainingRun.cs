using System.Diagnostics;
using static System.FormattableString;

namespace NetGen;

/// <summary>One call of Fit.</summary>
internal sealed partial class TrainingRun<TOptimizer>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly ITrainable network;
    private readonly FitOptions options;
    private readonly Func<long, TOptimizer>? schedule;
    private readonly Dataset training;
    private readonly Dataset? validation;
    private readonly Batch batch;
    private readonly Batch? validationBatch;
    private readonly int[]? rows;
    private readonly int batches;
    private readonly List<EpochResult> epochs = [];
    private readonly StepsAtOnce<TOptimizer> chunk;
    private readonly CallbackList callbacks;
    private readonly FitContext context;
    private readonly Watch? stopping;
    private readonly Watch? reducing;
    private Plateau plateau = new();

    /// <summary>The optimizer as it was given, before a schedule changes its rate.</summary>
    private TOptimizer given;

    private TOptimizer optimizer;
    private ResidentData? resident;
    private readonly KeptWeights kept;
    private readonly AveragedWeights? average;
    private readonly bool hasRate;
    private long step;

    /// <summary>The steps of this epoch so far.</summary>
    private int made;

    private double? best;
    private int? bestEpoch;
    private string? advice;

    private long epochStarted;
    private long reported;

    internal TrainingRun(ITrainable network, Dataset data, FitOptions options, TOptimizer optimizer, Func<long, TOptimizer>? schedule)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options.Validate();
        if (TOptimizer.HasPass && !network.Parameters.KnowPasses)
            throw new NotSupportedException($"{network.Name} is written by hand and knows the rule for single weights alone; {OptimizerName.Of<TOptimizer>()} ends its steps by a look at all weights.");
        if (data.Count == 0)
            throw new ArgumentException("The data have no samples.", nameof(data));

        this.network = network;
        this.options = options;
        given = this.optimizer = optimizer;
        this.schedule = schedule;
        (training, validation) = (data, options.ValidationData);
        // Before the data are cut: rows are those that the user knows.
        DataCheck.Training(network.Columns, data, nameof(data), options.AllowNotFiniteData);
        if (validation is not null)
            DataCheck.Training(network.Columns, validation, nameof(options.ValidationData), options.AllowNotFiniteData);
        if (options.ValidationFraction > 0)
        {
            (training, validation) = data.TrainTestSplit(options.ValidationFraction);
            if (training.Count == 0 || validation.Count == 0)
                throw new ArgumentException(Invariant($"Of {data.Count} samples the validation fraction leaves {training.Count} for training and {validation.Count} for validation."), nameof(options));
        }

        batch = new(network.Columns, Math.Min(options.BatchSize, training.Count));
        batch.Fill(training, 0, batch.Capacity);
        if (validation is not null)
        {
            // Their own batches, so that each stays connected to its data set.
            validationBatch = new(network.Columns, Math.Min(options.BatchSize, validation.Count));
            validationBatch.Fill(validation, 0, validationBatch.Capacity);
        }

        batches = Batches(training, batch);
        CheckLastBatch();
        rows = options.Shuffle ? new int[training.Count] : null;
        chunk = new(batches, network.Accuracies.Length, options);
        stopping = options.EarlyStopping?.Watch.For(network, options);
        reducing = options.ReduceOnPlateau?.Watch.For(network, options);
        if (ChangesRate && float.IsNaN(optimizer.LearningRate))
            throw new ArgumentException($"{OptimizerName.Of<TOptimizer>()} has no learning rate that a schedule could change.", nameof(options));
        hasRate = !float.IsNaN(optimizer.LearningRate);
        callbacks = new(options.Callbacks);
        context = new(network, options, batches, epochs);
        kept = new(network);
        options.Average?.Check(network);
        average = options.Average is { } mean ? new(network, mean.Decay) : null;
        checkpoints = options.Checkpoints is { } asked ? new(asked, stopping ?? ByLoss.For(network, options)) : null;
    }

    /// <summary>The last batch of an epoch has what the others leave; better to say now that no step can be made of it than after an epoch.</summary>
    private void CheckLastBatch()
    {
        int last = training.Count - (batches - 1) * batch.Capacity;
        if (last < network.SmallestBatch)
        {
            throw new ArgumentException(
                Invariant($"Of {training.Count} samples in batches of {batch.Capacity} the last batch has {last}; a step of {network.Name} takes at least {network.SmallestBatch}, ")
                + "for a layer normalizes by the mean and the spread over the batch. Choose another BatchSize, or other data.",
                nameof(options));
        }
    }

    internal History Run()
    {
        var device = network as IResidentTrainable;
        resident = device?.Keep(training);
        try
        {
            GoOn();
            callbacks.Begin(context);
            History history = Run(resident is null ? null : device);
            callbacks.End(context, history);
            return history;
        }
        catch (Exception exception)
        {
            GoOnFromOwn();
            callbacks.Exception(context, exception);
            throw;
        }
        finally
        {
            resident?.Dispose();
        }
    }

    /// <param name="device">The network, if its device keeps the data.</param>
    private History Run(IResidentTrainable? device)
    {
        long started = Stopwatch.GetTimestamp();
        StopReason? stopped = null;
        RunningMean mean = new(network);
        int epoch = epochs.Count;
        // A training that is gone on with may have been at its end.
        if (epoch > 0 && LosesPatience(epoch))
            stopped = StopReason.EarlyStopping;
        while (stopped is null && epoch < options.Epochs)
        {
            epoch++;
            epochStarted = Stopwatch.GetTimestamp();
            mean = new(network);
            made = 0;
            GoOnInside(ref mean);
            (context.Epoch, context.Step) = (epoch, made);
            callbacks.EpochBegin(context);
            Report(FitPhase.Training, epoch, made, batches, mean, always: true);
            stopped = device is null ? Train(epoch, ref mean) : Train(device, epoch, ref mean);
            stopped = LookAtWeights(epoch, stopped);
            if (stopped is null)
                TakeMean(epoch);
            Evaluation? validated = null;
            stopped ??= Validate(epoch, mean, out validated);
            if (stopped is null)
                stopped = End(epoch, mean, validated);
            else
                WriteInterrupted(stopped.Value, mean);
            GoOnFromOwn();
            if (epochs.Count < epoch && made > 0)
                epochs.Add(Result(epoch, mean, null) with { IsPartial = made < batches || validation is not null });
        }

        StopReason reason = stopped ?? StopReason.Completed;
        int? restored = Restore(reason);
        options.Progress?.Report(Progress(FitPhase.End, epoch, made, batches, mean) with
        {
            Stopped = reason,
            Advice = advice,
            Elapsed = Stopwatch.GetElapsedTime(started),
        });
        return new(epochs, reason, bestEpoch, restored, advice);
    }

    /// <summary>The steps of an epoch are made, or what ended them is known: are there still weights to go on with?</summary>
    private StopReason? LookAtWeights(int epoch, StopReason? stopped)
    {
        if (stopped == StopReason.LossNotFinite || made == 0 || kept.NotFinite() is not { } broken)
            return stopped;
        advice = TrainingAdvice.WeightsNotFinite(broken, epoch, kept.Epoch);
        return StopReason.WeightsNotFinite;
    }

    /// <summary>Gives the network earlier weights, where its own are broken or those of another epoch were better.</summary>
    /// <returns>Their epoch; null: the network keeps those it has.</returns>
    private int? Restore(StopReason reason)
    {
        bool broken = reason is StopReason.LossNotFinite or StopReason.WeightsNotFinite;
        bool better = RestoresBest && bestEpoch is not null && bestEpoch != epochs.Count && reason != StopReason.Canceled;
        if (!broken && !better)
        {
            average?.Swap();
            return null;
        }

        kept.Restore();
        if (broken)
            network.ResetOptimizers();
        if (reason == StopReason.LossNotFinite)
            advice = TrainingAdvice.LossNotFinite(network, training, batch, BrokenRows(), epochs[^1].Epoch, made, kept.Epoch);
        return kept.Epoch;
    }

    /// <summary>An epoch is made: the network gets the mean of its weights, if one is wanted.</summary>
    private void TakeMean(int epoch)
    {
        if (average is null)
            return;
        if (!options.Average!.IsOfSteps && epoch >= options.Average.FromEpoch)
            average.Add();
        average.Swap();
    }

    /// <summary>The network gets the weights back that steps go on from.</summary>
    private void GoOnFromOwn()
    {
        if (average is { IsSwapped: true })
            average.Swap();
    }

    private bool ChangesRate => options.Schedule is not null || options.ReduceOnPlateau is not null;

    private bool RestoresBest => options.EarlyStopping is { RestoreBestWeights: true };

    /// <summary>The samples of the epoch's last step, whose loss was not finite.</summary>
    private ReadOnlySpan<int> BrokenRows()
    {
        int start = (made - 1) * batch.Capacity;
        return (rows ?? chunk.Order(training.Count)).AsSpan(start, Math.Min(batch.Capacity, training.Count - start));
    }

    /// <summary>Puts the samples in the epoch's order.</summary>
    private void Shuffle(int epoch)
    {
        if (rows is null)
            return;
        Rows.Shuffle(rows, options.Seed, epoch);
        if (options.SimilarLengths && Array.Find(training.Columns.ToArray(), column => column.IsSequence) is { } sequences)
            Rows.GroupByLength(rows, sequences.Lengths, batch.Capacity, options.Seed, epoch);
    }

    private StopReason? Train(int epoch, ref RunningMean mean)
    {
        Shuffle(epoch);
        while (made < batches)
        {
            if (Asked() is { } asked)
                return asked;

            int start = made * batch.Capacity;
            int count = Math.Min(batch.Capacity, training.Count - start);
            if (rows is not null)
                batch.Fill(training, rows.AsSpan(start, count));
            else
                batch.Fill(training, start, count);

            NextOptimizer();
            callbacks.StepBegin(context);
            BatchResult result = network.StepBatch(batch, in optimizer, mean.OfBatch);
            mean.Add(result);
            if (!IsMade(result))
                return StopReason.LossNotFinite;
            if (IsWanted(step) && !TryWrite(mean))
                return StopReason.WeightsNotFinite;
            Report(FitPhase.Training, epoch, made, batches, mean);
        }

        return null;
    }

    /// <summary>An epoch on a device that keeps the data: several steps at once.</summary>
    private StopReason? Train(IResidentTrainable device, int epoch, ref RunningMean mean)
    {
        int[] order = rows ?? chunk.Order(training.Count);
        Shuffle(epoch);
        while (made < batches)
        {
            if (Asked() is { } asked)
                return asked;

            int steps = callbacks.SeesSteps || options.Average is { IsOfSteps: true } ? 1 : chunk.Next(Math.Min(batches - made, UntilWanted));
            for (int i = 0; i < steps; i++)
            {
                NextOptimizer();
                chunk.Optimizers[i] = optimizer;
                callbacks.StepBegin(context);
            }

            int start = made * batch.Capacity;
            int count = Math.Min(steps * batch.Capacity, training.Count - start);
            Span<BatchResult> results = chunk.Results.AsSpan(0, steps);
            int kinds = network.Accuracies.Length;
            Span<double> correct = chunk.Correct.AsSpan(0, steps * kinds);
            long began = Stopwatch.GetTimestamp();
            device.StepRows(resident!, order.AsSpan(start, count), batch.Capacity, chunk.Optimizers.AsSpan(0, steps), results, correct);
            chunk.Took(steps, Stopwatch.GetElapsedTime(began));
            for (int i = 0; i < steps; i++)
            {
                mean.Add(results[i], correct.Slice(i * kinds, kinds));
                if (!IsMade(results[i]))
                    return StopReason.LossNotFinite;
            }

            if (IsWanted(step) && !TryWrite(mean))
                return StopReason.WeightsNotFinite;

            Report(FitPhase.Training, epoch, made, batches, mean);
        }

        return null;
    }

    /// <summary>Whether somebody wants the training to end.</summary>
    private StopReason? Asked() => options.CancellationToken.IsCancellationRequested ? StopReason.Canceled
        : context.IsStopping ? StopReason.Requested
        : null;

    /// <summary>A step is made. False: its loss is not finite.</summary>
    private bool IsMade(in BatchResult result)
    {
        made++;
        (context.Step, context.Loss) = (made, result.Loss);
        context.TotalSteps++;
        if (!float.IsFinite(result.Loss))
            return false;
        if (options.Average is { IsOfSteps: true } mean && context.Epoch >= mean.FromEpoch)
            average!.Add();
        callbacks.StepEnd(context);
        return true;
    }

    private void NextOptimizer()
    {
        step++;
        if (schedule is not null)
            given = schedule(step);
        if (ChangesRate)
        {
            double factor = options.Schedule?.Factor(step - 1, batches, options.Epochs) ?? 1;
            optimizer = given.WithLearningRate((float)(given.LearningRate * factor * plateau.Factor));
            optimizer.Validate();
        }
        else if (schedule is not null)
        {
            optimizer = given;
            optimizer.Validate();
        }

        if (hasRate)
            context.LearningRate = optimizer.LearningRate;
    }

    private StopReason? Validate(int epoch, in RunningMean trained, out Evaluation? evaluation)
    {
        evaluation = null;
        if (validation is null)
            return null;

        callbacks.ValidationBegin(context);
        int count = Batches(validation, validationBatch!);
        RunningMean mean = new(network);
        for (int i = 0; i < count; i++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return StopReason.Canceled;
            int start = i * validationBatch!.Capacity;
            validationBatch.Fill(validation, start, Math.Min(validationBatch.Capacity, validation.Count - start));
            mean.Add(network.EvaluateBatch(validationBatch, mean.OfBatch));
            Report(FitPhase.Validation, epoch, i + 1, count, trained);
        }

        evaluation = new(mean.Loss, mean.Accuracies) { Metrics = MetricValues.Of(options.Metrics, validation) };
        callbacks.ValidationEnd(context);
        return null;
    }

    private StopReason? End(int epoch, in RunningMean mean, Evaluation? validated)
    {
        EpochResult result = Result(epoch, mean, validated);
        epochs.Add(result);
        options.Progress?.Report(Progress(FitPhase.EpochEnd, epoch, batches, batches, mean) with
        {
            ValidationLoss = validated?.Loss,
            ValidationAccuracies = validated?.Accuracies ?? Accuracies.None,
            Metrics = result.Metrics,
        });
        callbacks.EpochEnd(context);

        bool isBest = false;
        if (stopping is { } watch && epoch > options.EarlyStopping!.WarmUp && watch.Value(result) is var value && watch.IsBetter(value, best))
        {
            isBest = true;
            best = value;
            bestEpoch = epoch;
        }

        // The best weights are finite too, so they are what a broken training goes back to as well.
        if (RestoresBest && bestEpoch is not null ? isBest : epoch < options.Epochs)
            kept.Keep(epoch);
        if (reducing is { } plateaus)
            plateau.Next(options.ReduceOnPlateau!, plateaus, result);
        StopReason? ends = LosesPatience(epoch) ? StopReason.EarlyStopping : context.IsStopping ? StopReason.Requested : null;
        if (checkpoints is not null && (ends is not null || epoch == options.Epochs || (checkpoints.Options.EveryEpochs is > 0 and var every && epoch % every == 0)))
            Write(result, new(network));
        return ends;
    }

    private bool LosesPatience(int epoch) =>
        options.EarlyStopping is { } patient && epoch - (bestEpoch ?? patient.WarmUp) >= patient.Patience;

    private EpochResult Result(int epoch, in RunningMean mean, Evaluation? validated) =>
        new(epoch, mean.Loss, mean.Accuracies, validated?.Loss, validated?.Accuracies ?? Accuracies.None, Stopwatch.GetElapsedTime(epochStarted).TotalSeconds)
        {
            Metrics = validated?.Metrics ?? MetricValues.None,
        };

    private void Report(FitPhase phase, int epoch, int done, int of, in RunningMean mean, bool always = false)
    {
        if (options.Progress is null)
            return;
        if (!always && Stopwatch.GetElapsedTime(reported) < options.ProgressInterval)
            return;
        reported = Stopwatch.GetTimestamp();
        options.Progress.Report(Progress(phase, epoch, done, of, mean));
    }

    private FitProgress Progress(FitPhase phase, int epoch, int done, int of, in RunningMean mean) => new()
    {
        Phase = phase,
        Epoch = epoch,
        Epochs = options.Epochs,
        Batch = done,
        Batches = of,
        Loss = mean.Loss,
        Accuracies = mean.Accuracies,
        Elapsed = Stopwatch.GetElapsedTime(epochStarted),
    };

    private static int Batches(Dataset data, Batch batch) => (int)(((long)data.Count + batch.Capacity - 1) / batch.Capacity);
}
