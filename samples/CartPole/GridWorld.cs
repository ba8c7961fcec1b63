using NetGen.Reinforcement;

/// <summary>
/// A grid with walls, in which a way is to be found from any place to any other. What is seen is both places, as one of all cells each; a
/// step goes up, right, down or left, and costs 1. Who walks into a wall stays where he is.
/// </summary>
public sealed class GridWorld : IEnvironment
{
    public const int Side = 6, Cells = Side * Side, Observed = 2 * Cells, Ways = 4, StepLimit = 60;

    private const string Map =
        "......" +
        ".##..." +
        ".#..#." +
        "....#." +
        ".##.#." +
        "......";

    private int place, goal;

    public int ObservationLength => Observed;

    public int ActionCount => Ways;

    public void Reset(ulong seed, Span<float> observation)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        do
            (place, goal) = (random.Next(Cells), random.Next(Cells));
        while (place == goal || Map[place] == '#' || Map[goal] == '#');
        Observe(observation);
    }

    public (float Reward, EpisodeEnd End) Step(int action, Span<float> observation)
    {
        place = Next(place, action);
        Observe(observation);
        return (-1, place == goal ? EpisodeEnd.Terminal : EpisodeEnd.None);
    }

    /// <summary>How many steps the shortest way has between two places, as they are seen.</summary>
    public static int Shortest(ReadOnlySpan<float> observation)
    {
        var (start, end) = (observation.IndexOf(1), observation[Cells..].IndexOf(1));
        var (distances, waiting) = (new Dictionary<int, int> { [start] = 0 }, new Queue<int>([start]));
        while (waiting.TryDequeue(out var cell) && cell != end)
        {
            for (var way = 0; way < Ways; way++)
            {
                if (distances.TryAdd(Next(cell, way), distances[cell] + 1))
                    waiting.Enqueue(Next(cell, way));
            }
        }

        return distances[end];
    }

    /// <summary>The grid with its goal and the places of a walk.</summary>
    public static string Picture(IEnumerable<int> walk, int goal)
    {
        var cells = Map.Replace('.', '·').ToCharArray();
        foreach (var cell in walk)
            cells[cell] = 'o';
        cells[goal] = 'X';
        return string.Join('\n', cells.Chunk(Side).Select(line => string.Join(' ', line)));
    }

    private static int Next(int place, int way)
    {
        var (row, column) = (place / Side, place % Side);
        (row, column) = way switch { 0 => (row - 1, column), 1 => (row, column + 1), 2 => (row + 1, column), _ => (row, column - 1) };
        return row is < 0 or >= Side || column is < 0 or >= Side || Map[(row * Side) + column] == '#' ? place : (row * Side) + column;
    }

    private void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[place] = 1;
        observation[Cells + goal] = 1;
    }
}
