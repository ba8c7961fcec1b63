using NetGen.Runtime;

namespace NetGen;

/// <summary>Checkpoints of a training: what is written, and how it goes on.</summary>
internal sealed partial class TrainingRun
{
    private readonly CheckpointFolder? checkpoints;

    /// <summary>Where the epoch stood in which the last process ended; null: it goes on from an epoch's begin.</summary>
    private FitState? inside;

    /// <summary>What is best, where nobody watches anything.</summary>
    private Watch Best()
    {
        // Where none is kept because it is good, that of no objective has to be chosen.
        string? of = options.Checkpoints!.KeepBest == 0 ? mean.LossNames.FirstOrDefault() : null;
        Watch watch = new(options.Validates ? Metric.ValidationLoss : Metric.Loss, null, null, of, HigherIsBetter: null, 0, "The choice of the best checkpoints");
        return watch.For(network, mean, options);
    }

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
        if (objectives[0].Capture() is null)
            throw new NotSupportedException($"{network.Name} is written by hand and keeps the state of its optimizer to itself, so there can be no checkpoints of it.");
        if (checkpoints.Last() is not { } path)
            return;
        try
        {
            (FitState state, StepState[] steps, AlignedFloats earlier, AlignedFloats? averaged) = CheckpointFile.Read(path, network.Parameters);
            state.CheckSame(State(0, null));
            if (state.Completed > options.Epochs)
                throw new InvalidDataException(FormattableString.Invariant($"it has {state.Completed} epochs, and {options.Epochs} are asked for."));
            for (int i = 0; i < objectives.Length; i++)
            {
                objectives[i].Restore(steps[i]);
                (objectives[i].Loss, objectives[i].HasStepped) = (state.Objectives[i].Loss ?? float.NaN, state.Objectives[i].Loss is not null);
            }

            kept.Keep(earlier, state.KeptEpoch);
            if (averaged is not null)
                average!.Restore(averaged, state.Averaged!.Value);
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
    private void GoOnInside()
    {
        if (inside is null)
            return;
        made = inside.Made;
        for (int i = 0; i < objectives.Length; i++)
            mean[i].GoOnFrom(inside.Objectives[i].Sums);
        inside = null;
    }

    /// <summary>Writes a checkpoint inside of an epoch. False: a weight is not finite, and nothing was written.</summary>
    private bool TryWrite()
    {
        if (kept.NotFinite() is not null)
            return false;
        Write(null);
        return true;
    }

    /// <summary>The training is to be ended inside of an epoch: it may be gone on with.</summary>
    private void WriteInterrupted(StopReason reason)
    {
        if (checkpoints is not null && reason is StopReason.Canceled or StopReason.Requested)
            Write(null);
    }

    /// <param name="ended">The epoch that has just ended; null inside of one.</param>
    private void Write(EpochResult? ended)
    {
        GoOnFromOwn();
        checkpoints!.Write(step, ended, path => CheckpointFile.Write(
            path, network.Parameters, State(ended is null ? made : 0, ended is null ? mean : null),
            Array.ConvertAll(objectives, objective => objective.Capture()!), kept.Weights, average?.Values));
    }

    /// <param name="steps">The steps of the epoch that has not ended.</param>
    /// <param name="sums">What they have added; null: nothing.</param>
    private FitState State(int steps, ObjectiveMeans? sums) => new()
    {
        Objectives =
        [
            .. objectives.Select((objective, i) => new ObjectiveState(
                objective.Spec.Name, objective.OptimizerType, (sums is null ? new(objective.Spec.Accuracies) : sums[i]).Sums,
                objective.HasStepped ? objective.Loss : null)),
        ],
        ShuffleSeed = options.Seed,
        Shuffle = options.Shuffle,
        BatchSize = options.BatchSize,
        Samples = samples,
        Completed = epochs.Count,
        Made = steps,
        Step = step,
        Best = best,
        BestEpoch = bestEpoch,
        KeptEpoch = kept.Epoch,
        Averaged = average?.Count,
        Plateau = plateau,
        Epochs = epochs,
        Values = checkpoints!.Values,
    };
}
