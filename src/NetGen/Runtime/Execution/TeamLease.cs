namespace NetGen.Runtime;

/// <summary>
/// A network's claim to the worker team with its number of threads, from its first parallel call until it is disposed, or collected if it
/// never is: the threads hold the team, not the network.
/// </summary>
internal sealed class TeamLease(int threads)
{
    private readonly Lock gate = new();
    private volatile WorkerTeam? team;
    private bool ended;

    ~TeamLease() => End();

    /// <summary>The team; null if one thread is enough, or after the end.</summary>
    /// <exception cref="InvalidOperationException">The system refuses threads.</exception>
    public WorkerTeam? Team => team ?? Rent();

    /// <summary>Gives the team back. Calls that still run end on it; later ones run alone.</summary>
    public void End()
    {
        using (Uninterrupted.EnterScope(gate))
        {
            ended = true;
            team?.Return();
            team = null;
        }
        GC.SuppressFinalize(this);
    }

    private WorkerTeam? Rent()
    {
        lock (gate)
        {
            if (team is null && !ended && threads > 1)
            {
                team = WorkerTeam.Rent(threads);
            }
            return team;
        }
    }
}
