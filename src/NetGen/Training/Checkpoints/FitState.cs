using static System.FormattableString;

namespace NetGen;

/// <summary>Where a training stands, but for the weights and what lies beside them.</summary>
internal sealed record FitState
{
    /// <summary>The optimizer's type.</summary>
    public required string Optimizer { get; init; }

    public required ulong ShuffleSeed { get; init; }

    public required bool Shuffle { get; init; }

    public required int BatchSize { get; init; }

    public required int Samples { get; init; }

    /// <summary>Whole epochs.</summary>
    public required int Completed { get; init; }

    /// <summary>Steps of the epoch after them.</summary>
    public required int Made { get; init; }

    /// <summary>Steps of the training.</summary>
    public required long Step { get; init; }

    /// <summary>Sums of the epoch after the whole ones.</summary>
    public required RunningSums Sums { get; init; }

    public required double? Best { get; init; }

    public required int? BestEpoch { get; init; }

    /// <summary>The epoch of the kept weights.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>How many weights are in their mean; null: there is none.</summary>
    public required long? Averaged { get; init; }

    public required Plateau Plateau { get; init; }

    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>The checkpoints that were written after an epoch and are still there, and the watched metric of that epoch.</summary>
    public required IReadOnlyList<(long Step, double Value)> Values { get; init; }

    /// <exception cref="InvalidDataException">It is the state of a training with another order of samples, or another optimizer.</exception>
    internal void CheckSame(FitState other)
    {
        Same(nameof(Optimizer), Optimizer, other.Optimizer);
        Same(nameof(Shuffle), Shuffle, other.Shuffle);
        Same("Seed", ShuffleSeed, other.ShuffleSeed);
        Same(nameof(BatchSize), BatchSize, other.BatchSize);
        Same("number of training samples", Samples, other.Samples);
        if (Averaged is null != other.Averaged is null)
            throw new InvalidDataException($"it is of a training {(Averaged is null ? "without" : "with")} a mean of the weights ({nameof(FitOptions)}.{nameof(FitOptions.Average)}).");
        if (Sums.Correct.Length != other.Sums.Correct.Length)
            throw new InvalidDataException(Invariant($"it is of a training with {Sums.Correct.Length} classifications, not {other.Sums.Correct.Length}."));

        static void Same<T>(string what, T there, T here)
            where T : IEquatable<T>
        {
            if (!there.Equals(here))
                throw new InvalidDataException(Invariant($"it is of a training with the {what} {there}, and this one has {here}."));
        }
    }
}

/// <summary>What <see cref="RunningMean"/> has added.</summary>
internal sealed record RunningSums(double Loss, long Count, double[] Correct);
