using NetGen.Runtime;

namespace NetGen;

/// <summary>Checkpoints of a training: what is written, and how it goes on.</summary>
internal sealed partial class TrainingRun<TOptimizer>
{
    private readonly CheckpointFolder? checkpoints;

    /// <summary>Where the epoch stood in which the last process ended; null: it goes on from an epoch's begin.</summary>
    private FitState? inside;

    /// <summary>What is best, where nobody watches anything.</summary>
    private Watch ByLoss => new(options.Validates ? Metric.ValidationLoss : Metric.Loss, null, null, HigherIsBetter: null, 0, "The choice of the best checkpoints");

    /// <summary>How many steps there are at least until a checkpoint is written.</summary>
    private int UntilWanted => checkpoints is { Options.EverySteps: > 0 and var every } ? (int)Math.Min(every - step % every, int.MaxValue) : int.MaxValue;

    private bool IsWanted(long made) => checkpoints is { Options.EverySteps: > 0 and var every } && made % every == 0;

    /// <summary>Takes the state of the last checkpoint, if there is one.</summary>
    /// <exception cref="InvalidDataException">It does not fit the training.</exception>
    private void GoOn()
    {
        if (checkpoints is null)
            return;
        // Before any work is done that could not be kept.
        if (network.Parameters.Capture<TOptimizer>() is null)
            throw new NotSupportedException($"{network.Name} is written by hand and keeps the state of its optimizer to itself, so there can be no checkpoints of it.");
        if (checkpoints.Last() is not { } path)
            return;
        try
        {
            (FitState state, StepState steps, AlignedFloats earlier, AlignedFloats? mean) = CheckpointFile.Read(path, network.Parameters);
            state.CheckSame(State(0, new(network)));
            if (state.Completed > options.Epochs)
                throw new InvalidDataException(FormattableString.Invariant($"it has {state.Completed} epochs, and {options.Epochs} are asked for."));
            network.Parameters.Restore<TOptimizer>(steps);
            kept.Keep(earlier, state.KeptEpoch);
            if (mean is not null)
                average!.Restore(mean, state.Averaged!.Value);
            step = context.TotalSteps = state.Step;
            (best, bestEpoch, plateau) = (state.Best, state.BestEpoch, state.Plateau);
            epochs.AddRange(state.Epochs);
            checkpoints.Remember(state.Values);
            inside = state.Made > 0 ? state : null;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The training cannot go on from {path}: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>The epoch that begins may have begun before.</summary>
    private void GoOnInside(ref RunningMean mean)
    {
        if (inside is null)
            return;
        made = inside.Made;
        mean.GoOnFrom(inside.Sums);
        inside = null;
    }

    /// <summary>Writes a checkpoint inside of an epoch. False: a weight is not finite, and nothing was written.</summary>
    private bool TryWrite(in RunningMean mean)
    {
        if (kept.NotFinite() is not null)
            return false;
        Write(null, mean);
        return true;
    }

    /// <summary>The training is to be ended inside of an epoch: it may be gone on with.</summary>
    private void WriteInterrupted(StopReason reason, in RunningMean mean)
    {
        if (checkpoints is not null && reason is StopReason.Canceled or StopReason.Requested)
            Write(null, mean);
    }

    /// <param name="ended">The epoch that has just ended; null inside of one.</param>
    /// <param name="mean">Of the epoch that has not.</param>
    private void Write(EpochResult? ended, in RunningMean mean)
    {
        RunningMean sums = mean;
        GoOnFromOwn();
        checkpoints!.Write(step, ended, path => CheckpointFile.Write(
            path, network.Parameters, State(ended is null ? made : 0, sums), network.Parameters.Capture<TOptimizer>()!, kept.Weights, average?.Values));
    }

    private FitState State(int steps, in RunningMean mean) => new()
    {
        // Not the full name: of a type with arguments that has the assembly's version in it.
        Optimizer = typeof(TOptimizer).ToString(),
        ShuffleSeed = options.Seed,
        Shuffle = options.Shuffle,
        BatchSize = options.BatchSize,
        Samples = training.Count,
        Completed = epochs.Count,
        Made = steps,
        Step = step,
        Sums = mean.Sums,
        Best = best,
        BestEpoch = bestEpoch,
        KeptEpoch = kept.Epoch,
        Averaged = average?.Count,
        Plateau = plateau,
        Epochs = epochs,
        Values = checkpoints!.Values,
    };
}
