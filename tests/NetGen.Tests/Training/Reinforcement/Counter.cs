using NetGen.Reinforcement;

namespace NetGen.Tests.Training.Reinforcement;

/// <summary>
/// Counts to <paramref name="last"/>: each step is seen as its number, from 10 times the action's on, and is worth as much.
/// </summary>
internal sealed class Counter(int last) : IEnvironment
{
    private int at;

    public ulong Seed { get; private set; }

    public int ObservationLength => 1;

    public int ActionCount => 2;

    public void Reset(ulong seed, Span<float> observation)
    {
        (Seed, at) = (seed, 0);
        observation[0] = 0;
    }

    public (float Reward, EpisodeEnd End) Step(int action, Span<float> observation)
    {
        observation[0] = ++at + 10 * action;
        return (observation[0], at == last ? EpisodeEnd.Terminal : EpisodeEnd.None);
    }
}
