using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>
/// Makes transitions over several steps of what environments do, and puts them into a buffer: their reward is r₀ + γ·r₁ + … + γⁿ⁻¹·rₙ₋₁,
/// and the value of the state behind them is discounted by γⁿ (Sutton and Barto 2018, section 7.1). At the end of an episode they are
/// shorter.
/// </summary>
/// <example>
/// <code>
/// var replay = new ReplayBuffer(capacity: 50_000, environment.ObservationLength, seed: 1);
/// var transitions = new NStepTransitions(replay, environment.Count, steps: 3, discount: 0.99f);
/// transitions.Add(environment.Step(actions));
/// </code>
/// </example>
public sealed class NStepTransitions
{
    private readonly ReplayBuffer buffer;
    private readonly int steps, environments;
    private readonly float discount;
    // The latest steps of each environment: a ring of its own.
    private readonly float[] observations, rewards;
    private readonly int[] actions, counts, firsts;

    /// <summary>Begins with no step.</summary>
    /// <param name="buffer">Where the transitions go.</param>
    /// <param name="environments">How many environments there are.</param>
    /// <param name="steps">n; 1 are transitions of single steps.</param>
    /// <param name="discount">γ, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public NStepTransitions(ReplayBuffer buffer, int environments, int steps, float discount)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        OutOfRange.ThrowIfLess(environments, 1);
        OutOfRange.ThrowIfLess(steps, 1);
        (this.buffer, this.environments, this.steps) = (buffer, environments, steps);
        this.discount = Share.Checked(discount, nameof(discount));
        (counts, firsts) = (new int[environments], new int[environments]);
        (actions, rewards) = (new int[environments * steps], new float[environments * steps]);
        observations = new float[checked(environments * steps * buffer.ObservationLength)];
    }

    /// <summary>Takes one step of all environments: n − 1 steps later, or where an episode ends, it is in the buffer.</summary>
    /// <exception cref="ArgumentException">The step is of other environments.</exception>
    public void Add(EnvironmentStep step)
    {
        int length = buffer.ObservationLength;
        if (step.Actions.Length != environments || step.Observations.Length != environments * length)
        {
            throw new ArgumentException(
                Invariant($"The step is of {step.Actions.Length} environments with {step.Observations.Length} numbers in all; ")
                + Invariant($"expected {environments} with {length} each."),
                nameof(step));
        }

        for (int i = 0; i < environments; i++)
        {
            int place = i * steps + (firsts[i] + counts[i]++) % steps;
            step.Observations.Slice(i * length, length).CopyTo(observations.AsSpan(place * length));
            (actions[place], rewards[place]) = (step.Actions[i], step.Rewards[i]);
            ReadOnlySpan<float> next = step.NextObservations.Slice(i * length, length);
            if (step.Ends[i] == EpisodeEnd.None)
            {
                if (counts[i] == steps)
                    Emit(i, next, terminal: false);
                continue;
            }

            while (counts[i] > 0)
                Emit(i, next, step.Ends[i] == EpisodeEnd.Terminal);
        }
    }

    // The oldest step of an environment, with all behind it.
    private void Emit(int environment, ReadOnlySpan<float> next, bool terminal)
    {
        float reward = 0, power = 1;
        for (int i = 0; i < counts[environment]; i++, power *= discount)
            reward += power * rewards[environment * steps + (firsts[environment] + i) % steps];
        int first = environment * steps + firsts[environment];
        ReadOnlySpan<float> observation = observations.AsSpan(first * buffer.ObservationLength, buffer.ObservationLength);
        buffer.Add(observation, actions[first], reward, next, terminal ? 0 : power);
        firsts[environment] = (firsts[environment] + 1) % steps;
        counts[environment]--;
    }
}
