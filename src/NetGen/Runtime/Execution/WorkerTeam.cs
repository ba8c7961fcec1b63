using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace NetGen.Runtime;

/// <summary>
/// The threads that share the work of a call: the calling thread is worker 0, the others live until the last network with
/// their number of threads is disposed (<see cref="TeamLease"/>) and wait for the next region, first spinning, then parked.
/// </summary>
/// <remarks>
/// There is one team per number of threads in a process. A team runs one region at a time; a call that finds it
/// busy (another network computes, or the call comes from inside of a region) computes alone on its own thread.
/// Each worker has its own mailbox (a cache line with an epoch number), so a region may use fewer workers than the
/// team has and the others sleep on.
/// </remarks>
internal sealed class WorkerTeam
{
    // A training loop comes back within tens of microseconds (it gathers the next batch meanwhile), whereas waking
    // a parked thread costs 40 to 100 µs where an idle core sleeps deeply. Yielding in between was tried: it costs a time
    // slice when other programs run, while a thread that parks is woken at once.
    private static readonly TimeSpan SpinTime = TimeSpan.FromMicroseconds(200);
    private static readonly TimeSpan CrowdedSpinTime = TimeSpan.FromMicroseconds(10);

    private static readonly Lock TeamsLock = new();
    private static readonly Dictionary<int, WorkerTeam> Teams = [];

    private readonly int threads;
    private readonly Mailbox[] mailboxes;
    private readonly List<Thread> members = [];
    private readonly bool crowded;
    private Shared shared;
    private CallFrame? frame;
    private ParallelBody? body;
    private int workers;
    private Exception? failure;

    // Under the lock of all teams.
    private int networks;
    private volatile bool ended;

    private WorkerTeam(int threads)
    {
        this.threads = threads;
        crowded = threads > Environment.ProcessorCount;
        mailboxes = new Mailbox[threads];
        for (var worker = 1; worker < threads; worker++)
        {
            var mailbox = mailboxes[worker] = new Mailbox(worker, crowded ? CrowdedSpinTime : SpinTime);
            var thread = new Thread(() => Work(mailbox))
            {
                IsBackground = true,
                Name = Invariant($"NetGen {worker}/{threads}"), // Linux shows 15 characters
            };
            try
            {
                Start(thread);
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                if (NetGenOptions.AllowFewerThreads)
                {
                    return;
                }
                End();
                throw Refused(exception);
            }
            catch
            {
                End();
                throw;
            }
            members.Add(thread);
        }
    }

    /// <summary>Starts a thread. Tests put something else here, for what a system refuses.</summary>
    internal static Action<Thread> Start { get; set; } = static thread => thread.UnsafeStart();

    /// <summary>How many workers a region has at most, the caller included: the number of threads, or fewer where the system refused some.</summary>
    public int Workers => members.Count + 1;

    /// <summary>The threads, but for the callers'.</summary>
    public IReadOnlyList<Thread> Members => members;

    /// <summary>The team of the process with this number of threads, at least 2. <see cref="Return"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">The system refuses threads; none of those already started is left.</exception>
    public static WorkerTeam Rent(int threads)
    {
        lock (TeamsLock)
        {
            if (!Teams.TryGetValue(threads, out var team))
            {
                Teams.Add(threads, team = new WorkerTeam(threads));
            }
            team.networks++;
            return team;
        }
    }

    /// <summary>One network less needs the team. After the last one its threads end, at once or when the region that they are in is done.</summary>
    public void Return()
    {
        using (Uninterrupted.EnterScope(TeamsLock))
        {
            if (--networks > 0)
            {
                return;
            }
            Teams.Remove(threads);
            ended = true;
        }
        End();
    }

    /// <summary>
    /// Takes the team for one region. After true, <see cref="Run"/> must follow; after false the team is busy.
    /// </summary>
    public bool TryTake() => Volatile.Read(ref shared.Busy) == 0 && Interlocked.Exchange(ref shared.Busy, 1) == 0;

    /// <summary>
    /// Runs the body on <paramref name="count"/> workers (1 to <see cref="Workers"/>) and gives the team back.
    /// Returns when all workers have left the body. The first exception of any of them is thrown here.
    /// </summary>
    public void Run(CallFrame frame, ParallelBody body, int count)
    {
        this.frame = frame;
        this.body = body;
        workers = count;
        failure = null;
        shared.Poisoned = 0;
        shared.Arrived = 0;
        shared.Running = count - 1;
        // The writes above are published by the full fence of each Post.
        for (var worker = 1; worker < count; worker++)
        {
            mailboxes[worker].Post();
        }
        Execute(0);
        var wait = new Waiter(crowded);
        while (Volatile.Read(ref shared.Running) != 0)
        {
            wait.Once();
        }
        wait.End();
        var thrown = failure;
        // The team must not keep the frame (and with it a network) alive.
        this.frame = null;
        this.body = null;
        failure = null;
        // Full fence: either this sees that the team has ended, or who ends it finds it free.
        Interlocked.Exchange(ref shared.Busy, 0);
        if (ended)
        {
            End();
        }
        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }

