using NetGen.Reinforcement;
using Xunit;

namespace NetGen.Tests.Training.Reinforcement;

public sealed class ReplayBufferTests
{
    [Fact]
    public void The_latest_transitions_are_drawn_whole_each_as_often_as_any_other()
    {
        var buffer = new ReplayBuffer(capacity: 4, observationLength: 2, seed: 3);
        for (int i = 0; i < 6; i++)
            buffer.Add([i, -i], i, 10 * i, [i + 1, -i - 1], i / 10f);
        Assert.Equal(4, buffer.Count);

        var batch = new Transitions(100, 2);
        int[] drawn = new int[6];
        for (int round = 0; round < 100; round++)
        {
            buffer.Sample(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                int which = batch.Actions[i];
                drawn[which]++;
                Assert.Equal([which, -which, which + 1, -which - 1], [.. batch.Observations[(2 * i)..(2 * i + 2)], .. batch.NextObservations[(2 * i)..(2 * i + 2)]]);
                Assert.Equal((10f * which, which / 10f), (batch.Rewards[i], batch.Discounts[i]));
            }
        }

        Assert.Equal([0, 0], drawn[..2]);
        // 10,000 draws of four: the standard deviation of each count is √(10000 · ¼ · ¾) = 43.
        Assert.All(drawn[2..], count => Assert.InRange(count, 2500 - 4 * 43, 2500 + 4 * 43));
    }

    [Fact]
    public void The_seed_decides_what_is_drawn()
    {
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));

        static int[] Drawn(ulong seed)
        {
            var buffer = new ReplayBuffer(50, 1, seed);
            for (int i = 0; i < 50; i++)
                buffer.Add([i], i, 0, [i], 0);
            Transitions first = new(8, 1), second = new(8, 1);
            buffer.Sample(first);
            buffer.Sample(second);
            Assert.NotEqual(first.Actions, second.Actions);
            return [.. first.Actions, .. second.Actions];
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var buffer = new ReplayBuffer(3, 2);
        Assert.Contains("no transition", Assert.Throws<InvalidOperationException>(() => buffer.Sample(new Transitions(1, 2))).Message);
        Assert.Contains("'observation' has 1 numbers; expected 2", Assert.Throws<ArgumentException>(() => buffer.Add([1], 0, 0, [1, 2], 0)).Message);
        Assert.Contains("'nextObservation' has 3", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2], 0, 0, [1, 2, 3], 0)).Message);
        Assert.Contains("observations of 3 numbers, not 2", Assert.Throws<ArgumentException>(() => buffer.Sample(new Transitions(1, 3))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayBuffer(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Transitions(1, 0));
        Assert.Equal(0, buffer.Count);
    }
}
