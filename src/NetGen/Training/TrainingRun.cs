using System.Diagnostics;

namespace NetGen;

/// <summary>One call of Fit.</summary>
internal sealed class TrainingRun<TOptimizer>
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
    private TOptimizer optimizer;
    private ResidentData? resident;
    private long step;

    private float best = float.NaN;
    private int? bestEpoch;
    private float[]? bestWeights;

    private long epochStarted;
    private long reported;

    internal TrainingRun(ITrainable network, Dataset data, FitOptions options, TOptimizer optimizer, Func<long, TOptimizer>? schedule)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options.Validate();
        if (data.Count == 0)
            throw new ArgumentException("The data have no samples.", nameof(data));

        this.network = network;
        this.options = options;
        this.optimizer = optimizer;
        this.schedule = schedule;
        (training, validation) = (data, options.ValidationData);
        if (options.ValidationSplit > 0)
        {
            (training, validation) = data.Split(options.ValidationSplit);
            if (training.Count == 0 || validation.Count == 0)
                throw new ArgumentException($"Of {data.Count} samples the validation split leaves {training.Count} for training and {validation.Count} for validation.", nameof(options));
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
        rows = options.Shuffle ? new int[training.Count] : null;
        chunk = new(batches, options);
        if (options.EarlyStopping is { NeedsAccuracy: true } stopping && network.EvaluateBatch(batch).Correct < 0)
            throw new InvalidOperationException($"Early stopping watches {stopping.Metric}, but the objective of {network.Name} has no accuracy.");
    }

    internal History Run()
    {
        var device = network as IResidentTrainable;
        resident = device?.Keep(training);
        try
        {
            return Run(resident is null ? null : device);
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
        RunningMean mean = default;
        int epoch = 0;
        while (stopped is null && epoch < options.Epochs)
        {
            epoch++;
            epochStarted = Stopwatch.GetTimestamp();
            mean = default;
            Report(FitPhase.Training, epoch, 0, batches, mean, always: true);
            stopped = device is null ? Train(epoch, ref mean) : Train(device, epoch, ref mean);
            if (stopped is null)
                stopped = Validate(epoch, mean, out Evaluation? validated) ?? End(epoch, mean, validated);
        }

        if (bestWeights is not null && stopped != StopReason.Canceled && (bestEpoch != epochs.Count || stopped == StopReason.LossNotFinite))
            bestWeights.CopyTo(network.Parameters.Weights);

        StopReason reason = stopped ?? StopReason.Completed;
        options.Progress?.Report(Progress(FitPhase.End, epoch, batches, batches, mean) with
        {
            Stopped = reason,
            Elapsed = Stopwatch.GetElapsedTime(started),
        });
        return new(epochs, reason, bestEpoch);
    }

    private StopReason? Train(int epoch, ref RunningMean mean)
    {
        if (rows is not null)
            Rows.Shuffle(rows, options.Seed, epoch);
        for (int i = 0; i < batches; i++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return StopReason.Canceled;

            int start = i * batch.Capacity;
            int count = Math.Min(batch.Capacity, training.Count - start);
            if (rows is not null)
                batch.Fill(training, rows.AsSpan(start, count));
            else
                batch.Fill(training, start, count);

            NextOptimizer();
            BatchResult result = network.StepBatch(batch, in optimizer);
            mean.Add(result);
            if (!float.IsFinite(result.Loss))
                return StopReason.LossNotFinite;
            Report(FitPhase.Training, epoch, i + 1, batches, mean);
        }

        return null;
    }

    /// <summary>An epoch on a device that keeps the data: several steps at once.</summary>
    private StopReason? Train(IResidentTrainable device, int epoch, ref RunningMean mean)
    {
        int[] order = rows ?? chunk.Order(training.Count);
        if (rows is not null)
            Rows.Shuffle(rows, options.Seed, epoch);
        for (int done = 0; done < batches;)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return StopReason.Canceled;

            int steps = chunk.Next(batches - done);
            for (int i = 0; i < steps; i++)
            {
                NextOptimizer();
                chunk.Optimizers[i] = optimizer;
            }

            int start = done * batch.Capacity;
            int count = Math.Min(steps * batch.Capacity, training.Count - start);
            Span<BatchResult> results = chunk.Results.AsSpan(0, steps);
            long began = Stopwatch.GetTimestamp();
            device.StepRows(resident!, order.AsSpan(start, count), batch.Capacity, chunk.Optimizers.AsSpan(0, steps), results);
            chunk.Took(steps, Stopwatch.GetElapsedTime(began));
            foreach (BatchResult result in results)
            {
                mean.Add(result);
                if (!float.IsFinite(result.Loss))
                    return StopReason.LossNotFinite;
            }

            done += steps;
            Report(FitPhase.Training, epoch, done, batches, mean);
        }

        return null;
    }

    private void NextOptimizer()
    {
        step++;
        if (schedule is null)
            return;
        optimizer = schedule(step);
        optimizer.Validate();
    }

    private StopReason? Validate(int epoch, in RunningMean trained, out Evaluation? evaluation)
    {
        evaluation = null;
        if (validation is null)
            return null;

        int count = Batches(validation, validationBatch!);
        RunningMean mean = default;
        for (int i = 0; i < count; i++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return StopReason.Canceled;
            int start = i * validationBatch!.Capacity;
            validationBatch.Fill(validation, start, Math.Min(validationBatch.Capacity, validation.Count - start));
            mean.Add(network.EvaluateBatch(validationBatch));
            Report(FitPhase.Validation, epoch, i + 1, count, trained);
        }

        evaluation = new(mean.Loss, mean.Accuracy);
        return null;
    }

    private StopReason? End(int epoch, in RunningMean mean, Evaluation? validated)
    {
        EpochResult result = new(epoch, mean.Loss, mean.Accuracy, validated?.Loss, validated?.Accuracy, Stopwatch.GetElapsedTime(epochStarted).TotalSeconds);
        epochs.Add(result);
        options.Progress?.Report(Progress(FitPhase.EpochEnd, epoch, batches, batches, mean) with
        {
            ValidationLoss = validated?.Loss,
            ValidationAccuracy = validated?.Accuracy,
        });

        if (options.EarlyStopping is not { } stopping)
            return null;
        float value = stopping.Value(result);
        if (bestEpoch is null || stopping.IsBetter(value, best))
        {
            best = value;
            bestEpoch = epoch;
            if (stopping.RestoreBestWeights)
            {
                Span<float> weights = network.Parameters.Weights;
                weights.CopyTo(bestWeights ??= new float[weights.Length]);
            }
        }

        return epoch - bestEpoch >= stopping.Patience ? StopReason.EarlyStopping : null;
    }

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
        Accuracy = mean.Accuracy,
        Elapsed = Stopwatch.GetElapsedTime(epochStarted),
    };

    private static int Batches(Dataset data, Batch batch) => (int)(((long)data.Count + batch.Capacity - 1) / batch.Capacity);
}