    /// <summary>Waits until all workers of the region are here.</summary>
    /// <exception cref="PoisonedException">Another worker of the region failed. Only the team catches it.</exception>
    public void Barrier()
    {
        // The phase must be read before arriving: the last one to arrive changes it.
        var phase = Volatile.Read(ref shared.Phase);
        if (Interlocked.Increment(ref shared.Arrived) == workers)
        {
            shared.Arrived = 0;
            Volatile.Write(ref shared.Phase, phase + 1);
        }
        else
        {
            var wait = new Waiter(crowded);
            while (Volatile.Read(ref shared.Phase) == phase)
            {
                if (Volatile.Read(ref shared.Poisoned) != 0)
                {
                    break;
                }
                wait.Once();
            }
            wait.End();
        }
        if (Volatile.Read(ref shared.Poisoned) != 0)
        {
            throw new PoisonedException();
        }
    }

    /// <summary>Lets the threads of a team that nobody will take any more leave; if it is busy, whoever has it does it afterwards.</summary>
    private void End()
    {
        if (TryTake())
        {
            // Without a body a worker leaves. The team stays taken.
            for (var worker = 1; worker < Workers; worker++)
            {
                mailboxes[worker].Post();
            }
        }
    }

    private InvalidOperationException Refused(Exception exception) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"A network with {threads} threads needs {threads - 1} beside the caller's; the system refused the one after {members.Count} ({exception.Message}). ") +
        "A container's limit of processes (pids) or of memory, or ulimit -u, is reached. Raise it, or use fewer: " +
        "new …(device: Device.Cpu(threads: 1)), NetGenOptions.Threads, or NetGenOptions.AllowFewerThreads = true to go on with those that can be had.",
        exception);

    private void Execute(int worker)
    {
        try
        {
            body!(frame!, worker, workers);
        }
        catch (PoisonedException)
        {
            // The one who failed has said why.
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            Volatile.Write(ref shared.Poisoned, 1);
        }
    }

    private void Work(Mailbox mailbox)
    {
        while (true)
        {
            mailbox.WaitForPost();
            if (body is null)
            {
                return;
            }
            Execute(mailbox.Worker);
            Interlocked.Decrement(ref shared.Running);
        }
    }

    /// <summary>Unwinds the workers of a region in which another one failed.</summary>
    private sealed class PoisonedException : Exception;

    /// <summary>What all workers write, each on a pair of cache lines of its own (processors fetch lines in pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 6 * Line)]
    private struct Shared
    {
        private const int Line = 128;

        [FieldOffset(1 * Line)]
        public int Busy;

        [FieldOffset(2 * Line)]
        public int Running;

        [FieldOffset(3 * Line)]
        public int Arrived;

        [FieldOffset(4 * Line)]
        public int Phase;

        [FieldOffset((4 * Line) + 8)]
        public int Poisoned;
    }

    /// <summary>Where a worker waits for its next region.</summary>
    private sealed class Mailbox(int worker, TimeSpan spinTime)
    {
        // Wakes the thread in one step; with a monitor it would wake, wait for the lock, and wake again.
        private readonly AutoResetEvent bell = new(false);
        private State state;
        private int seen;

        public int Worker => worker;

        /// <summary>Starts the worker. Everything written before is visible to it.</summary>
        public void Post()
        {
            // Full fence between the epoch and the look at Parked; the other side has its own between Parked and the
            // look at the epoch. So at least one side sees the other's write, and no wake-up is lost.
            Interlocked.Increment(ref state.Epoch);
            if (Volatile.Read(ref state.Parked) != 0 && Interlocked.Exchange(ref state.Parked, 0) != 0)
            {
                bell.Set();
            }
        }

        /// <summary>Returns when the worker has been started once more than before.</summary>
        public void WaitForPost()
        {
            if (!Spin())
            {
                Interlocked.Exchange(ref state.Parked, 1);
                // Posted just now: if the other side has not taken the flag back, it will not ring.
                if (Volatile.Read(ref state.Epoch) == seen || Interlocked.Exchange(ref state.Parked, 0) == 0)
                {
                    Await();
                }
            }
            seen++;
        }

        /// <summary>Who posts has taken the flag and rings once, so the ring must be taken: no interrupt ends a worker's wait.</summary>
        private void Await()
        {
            while (true)
            {
                try
                {
                    bell.WaitOne();
                    return;
                }
                catch (ThreadInterruptedException)
                {
                }
            }
        }

        private bool Spin()
        {
            var start = Stopwatch.GetTimestamp();
            while (true)
            {
                for (var i = 0; i < 16; i++)
                {
                    if (Volatile.Read(ref state.Epoch) != seen)
                    {
                        return true;
                    }
                    Waiter.Pause();
                }
                if (Stopwatch.GetElapsedTime(start) > spinTime)
                {
                    return false;
                }
            }
        }

        [StructLayout(LayoutKind.Explicit, Size = 3 * 128)]
        private struct State
        {
            [FieldOffset(128)]
            public int Epoch;

            [FieldOffset(132)]
            public int Parked;
        }
    }
}
