using NetGen.Reinforcement;
using Xunit;

namespace NetGen.Tests.Training.Reinforcement;

public sealed class VectorEnvironmentTests
{
    [Fact]
    public void Each_environment_is_played_by_itself_and_begins_again_behind_its_end()
    {
        int made = 0;
        var environment = new VectorEnvironment(2, () => new Counter(++made + 1));
        Assert.Equal((2, 1, 2), (environment.Count, environment.ObservationLength, environment.ActionCount));
        Assert.Equal([0, 0], environment.Observations.ToArray());

        EnvironmentStep step = environment.Step([0, 1]);
        Assert.Equal([0, 0], step.Observations.ToArray());
        Assert.Equal([0, 1], step.Actions.ToArray());
        Assert.Equal([1, 11], step.Rewards.ToArray());
        Assert.Equal([1, 11], step.NextObservations.ToArray());
        Assert.Equal([EpisodeEnd.None, EpisodeEnd.None], step.Ends.ToArray());

        step = environment.Step([1, 0]);
        Assert.Equal([1, 11], step.Observations.ToArray());
        Assert.Equal([12, 2], step.NextObservations.ToArray());
        Assert.Equal([EpisodeEnd.Terminal, EpisodeEnd.None], step.Ends.ToArray());
        // What is seen next is of the next episode, for the first.
        Assert.Equal([0, 2], environment.Observations.ToArray());
    }

    [Fact]
    public void A_limit_of_steps_cuts_off_and_an_end_of_its_own_comes_first()
    {
        int made = 0;
        var environment = new VectorEnvironment(2, () => new Counter(++made == 1 ? 2 : 9), stepLimit: 2);
        environment.Step([0, 0]);
        Assert.Equal([EpisodeEnd.Terminal, EpisodeEnd.Truncated], environment.Step([0, 0]).Ends.ToArray());
        Assert.Equal([EpisodeEnd.None, EpisodeEnd.None], environment.Step([0, 0]).Ends.ToArray());
    }

    [Fact]
    public void Episodes_have_seeds_of_their_own_that_a_seed_decides()
    {
        Assert.Equal(Seeds(1), Seeds(1));
        ulong[] all = [.. Seeds(1), .. Seeds(2)];
        Assert.Equal(all.Length, all.Distinct().Count());

        static ulong[] Seeds(ulong seed)
        {
            List<Counter> counters = [];
            var environment = new VectorEnvironment(2, () =>
            {
                counters.Add(new Counter(1));
                return counters[^1];
            });
            environment.Step([0, 0]);
            environment.Reset(seed);
            List<ulong> seeds = [.. counters.Select(counter => counter.Seed)];
            environment.Step([0, 0]);
            return [.. seeds, .. counters.Select(counter => counter.Seed)];
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_and_nothing_is_done()
    {
        var environment = new VectorEnvironment(2, () => new Counter(3));
        Assert.Contains("1 actions for 2 environments", Assert.Throws<ArgumentException>(() => { environment.Step([0]); }).Message);
        Assert.Contains("Action 1 is 2; expected 0 to 1.", Assert.Throws<ArgumentOutOfRangeException>(() => { environment.Step([0, 2]); }).Message);
        Assert.Equal([0, 0], environment.Observations.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorEnvironment(0, () => new Counter(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorEnvironment(1, () => new Counter(1), stepLimit: -1));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var environment = new VectorEnvironment(4, () => new Counter(3), stepLimit: 2);
        var replay = new ReplayBuffer(16, 1);
        var transitions = new NStepTransitions(replay, 4, steps: 2, discount: 0.9f);
        var batch = new Transitions(8, 1);
        float[] values = new float[8];
        int[] actions = new int[4];
        Play();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Play()
        {
            for (int step = 0; step < 10; step++)
            {
                Policy.EpsilonGreedy(values, 0.5f, seed: 1, step, actions);
                transitions.Add(environment.Step(actions));
            }

            replay.Sample(batch);
        }
    }
}
