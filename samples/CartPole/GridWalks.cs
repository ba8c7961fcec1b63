using NetGen.Reinforcement;

/// <summary>Walks of a network through the grid.</summary>
internal static class GridWalks
{
    private const int Count = 2000;

    /// <summary>How many steps its walks have, as a multiple of those of the shortest ways.</summary>
    public static double Length(Predictor predict, ulong seed)
    {
        var environment = new VectorEnvironment(Count, () => new GridWorld(), GridWorld.StepLimit);
        environment.Reset(seed);
        double shortest = 0;
        for (var i = 0; i < Count; i++)
            shortest += GridWorld.Shortest(environment.Observations.Slice(i * GridWorld.Observed, GridWorld.Observed));
        var values = new float[Count * GridWorld.Ways];
        return -Returns.OfEpisodes(environment, (states, ways) =>
        {
            predict(states, values);
            Policy.Greedy(values, ways);
        }).Sum() / shortest;
    }

    /// <summary>One of them.</summary>
    public static void Show(Predictor predict, ulong seed)
    {
        var environment = new VectorEnvironment(1, () => new GridWorld(), GridWorld.StepLimit);
        environment.Reset(seed);
        var (values, way, walk, goal) = (new float[GridWorld.Ways], new int[1], new List<int>(), environment.Observations[GridWorld.Cells..].IndexOf(1));
        for (var over = false; !over;)
        {
            walk.Add(environment.Observations.IndexOf(1));
            predict(environment.Observations, values);
            Policy.Greedy(values, way);
            over = environment.Step(way).Ends[0] != EpisodeEnd.None;
        }

        Console.WriteLine(GridWorld.Picture(walk, goal));
    }
}
