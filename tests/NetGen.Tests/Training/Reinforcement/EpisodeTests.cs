using NetGen.Reinforcement;
using Xunit;

namespace NetGen.Tests.Training.Reinforcement;

public sealed class EpisodeTests
{
    [Fact]
    public void Returns_are_discounted_from_the_end()
    {
        float[] rewards = [1, 2, 4];
        Returns.Discounted(rewards, 0.5f, rewards);
        Assert.Equal([3, 4, 4], rewards);
        float[] returns = new float[2];
        Returns.Discounted([1, 2], 0.5f, returns, last: 8);
        Assert.Equal([4, 6], returns);
        Assert.Throws<ArgumentException>(() => Returns.Discounted([1, 2], 0.5f, new float[1]));
    }

    [Fact]
    public void Standardized_returns_have_mean_0_and_deviation_1_and_equal_ones_are_0()
    {
        float[] returns = [1, 3, 5, 7];
        Returns.Standardized(returns, returns);
        float one = (float)(1 / Math.Sqrt(5));
        Assert.Equal([-3 * one, -one, one, 3 * one], returns, (a, b) => Math.Abs(a - b) < 1e-6);
        Returns.Standardized([4, 4], returns.AsSpan(0, 2));
        Assert.Equal([0, 0], returns[..2]);
    }

    [Fact]
    public void One_episode_of_each_environment_counts()
    {
        int made = 0;
        var environment = new VectorEnvironment(3, () => new Counter(++made));
        Assert.Equal([1, 3, 6], Returns.OfEpisodes(environment, (_, actions) => actions.Clear()));
    }

    [Fact]
    public void A_buffer_has_whole_episodes_one_after_the_other()
    {
        int made = 0;
        var environment = new VectorEnvironment(2, () => new Counter(++made + 1));
        var episodes = new EpisodeBuffer(2, discount: 0.5f);
        environment.Step([0, 0]);
        // The first ends at once, then after two more; the second in the step after.
        episodes.Add(environment.Step([1, 0]));
        Assert.Equal(1, episodes.Count);
        episodes.Add(environment.Step([0, 1]));
        Assert.Equal(2, episodes.Count);
        Assert.Equal([1, 1, 2], episodes.Observations.ToArray());
        Assert.Equal([1, 0, 1], episodes.Actions.ToArray());
        Assert.Equal([12, 2 + 13 / 2f, 13], episodes.Returns.ToArray());

        episodes.Clear();
        Assert.Equal((0, 0), (episodes.Count, episodes.Returns.Length));
        episodes.Add(environment.Step([0, 0]));
        // What was seen of it before is forgotten.
        Assert.Equal([1], episodes.Observations.ToArray());
        Assert.Throws<ArgumentException>(() => new EpisodeBuffer(3, 1).Add(environment.Step([0, 0])));
    }
}
