namespace NetGen.Reinforcement;

/// <summary>A task that is played in episodes, with actions that are numbers from 0.</summary>
/// <example>
/// <code>
/// var environment = new VectorEnvironment(8, () => new CartPole(), stepLimit: 500);      // CartPole : IEnvironment
/// </code>
/// </example>
public interface IEnvironment
{
    /// <summary>How many numbers are seen of a state.</summary>
    int ObservationLength { get; }

    /// <summary>How many actions there are.</summary>
    int ActionCount { get; }

    /// <summary>Begins an episode: the same seed, the same episode.</summary>
    /// <param name="seed">Of all that is random in it.</param>
    /// <param name="observation">Receives <see cref="ObservationLength"/> numbers.</param>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>Does one action.</summary>
    /// <param name="action">From 0 to <see cref="ActionCount"/> − 1.</param>
    /// <param name="observation">Receives <see cref="ObservationLength"/> numbers: what is seen then.</param>
    /// <returns>The reward, and whether the episode ends.</returns>
    (float Reward, EpisodeEnd End) Step(int action, Span<float> observation);
}
