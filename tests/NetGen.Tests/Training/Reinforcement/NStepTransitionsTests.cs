using NetGen.Reinforcement;
using Xunit;

namespace NetGen.Tests.Training.Reinforcement;

public sealed class NStepTransitionsTests
{
    private const float Discount = 0.5f;

    // Observation, action, reward, what was seen at its end, discount.
    private static (float, int, float, float, float)[] All(int steps, int last, int stepLimit, int played, params int[] actions)
    {
        var environment = new VectorEnvironment(1, () => new Counter(last), stepLimit);
        var buffer = new ReplayBuffer(32, 1);
        var transitions = new NStepTransitions(buffer, 1, steps, Discount);
        for (int i = 0; i < played; i++)
            transitions.Add(environment.Step([actions[i % actions.Length]]));
        var batch = new Transitions(2000, 1);
        buffer.Sample(batch);
        return [.. Enumerable.Range(0, batch.Count)
            .Select(i => (batch.Observations[i], batch.Actions[i], batch.Rewards[i], batch.NextObservations[i], batch.Discounts[i])).Distinct().Order()];
    }

    [Fact]
    public void Of_one_step_they_are_what_was_seen() => Assert.Equal(
        [(0, 0, 1, 1, 0.5f), (1, 1, 12, 12, 0.5f), (12, 0, 3, 3, 0)],
        All(steps: 1, last: 3, stepLimit: 0, played: 3, 0, 1, 0));

    [Fact]
    public void Of_several_steps_rewards_are_discounted_and_none_reaches_behind_the_end() => Assert.Equal(
        // 1 + 2/2 + 3/4, then 2 + 3/2 + 4/4, and at the end 3 + 4/2 and 4.
        [(0, 0, 2.75f, 3, 0.125f), (1, 0, 4.5f, 4, 0), (2, 0, 5, 4, 0), (3, 0, 4, 4, 0)],
        All(steps: 3, last: 4, stepLimit: 0, played: 6, 0));

    [Fact]
    public void Behind_a_limit_of_time_the_value_counts() => Assert.Equal(
        [(0, 0, 2, 2, 0.25f), (1, 0, 2, 2, 0.5f)],
        All(steps: 3, last: 9, stepLimit: 2, played: 5, 0));

    [Fact]
    public void A_step_of_other_environments_is_refused()
    {
        var transitions = new NStepTransitions(new ReplayBuffer(4, 1), environments: 2, steps: 1, Discount);
        var environment = new VectorEnvironment(1, () => new Counter(3));
        Assert.Contains("expected 2 with 1 each", Assert.Throws<ArgumentException>(() => transitions.Add(environment.Step([0]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NStepTransitions(new ReplayBuffer(4, 1), 1, 0, Discount));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NStepTransitions(new ReplayBuffer(4, 1), 1, 1, 1.5f));
    }
}
