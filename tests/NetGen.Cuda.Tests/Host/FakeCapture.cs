namespace NetGen.Cuda.Tests.Host;

/// <summary>The launches of a capture, and which of them wait for which.</summary>
/// <param name="origin">The stream whose capture it is; others come in by waiting for an event of it.</param>
internal sealed class FakeCapture(nint origin)
{
    private readonly List<(Action Work, int[] After)> launches = [];

    /// <summary>Of each stream what its next launch waits for.</summary>
    private readonly Dictionary<nint, int[]> ends = [];

    public nint Origin => origin;

    public int Thread { get; } = Environment.CurrentManagedThreadId;

    public void Add(nint stream, Action work)
    {
        launches.Add((work, Mark(stream)));
        ends[stream] = [launches.Count - 1];
    }

    /// <summary>What an event that is recorded now stands for.</summary>
    public int[] Mark(nint stream) => ends.GetValueOrDefault(stream, []);

    public void Wait(nint stream, int[] before) => ends[stream] = [.. Mark(stream).Union(before)];

    /// <summary>
    /// The launches in an order that the graph allows: of those that could come next always the one that was captured last, so that one which should have waited
    /// does not come by chance behind the other.
    /// </summary>
    /// <param name="isJoined">Whether the stream whose capture it is has waited for all of them.</param>
    public IReadOnlyList<Action> InWorstOrder(out bool isJoined)
    {
        var reached = new HashSet<int>();
        var open = new Stack<int>(Mark(origin));
        while (open.TryPop(out var launch))
        {
            if (reached.Add(launch))
            {
                foreach (var before in launches[launch].After)
                {
                    open.Push(before);
                }
            }
        }
        isJoined = reached.Count == launches.Count;

        var done = new HashSet<int>();
        var order = new List<Action>();
        while (done.Count < launches.Count)
        {
            var next = Enumerable.Range(0, launches.Count).Last(i => !done.Contains(i) && launches[i].After.All(done.Contains));
            done.Add(next);
            order.Add(launches[next].Work);
        }
        return order;
    }
}
