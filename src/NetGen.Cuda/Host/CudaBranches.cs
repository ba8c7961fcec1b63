using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>
/// Branches of a graph while it is captured: kernels that do not wait for each other are launched into queues of their own, which come into the capture by waiting for an
/// event of the network's queue, and are joined by one of theirs that this waits for.
/// </summary>
internal sealed class CudaBranches(CudaSession session, nint stream) : IDisposable
{
    private readonly List<(nint Stream, nint Event)> sides = [];
    private nint forked;
    private int branch;

    /// <summary>Where a launch goes.</summary>
    public nint Current => branch == 0 ? stream : sides[branch - 1].Stream;

    private IDriver Driver => session.Driver;

    /// <summary>A capture has begun.</summary>
    public void Begin() => branch = 0;

    /// <summary>Branches begin; the first is in the network's queue.</summary>
    public void Fork()
    {
        if (forked == 0)
        {
            forked = NewEvent();
        }
        session.Check(Driver.EventRecord(forked, stream), "Marking a fork");
    }

    /// <summary>The next branch begins.</summary>
    public void Branch()
    {
        if (branch == sides.Count)
        {
            session.Check(Driver.StreamCreate(out var side, StreamFlags.NonBlocking), "Making a queue");
            try
            {
                sides.Add((side, NewEvent()));
            }
            catch
            {
                _ = Driver.StreamDestroy(side);
                throw;
            }
        }
        branch++;
        session.Check(Driver.StreamWaitEvent(Current, forked, flags: 0), "Forking a queue");
    }

    /// <summary>All branches end.</summary>
    public void Join()
    {
        foreach (var (side, end) in sides.Take(branch))
        {
            session.Check(Driver.EventRecord(end, side), "Marking the end of a branch");
            session.Check(Driver.StreamWaitEvent(stream, end, flags: 0), "Joining a queue");
        }
        branch = 0;
    }

    public void Dispose()
    {
        foreach (var (side, end) in sides)
        {
            _ = Driver.StreamDestroy(side);
            _ = Driver.EventDestroy(end);
        }
        sides.Clear();
        if (forked != 0)
        {
            _ = Driver.EventDestroy(forked);
            forked = 0;
        }
    }

    private nint NewEvent()
    {
        session.Check(Driver.EventCreate(out var made, EventFlags.DisableTiming), "Making an event");
        return made;
    }
}
