using NetGen.Reinforcement;
using Xunit;

namespace NetGen.Tests.Training.Reinforcement;

public sealed class PolicyTests
{
    private const int Draws = 30_000;

    private static int[] Counts(int[] actions, int count) => [.. Enumerable.Range(0, count).Select(action => actions.Count(chosen => chosen == action))];

    // Within four standard deviations of a binomial count.
    private static void Near(double probability, int count) =>
        Assert.InRange(count - Draws * probability, -4 * Math.Sqrt(Draws * probability * (1 - probability)), 4 * Math.Sqrt(Draws * probability * (1 - probability)));

    [Fact]
    public void Greedy_takes_the_largest_and_the_first_of_equal_ones()
    {
        int[] actions = new int[3];
        Policy.Greedy([1, 3, 2, 5, 5, 4, -2, -3, -1], actions);
        Assert.Equal([1, 0, 2], actions);
    }

    [Fact]
    public void Epsilon_is_the_share_of_random_actions()
    {
        float[] values = [.. Enumerable.Repeat(new float[] { 0, 1, 0, 0 }, Draws).SelectMany(row => row)];
        int[] actions = new int[Draws];
        Policy.EpsilonGreedy(values, 0.4f, seed: 1, step: 0, actions);
        int[] counts = Counts(actions, 4);
        Near(0.7, counts[1]);
        Assert.All([counts[0], counts[2], counts[3]], count => Near(0.1, count));

        int[] others = new int[Draws];
        Policy.EpsilonGreedy(values, 0.4f, seed: 1, step: 1, others);
        Assert.NotEqual(actions, others);
        Policy.EpsilonGreedy(values, 0.4f, seed: 1, step: 0, others);
        Assert.Equal(actions, others);
        Policy.EpsilonGreedy(values, 0, seed: 1, step: 0, others);
        Assert.All(others, action => Assert.Equal(1, action));
    }

    [Fact]
    public void Sampled_actions_are_distributed_as_softmax_says()
    {
        double[] weights = [1, 2, 5];
        float[] logits = [.. Enumerable.Repeat(weights.Select(weight => (float)Math.Log(weight) + 100).ToArray(), Draws).SelectMany(row => row)];
        int[] actions = new int[Draws];
        Policy.Sampled(logits, seed: 2, step: 7, actions);
        int[] counts = Counts(actions, 3);
        for (int action = 0; action < 3; action++)
            Near(weights[action] / 8, counts[action]);

        Policy.Sampled([float.NegativeInfinity, 0, 0, float.NegativeInfinity], seed: 2, step: 7, actions.AsSpan(0, 2));
        Assert.Equal([1, 0], actions[..2]);
    }

    [Fact]
    public void Lengths_that_do_not_belong_together_are_refused()
    {
        Assert.Contains("5 numbers to choose 2 actions", Assert.Throws<ArgumentException>(() => Policy.Greedy(new float[5], new int[2])).Message);
        Assert.Throws<ArgumentException>(() => Policy.Sampled([], 0, 0, new int[2]));
        Assert.Throws<ArgumentException>(() => Policy.Greedy(new float[5], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Policy.EpsilonGreedy(new float[4], float.NaN, 0, 0, new int[2]));
    }

    [Fact]
    public void Epsilon_falls_in_a_straight_line_and_stays()
    {
        var epsilon = new EpsilonSchedule(1, 0.2f, 100);
        Assert.Equal([1, 0.6f, 0.2f, 0.2f], [epsilon.At(0), epsilon.At(50), epsilon.At(100), epsilon.At(long.MaxValue)]);
        Assert.Equal("from 1 to 0.2 in 100 steps", epsilon.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => epsilon.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonSchedule(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonSchedule(1.5f, 0, 1));
    }
}
