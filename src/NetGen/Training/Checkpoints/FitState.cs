using static System.FormattableString;

namespace NetGen;

/// <summary>Where a training stands, but for the weights and what lies beside them.</summary>
internal sealed record FitState
{
    /// <summary>What is known of each objective, in the order of their steps.</summary>
    public required IReadOnlyList<ObjectiveState> Objectives { get; init; }

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

    /// <exception cref="InvalidDataException">It is the state of a training with another order of samples, or another
    /// optimizer.</exception>
    internal void CheckSame(FitState other)
    {
        Same("objectives", Names(this), Names(other));
        foreach ((ObjectiveState there, ObjectiveState here) in Objectives.Zip(other.Objectives))
        {
            Same("optimizer", there.Optimizer, here.Optimizer);
            if (there.Sums.Correct.Length != here.Sums.Correct.Length)
                throw new InvalidDataException(Invariant($"it is of a training with {there.Sums.Correct.Length} classifications, not {here.Sums.Correct.Length}."));
        }

        Same(nameof(Shuffle), Shuffle, other.Shuffle);
        Same("Seed", ShuffleSeed, other.ShuffleSeed);
        Same(nameof(BatchSize), BatchSize, other.BatchSize);
        Same("number of training samples", Samples, other.Samples);
        if (Averaged is null != other.Averaged is null)
            throw new InvalidDataException($"it is of a training {(Averaged is null ? "without" : "with")} a mean of the weights ({nameof(FitOptions)}.{nameof(FitOptions.Average)}).");

        static string Names(FitState state) =>
            state.Objectives.Count == 1 && state.Objectives[0].Name.Length == 0 ? "the only one" : string.Join(", ", state.Objectives.Select(objective => objective.Name));

        static void Same<T>(string what, T there, T here)
            where T : IEquatable<T>
        {
            if (!there.Equals(here))
                throw new InvalidDataException(Invariant($"it is of a training with the {what} {there}, and this one has {here}."));
        }
    }
}

/// <summary>Where the training of one objective stands.</summary>
/// <param name="Name">Its name; empty where the network has no other.</param>
/// <param name="Optimizer">Its optimizer's type.</param>
/// <param name="Sums">Sums of the epoch after the whole ones.</param>
/// <param name="Loss">The loss of its last step; null before the first.</param>
internal sealed record ObjectiveState(string Name, string Optimizer, RunningSums Sums, float? Loss);

/// <summary>What <see cref="RunningMean"/> has added.</summary>
internal sealed record RunningSums(double Loss, long Count, double[] Correct);
