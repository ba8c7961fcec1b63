using System.Diagnostics;
using static System.FormattableString;

namespace NetGen;

/// <summary>One call of Fit.</summary>
internal sealed partial class TrainingRun
{
    private readonly INetwork network;
    private readonly ObjectiveRun[] objectives;
    private readonly FitOptions options;
    private readonly SampleSource? source;
    private readonly Dataset training;
    private readonly int samples;
    private readonly Dataset? validation;

    /// <summary>The samples of the validation, of a data set or of a source.</summary>
    private readonly int toValidate;
    private readonly Batch[] validationBatches;
    private readonly int[]? rows;
    private readonly bool[] taken;
    private readonly double[][] correct;
    private readonly int batchSize;
    private readonly int batches;
    private readonly List<EpochResult> epochs = [];
    private readonly ObjectiveMeans mean;
    private readonly CallbackList callbacks;
    private readonly FitContext context;
    private readonly Watch? stopping;
    private readonly Watch? reducing;
    private Plateau plateau = new();

    private ResidentData? resident;

    /// <summary>All samples as they come.</summary>
    private int[]? order;

    /// <summary>The objective whose loss was not finite.</summary>
    private ObjectiveRun? broken;

    private readonly KeptWeights kept;
    private readonly AveragedWeights? average;
    private long step;

    /// <summary>The steps of this epoch so far.</summary>
    private int made;

    private double? best;
    private int? bestEpoch;
    private string? advice;

    private long epochStarted;
    private long reported;

    internal TrainingRun(INetwork network, ObjectiveRun[] objectives, Dataset data, FitOptions options)
        : this(network, objectives, data, null, options)
    {
    }

    internal TrainingRun(INetwork network, ObjectiveRun[] objectives, SampleSource source, FitOptions options)
        : this(network, objectives, source?.Columns, source, options)
    {
    }

    /// <param name="network">The network.</param>
    /// <param name="objectives">What is trained on.</param>
    /// <param name="data">The samples, or the columns of the source.</param>
    /// <param name="source">Makes the samples; null: they are the data.</param>
    /// <param name="options">How.</param>
    private TrainingRun(INetwork network, ObjectiveRun[] objectives, Dataset? data, SampleSource? source, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        options.Validate();
        if (source is not null)
            CheckSource(source, options);
        if (options.ValidationSource is { } validating)
            CheckColumns(validating, nameof(options));
        foreach (ObjectiveRun objective in objectives)
        {
            if (objective.HasPass && !network.Parameters.KnowPasses)
                throw new NotSupportedException($"{network.Name} is written by hand and knows the rule for single weights alone; {objective.OptimizerName} ends its steps by a look at all weights.");
        }

        if ((source?.Count ?? data.Count) == 0)
            throw new ArgumentException("The data have no samples.", nameof(data));

        this.network = network;
        this.objectives = objectives;
        this.options = options;
        this.source = source;
        (training, validation) = (data, options.ValidationData);
        // Before the data are cut: rows are those that the user knows.
        foreach (ObjectiveRun objective in objectives)
            DataCheck.Training(objective.Spec.Columns, data, nameof(data), options.AllowNotFiniteData);
        foreach (ObjectiveRun objective in validation is null ? [] : objectives)
            DataCheck.Training(objective.Spec.Columns, validation!, nameof(options.ValidationData), options.AllowNotFiniteData);
        if (options.ValidationFraction > 0)
        {
            (training, validation) = data.TrainTestSplit(options.ValidationFraction);
            if (training.Count == 0 || validation.Count == 0)
                throw new ArgumentException(Invariant($"Of {data.Count} samples the validation fraction leaves {training.Count} for training and {validation.Count} for validation."), nameof(options));
        }

        samples = source?.Count ?? training.Count;
        batchSize = Math.Min(options.BatchSize, samples);
        batches = Batches(samples, batchSize);
        foreach (ObjectiveRun objective in objectives)
            objective.Connect(training, batchSize, options, batches);
        // Their own batches, so that each stays connected to its data set.
        Dataset? validated = validation ?? options.ValidationSource?.Columns;
        toValidate = validation?.Count ?? options.ValidationSource?.Count ?? 0;
        validationBatches = validated is null ? [] : Array.ConvertAll(objectives, objective =>
        {
            Batch batch = new(objective.Spec.Columns, Math.Min(options.BatchSize, toValidate));
            batch.Fill(validated, 0, Math.Min(batch.Capacity, validated.Count));
            return batch;
        });
        CheckLastBatch();
        mean = new(Array.ConvertAll(objectives, objective => objective.Spec));
        correct = Array.ConvertAll(objectives, objective => new double[objective.Spec.Accuracies.Length]);
        taken = new bool[objectives.Length];
        rows = options.Shuffle && source is null ? new int[samples] : null;
        stopping = options.EarlyStopping?.Watch.For(network, mean, options);
        reducing = options.ReduceOnPlateau?.Watch.For(network, mean, options);
        if (ChangesRate && Array.Find(objectives, objective => !objective.HasRate) is { } fixedRate)
            throw new ArgumentException($"{fixedRate.OptimizerName} has no learning rate that a schedule could change.", nameof(options));
        callbacks = new(options.Callbacks);
        context = new(network, objectives, options, batches, epochs);
        kept = new(network);
        options.Average?.Check(network);
        average = options.Average is { } means ? new(network, means.Decay) : null;
        checkpoints = options.Checkpoints is { } asked ? new(asked, stopping ?? Best()) : null;
    }

