using NetGen;
using NetGen.Reinforcement;

/// <summary>The two ways to learn; each ends when new episodes go well, or after so many steps of the environment.</summary>
internal static class Training
{
    private const float Discount = 0.99f;

    public static void Learn(Dqn network, int steps, ulong seed) => LearnValues(
        network.Parameters, network.Predict,
        (batch, optimizer) => network.Step(batch.Observations, batch.Actions, batch.Rewards, batch.NextObservations, batch.Discounts, optimizer),
        () => new CartPole(), CartPole.StepLimit, 0.02f, steps, seed, step => IsGood(step, network.Predict, seed));

    public static void Learn(GridDqn network, int steps, ulong seed) => LearnValues(
        network.Parameters, network.Predict,
        (batch, optimizer) => network.Step(batch.Observations, batch.Actions, batch.Rewards, batch.NextObservations, batch.Discounts, optimizer),
        () => new GridWorld(), GridWorld.StepLimit, 0.3f, steps, seed, step =>
        {
            var length = GridWalks.Length(network.Predict, ~seed);
            Console.WriteLine(FormattableString.Invariant($"{step,7} steps: {length:F3} of the shortest ways"));
            return length == 1;
        });

    private static void LearnValues(
        NetworkParameters parameters, Predictor predict, Action<Transitions, Adam> learn, Func<IEnvironment> create, int limit, float exploring,
        int steps, ulong seed, Func<int, bool> isGood)
    {
        const int side = 8;
        var environment = new VectorEnvironment(side, create, limit);
        environment.Reset(seed);
        var replay = new ReplayBuffer(50_000, environment.ObservationLength, seed);
        var (transitions, batch) = (new NStepTransitions(replay, side, steps: 1, Discount), new Transitions(128, environment.ObservationLength));
        var (values, actions) = (new float[side * environment.ActionCount], new int[side]);
        var (epsilon, optimizer) = (new EpsilonSchedule(1, exploring, 10_000), new Adam(3e-4f));
        parameters.Follow("target", "online");
        for (var step = 0; step < steps; step += side)
        {
            predict(environment.Observations, values);
            Policy.EpsilonGreedy(values, epsilon.At(step), seed, step, actions);
            transitions.Add(environment.Step(actions));
            for (var i = 0; i < side / 2 && replay.Count >= 1000; i++)
            {
                replay.Sample(batch);
                learn(batch, optimizer);
                parameters.Follow("target", "online", 0.005f);
            }

            if (step % 4000 == 0 && isGood(step))
                return;
        }
    }

    public static void Learn(Reinforce network, int steps, ulong seed)
    {
        const int side = 16;
        var environment = new VectorEnvironment(side, () => new CartPole(), CartPole.StepLimit);
        environment.Reset(seed);
        var (episodes, optimizer) = (new EpisodeBuffer(side, Discount), new Adam(1e-2f));
        var (logits, pushes) = (new float[side * CartPole.Pushes], new int[side]);
        for (int step = 0, round = 1; step < steps; round++)
        {
            for (episodes.Clear(); episodes.Count < side; step += side)
            {
                network.Predict(environment.Observations, logits);
                Policy.Sampled(logits, seed, step, pushes);
                episodes.Add(environment.Step(pushes));
            }

            var advantages = new float[episodes.Returns.Length];
            Returns.Standardized(episodes.Returns, advantages);
            network.Step(episodes.Observations, episodes.Actions, advantages, optimizer);
            if (round % 5 == 0 && IsGood(step, network.Predict, seed))
                return;
        }
    }

    /// <summary>How long 100 episodes are on average, each push the best by the network.</summary>
    public static double MeanReturn(Predictor predict, ulong seed)
    {
        var environment = new VectorEnvironment(100, () => new CartPole(), CartPole.StepLimit);
        environment.Reset(seed);
        var values = new float[100 * CartPole.Pushes];
        return Returns.OfEpisodes(environment, (states, pushes) =>
        {
            predict(states, values);
            Policy.Greedy(values, pushes);
        }).Average();
    }

    private static bool IsGood(int step, Predictor predict, ulong seed)
    {
        var mean = MeanReturn(predict, ~seed);
        Console.WriteLine(FormattableString.Invariant($"{step,7} steps: {mean:F1}"));
        return mean >= 490;
    }
}
