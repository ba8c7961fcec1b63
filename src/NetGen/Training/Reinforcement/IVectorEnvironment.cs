namespace NetGen.Reinforcement;

/// <summary>
/// Environments of one kind that are played side by side, so that a network sees a batch. Where an episode ends, the next one begins by
/// itself.
/// </summary>
/// <example>
/// <code>
/// IVectorEnvironment environment = new VectorEnvironment(8, () => new CartPole(), stepLimit: 500);
/// environment.Reset(seed: 1);
/// </code>
/// </example>
public interface IVectorEnvironment
{
    /// <summary>How many there are: B.</summary>
    int Count { get; }

    /// <summary>How many numbers are seen of a state.</summary>
    int ObservationLength { get; }

    /// <summary>How many actions there are.</summary>
    int ActionCount { get; }

    /// <summary>
    /// What is seen now, [B, <see cref="ObservationLength"/>]: what the next actions are chosen by. It changes with each step.
    /// </summary>
    ReadOnlySpan<float> Observations { get; }

    /// <summary>Begins new episodes everywhere: the same seed and actions, the same rewards.</summary>
    void Reset(ulong seed);

    /// <summary>Does one action in each.</summary>
    /// <param name="actions">[B], each from 0 to <see cref="ActionCount"/> − 1.</param>
    /// <returns>What came of it; it holds until the next step.</returns>
    /// <exception cref="ArgumentException">There are not B actions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An action is none; nothing was done.</exception>
    EnvironmentStep Step(ReadOnlySpan<int> actions);
}