    /// <summary>
    /// The last batch of an epoch has what the others leave; better to say now that no step can be made of it than after an epoch.
    /// </summary>
    private void CheckLastBatch()
    {
        int last = samples - (batches - 1) * batchSize;
        foreach (ObjectiveSpec objective in objectives.Select(objective => objective.Spec))
        {
            if (last < objective.SmallestBatch)
            {
                throw new ArgumentException(
                    Invariant($"Of {samples} samples in batches of {batchSize} the last batch has {last}; a step of {network.Name} takes at least {objective.SmallestBatch}, ")
                    + "for a layer normalizes by the mean and the spread over the batch. Choose another BatchSize, or other data.",
                    nameof(options));
            }
        }
    }

    internal History Run()
    {
        var device = network as IResidentTrainable;
        resident = source is null ? device?.Keep(training) : null;
        try
        {
            GoOn();
            callbacks.Begin(context);
            History history = RunEpochs();
            checkpoints?.Finish();
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

    private History RunEpochs()
    {
        long started = Stopwatch.GetTimestamp();
        StopReason? stopped = null;
        int epoch = epochs.Count;
        // A training that is gone on with may have been at its end.
        if (epoch > 0 && LosesPatience(epoch))
            stopped = StopReason.EarlyStopping;
        while (stopped is null && epoch < options.Epochs)
        {
            epoch++;
            epochStarted = Stopwatch.GetTimestamp();
            mean.Reset();
            made = 0;
            GoOnInside();
            (context.Epoch, context.Step) = (epoch, made);
            callbacks.EpochBegin(context);
            Report(FitPhase.Training, epoch, made, batches, always: true);
            stopped = resident is null ? Train(epoch) : TrainOnDevice(epoch);
            stopped = LookAtWeights(epoch, stopped);
            if (stopped is null)
                TakeMean(epoch);
            Evaluation? validated = null;
            stopped ??= Validate(epoch, out validated);
            if (stopped is null)
                stopped = End(epoch, validated);
            else
                WriteInterrupted(stopped.Value);
            GoOnFromOwn();
            if (epochs.Count < epoch && made > 0)
                epochs.Add(Result(epoch, null) with { IsPartial = made < batches || options.Validates });
        }

        StopReason reason = stopped ?? StopReason.Completed;
        int? restored = Restore(reason);
        options.Progress?.Report(Progress(FitPhase.End, epoch, made, batches) with
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
        if (stopped == StopReason.LossNotFinite || made == 0 || kept.NotFinite() is not { } weight)
            return stopped;
        advice = TrainingAdvice.WeightsNotFinite(weight, epoch, kept.Epoch);
        return StopReason.WeightsNotFinite;
    }

    /// <summary>Gives the network earlier weights, where its own are broken or those of another epoch were better.</summary>
    /// <returns>Their epoch; null: the network keeps those it has.</returns>
    private int? Restore(StopReason reason)
    {
        bool isBroken = reason is StopReason.LossNotFinite or StopReason.WeightsNotFinite;
        bool better = RestoresBest && bestEpoch is not null && bestEpoch != epochs.Count && reason != StopReason.Canceled;
        if (!isBroken && !better)
        {
            average?.Swap();
            return null;
        }

        kept.Restore();
        if (isBroken)
            ResetOptimizers();
        if (reason == StopReason.LossNotFinite)
            advice = TrainingAdvice.LossNotFinite(network, broken!, read ?? training, BrokenRows(), placeOf, epochs[^1].Epoch, made, kept.Epoch);
        return kept.Epoch;
    }

    private void ResetOptimizers()
    {
        if (network is ITrainable only)
            only.ResetOptimizers();
        else
            ((IMultiObjective)network).ResetOptimizers();
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
        if (read is not null)
            return Enumerable.Range(0, read.Count).ToArray();
        int start = (made - 1) * batchSize;
        return Order.AsSpan(start, Math.Min(batchSize, training.Count - start));
    }

    /// <summary>The samples in the epoch's order.</summary>
    private int[] Order => rows ?? (order ??= [.. Enumerable.Range(0, training.Count)]);

    /// <summary>Puts the samples in the epoch's order.</summary>
    private void Shuffle(int epoch)
    {
        if (rows is null)
            return;
        Rows.Shuffle(rows, options.Seed, epoch);
        if (options.SimilarLengths && Array.Find(training.Columns.ToArray(), column => column.IsSequence) is { } sequences)
            Rows.GroupByLength(rows, sequences.Lengths, batchSize, options.Seed, epoch);
    }

    private StopReason? Train(int epoch)
    {
        Shuffle(epoch);
        using SampleReader? reader = Read(epoch);
        while (made < batches)
        {
            if (Asked() is { } asked)
                return asked;

            int start = made * batchSize;
            int count = Math.Min(batchSize, samples - start);
            Dataset? next = null;
            if (reader is not null && (next = Next(source!, reader, made + 1, count)) is null)
                return StopReason.Canceled;
            BeginStep();
            for (int i = 0; i < objectives.Length; i++)
            {
                if (!taken[i])
                    continue;
                ObjectiveRun objective = objectives[i];
                if (next is not null)
                    Fill(objective, objective.Batch, next, reader!, nameof(source));
                else if (rows is not null)
                    objective.Batch.Fill(training, rows.AsSpan(start, count));
                else
                    objective.Batch.Fill(training, start, count);
                if (!IsFinite(i, objective.Step(correct[i]), correct[i]))
                {
                    KeepBroken(next, reader);
                    return StopReason.LossNotFinite;
                }
            }

            EndStep();
            if (IsWanted(step) && !TryWrite())
                return StopReason.WeightsNotFinite;
            Report(FitPhase.Training, epoch, made, batches);
        }

        return null;
    }

    /// <summary>An epoch on a device that keeps the data: several steps on the only objective at once.</summary>
    private StopReason? TrainOnDevice(int epoch)
    {
        ObjectiveRun only = objectives[0];
        Shuffle(epoch);
        while (made < batches)
        {
            if (Asked() is { } asked)
                return asked;

            int steps = callbacks.SeesSteps || options.Average is { IsOfSteps: true } ? 1 : only.StepsAtOnce(Math.Min(batches - made, UntilWanted));
            for (int i = 0; i < steps; i++)
            {
                BeginStep();
                only.Remember(i);
            }

            int start = made * batchSize;
            only.StepRows(resident!, Order.AsSpan(start, Math.Min(steps * batchSize, training.Count - start)), steps);
            for (int i = 0; i < steps; i++)
            {
                (BatchResult result, ReadOnlyMemory<double> right) = only.ResultOf(i);
                if (!IsFinite(0, result, right.Span))
                    return StopReason.LossNotFinite;
                EndStep();
            }

            if (IsWanted(step) && !TryWrite())
                return StopReason.WeightsNotFinite;

            Report(FitPhase.Training, epoch, made, batches);
        }

        return null;
    }

    /// <summary>Whether somebody wants the training to end.</summary>
    private StopReason? Asked() => options.CancellationToken.IsCancellationRequested ? StopReason.Canceled
        : context.IsStopping ? StopReason.Requested
        : null;

    /// <summary>A batch comes: which objectives it is for, and with which optimizers.</summary>
    private void BeginStep()
    {
        step++;
        double? factor = ChangesRate ? (options.Schedule?.Factor(step - 1, batches, options.Epochs) ?? 1) * plateau.Factor : null;
        for (int i = 0; i < objectives.Length; i++)
        {
            taken[i] = objectives[i].Takes(context);
            if (taken[i])
                objectives[i].Next(step, factor);
        }

        callbacks.StepBegin(context);
    }

    /// <summary>A step on an objective was made. False: its loss is not finite, and it was the batch's last.</summary>
    private bool IsFinite(int objective, in BatchResult result, ReadOnlySpan<double> right)
    {
        mean[objective].Add(result, right);
        objectives[objective].Loss = result.Loss;
        objectives[objective].HasStepped = true;
        if (float.IsFinite(result.Loss))
            return true;
        broken = objectives[objective];
        CountStep();
        return false;
    }

    /// <summary>The steps with a batch are made.</summary>
    private void EndStep()
    {
        CountStep();
        if (options.Average is { IsOfSteps: true } means && context.Epoch >= means.FromEpoch)
            average!.Add();
        callbacks.StepEnd(context);
    }

    private void CountStep()
    {
        made++;
        context.Step = made;
        context.TotalSteps++;
    }

    private StopReason? Validate(int epoch, out Evaluation? evaluation)
    {
        evaluation = null;
        if (!options.Validates)
            return null;

        callbacks.ValidationBegin(context);
        int size = validationBatches[0].Capacity;
        int count = Batches(toValidate, size);
        ObjectiveMeans validated = new(Array.ConvertAll(objectives, objective => objective.Spec));
        using SampleReader? reader = ReadValidation(size);
        for (int i = 0; i < count; i++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return StopReason.Canceled;
            int start = i * size;
            int samplesOfBatch = Math.Min(size, toValidate - start);
            Dataset? next = null;
            if (reader is not null && (next = Next(options.ValidationSource!, reader, i + 1, samplesOfBatch)) is null)
                return StopReason.Canceled;
            for (int k = 0; k < objectives.Length; k++)
            {
                if (next is not null)
                    Fill(objectives[k], validationBatches[k], next, reader!, nameof(options.ValidationSource));
                else
                    validationBatches[k].Fill(validation!, start, samplesOfBatch);
                validated[k].Add(objectives[k].Evaluate(validationBatches[k], validated[k].OfBatch));
            }

            Report(FitPhase.Validation, epoch, i + 1, count);
        }

        evaluation = new(validated.Loss, validated.Accuracies) { Losses = validated.Losses, Metrics = validation is null ? MetricValues.None : MetricValues.Of(options.Metrics, validation) };
        callbacks.ValidationEnd(context);
        return null;
    }

    private StopReason? End(int epoch, Evaluation? validated)
    {
        EpochResult result = Result(epoch, validated);
        epochs.Add(result);
        options.Progress?.Report(Progress(FitPhase.EpochEnd, epoch, batches, batches) with
        {
            ValidationLoss = validated?.Loss,
            ValidationLosses = result.ValidationLosses,
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
            Write(result);
        return ends;
    }

    private bool LosesPatience(int epoch) =>
        options.EarlyStopping is { } patient && epoch - (bestEpoch ?? patient.WarmUp) >= patient.Patience;

    private EpochResult Result(int epoch, Evaluation? validated) =>
        new(epoch, mean.Loss, mean.Accuracies, validated?.Loss, validated?.Accuracies ?? Accuracies.None, Stopwatch.GetElapsedTime(epochStarted).TotalSeconds)
        {
            Losses = mean.Losses,
            ValidationLosses = validated?.Losses ?? MetricValues.None,
            Metrics = validated?.Metrics ?? MetricValues.None,
        };

    private void Report(FitPhase phase, int epoch, int done, int of, bool always = false)
    {
        if (options.Progress is null)
            return;
        if (!always && Stopwatch.GetElapsedTime(reported) < options.ProgressInterval)
            return;
        reported = Stopwatch.GetTimestamp();
        options.Progress.Report(Progress(phase, epoch, done, of));
    }

    private FitProgress Progress(FitPhase phase, int epoch, int done, int of) => new()
    {
        Phase = phase,
        Epoch = epoch,
        Epochs = options.Epochs,
        Batch = done,
        Batches = of,
        Loss = mean.Loss,
        Losses = mean.Losses,
        Accuracies = mean.Accuracies,
        Elapsed = Stopwatch.GetElapsedTime(epochStarted),
    };

    private static int Batches(int count, int size) => (int)(((long)count + size - 1) / size);
}
