using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>
/// Plays environments that know nothing of each other side by side, one after the other on the thread of the caller, and allocates nothing.
/// </summary>
/// <remarks>
/// <code>
/// var environment = new VectorEnvironment(8, () => new CartPole(), stepLimit: 500);
/// environment.Reset(seed: 1);
/// EnvironmentStep step = environment.Step(actions);
/// </code>
/// </remarks>
public sealed class VectorEnvironment : IVectorEnvironment
{
    private const uint EpisodeStream = 0x4550_4953;

    private readonly IEnvironment[] environments;
    private readonly int stepLimit;
    private readonly int[] actions, steps;
    private readonly long[] episodes;
    private readonly float[] before, after, rewards;
    private readonly EpisodeEnd[] ends;
    private readonly float[] now;
    private ulong seed;

    /// <summary>Makes the environments, and begins their first episodes with the seed 0.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="stepLimit">After how many steps an episode is cut off (<see cref="EpisodeEnd.Truncated"/>); 0: never.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The environments differ in what is seen or done.</exception>
    public VectorEnvironment(int count, Func<IEnvironment> create, int stepLimit = 0)
    {
        OutOfRange.ThrowIfLess(count, 1);
        OutOfRange.ThrowIfLess(stepLimit, 0);
        ArgumentNullException.ThrowIfNull(create);
        this.stepLimit = stepLimit;
        environments = new IEnvironment[count];
        for (int i = 0; i < count; i++)
        {
            environments[i] = create();
            if (environments[i].ObservationLength != ObservationLength || environments[i].ActionCount != ActionCount)
                throw new ArgumentException(Invariant($"Environment {i} is of another kind than the first."), nameof(create));
        }

        (actions, steps, episodes) = (new int[count], new int[count], new long[count]);
        (rewards, ends) = (new float[count], new EpisodeEnd[count]);
        now = new float[checked(count * ObservationLength)];
        (before, after) = (new float[now.Length], new float[now.Length]);
        Reset(0);
    }

    /// <inheritdoc/>
    public int Count => environments.Length;

    /// <inheritdoc/>
    public int ObservationLength => environments[0].ObservationLength;

    /// <inheritdoc/>
    public int ActionCount => environments[0].ActionCount;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Observations => now;

    /// <inheritdoc/>
    public void Reset(ulong seed)
    {
        this.seed = seed;
        Array.Clear(episodes);
        for (int i = 0; i < Count; i++)
            Begin(i);
    }

    /// <inheritdoc/>
    public EnvironmentStep Step(ReadOnlySpan<int> actions)
    {
        if (actions.Length != Count)
            throw new ArgumentException(Invariant($"There are {actions.Length} actions for {Count} environments."), nameof(actions));
        for (int i = 0; i < Count; i++)
        {
            if ((uint)actions[i] >= (uint)ActionCount)
            {
                throw OutOfRange.Of(
                    nameof(actions), actions[i], Invariant($"Action {i} is {actions[i]}; expected 0 to {ActionCount - 1}."));
            }
        }

        actions.CopyTo(this.actions);
        now.CopyTo(before, 0);
        for (int i = 0; i < Count; i++)
        {
            Span<float> seen = Of(after, i);
            (rewards[i], ends[i]) = environments[i].Step(actions[i], seen);
            if (++steps[i] == stepLimit && ends[i] == EpisodeEnd.None)
                ends[i] = EpisodeEnd.Truncated;
            if (ends[i] == EpisodeEnd.None)
                seen.CopyTo(Of(now, i));
            else
                Begin(i);
        }

        return new() { Observations = before, Actions = this.actions, Rewards = rewards, NextObservations = after, Ends = ends };
    }

    private void Begin(int environment)
    {
        PhiloxKey key = Philox.Key(seed, episodes[environment]++, EpisodeStream);
        steps[environment] = 0;
        (uint high, uint low) = (Philox.Bits(key, 2 * (uint)environment), Philox.Bits(key, 2 * (uint)environment + 1));
        environments[environment].Reset((ulong)high << 32 | low, Of(now, environment));
    }

    private Span<float> Of(float[] observations, int environment) =>
        observations.AsSpan(environment * ObservationLength, ObservationLength);
}
