namespace NetGen.Reinforcement;

/// <summary>One step of B environments, each with n numbers to be seen; the memory is the environment's own.</summary>
public readonly ref struct EnvironmentStep
{
    /// <summary>What was seen when the actions were chosen: [B, n].</summary>
    public required ReadOnlySpan<float> Observations { get; init; }

    /// <summary>What was done: [B].</summary>
    public required ReadOnlySpan<int> Actions { get; init; }

    /// <summary>What it was worth: [B].</summary>
    public required ReadOnlySpan<float> Rewards { get; init; }

    /// <summary>What was seen after it, [B, n]; where an episode ended, the last that was seen of it.</summary>
    public required ReadOnlySpan<float> NextObservations { get; init; }

    /// <summary>Whether the episodes ended: [B].</summary>
    public required ReadOnlySpan<EpisodeEnd> Ends { get; init; }
}
