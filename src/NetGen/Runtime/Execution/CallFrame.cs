using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// One call of a network's entry point: its spans, its workspace, its workers. <see cref="NetworkState"/> keeps frames
/// for reuse, so a call allocates nothing once the first ones have run.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class CallFrame
{
    /// <summary>How many spans <see cref="Run"/> binds.</summary>
    public const int Slots = 8;

    private readonly nint[] slots = new nint[Slots];
    private readonly int[] steps = new int[Slots];
    private readonly int threads;
    private readonly TeamLease lease;
    private readonly Competition[] competitions = [new(), new(), new(), new()];
    private int oldest;
    private AlignedFloats? workspace;
    private AlignedFloats? weights;
    private WorkerTeam? region;

    /// <summary>The state of an optimizer (<see cref="OptimizerState{TOptimizer}"/>) during a training step.</summary>
    public object? Optimizer;

    internal CallFrame(int threads, TeamLease lease)
    {
        this.threads = threads;
        this.lease = lease;
    }

    /// <summary>The number of samples.</summary>
    public int Batch { get; private set; }

    /// <summary>The steps of all sequences of one of the call's sequence inputs.</summary>
    public int Steps(int sequence) => steps[sequence];

    /// <summary>Says how many steps all sequences of an input have.</summary>
    public void SetSteps(int sequence, int count) => steps[sequence] = count;

    /// <summary>The device's number of threads: workers are counted from 0 to below it.</summary>
    public int Threads => threads;

    /// <summary>The network's seed, for <see cref="Philox.Key"/>.</summary>
    public ulong Seed { get; private set; }

    /// <summary>The number of the training step: 1, 2, …; in other calls the number of steps so far.</summary>
    public long StepNumber { get; internal set; }

    /// <summary>
    /// The most workers that <see cref="Run"/> uses; at first the device's number of threads. A call that is too small to
    /// be shared sets 1 before it runs. The results do not depend on it.
    /// </summary>
    public int MaximumWorkers { get; set; }

    /// <summary>The scratch memory of the call: as many floats as were asked for, with arbitrary values, 64-byte aligned.</summary>
    public ref float Workspace => ref workspace!.Start;

    /// <summary>The network's weights, 64-byte aligned.</summary>
    public ref float Weights => ref weights!.Start;

    /// <summary>The next frame in the pool.</summary>
    internal CallFrame? Next { get; set; }

    /// <summary>The floats of a bound span. A null reference if the span is empty, and outside of <see cref="Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Floats(int slot) => ref *(float*)slots[slot];

    /// <summary>The integers of a bound span. A null reference if the span is empty, and outside of <see cref="Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int Ints(int slot) => ref *(int*)slots[slot];

    /// <summary>
    /// Waits for all workers of this call; what they wrote before is visible after it. Each worker must come to the same
    /// barriers in the same order. Costs nothing if there is only one worker.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Barrier() => region?.Barrier();

    /// <summary>
    /// Runs the body on the team's workers, or, if the team is busy, on this thread alone. The spans are pinned meanwhile and
    /// are reached by <see cref="Floats"/> and <see cref="Ints"/> under their positions. An exception of any worker is
    /// thrown here when all workers have left the body.
    /// </summary>
    public void Run(
        ParallelBody body,
        ReadOnlySpan<byte> s0,
        ReadOnlySpan<byte> s1 = default,
        ReadOnlySpan<byte> s2 = default,
        ReadOnlySpan<byte> s3 = default,
        ReadOnlySpan<byte> s4 = default,
        ReadOnlySpan<byte> s5 = default,
        ReadOnlySpan<byte> s6 = default,
        ReadOnlySpan<byte> s7 = default)
    {
        fixed (byte* p0 = s0, p1 = s1, p2 = s2, p3 = s3, p4 = s4, p5 = s5, p6 = s6, p7 = s7)
        {
            slots[0] = (nint)p0;
            slots[1] = (nint)p1;
            slots[2] = (nint)p2;
            slots[3] = (nint)p3;
            slots[4] = (nint)p4;
            slots[5] = (nint)p5;
            slots[6] = (nint)p6;
            slots[7] = (nint)p7;
            try
            {
                Execute(body);
                if (Optimizer is IWeightPass { Body: { } pass })
                {
                    Execute(pass);
                }
            }
            finally
            {
                Array.Clear(slots);
            }
        }
    }

    private void Execute(ParallelBody body)
    {
        var workers = Math.Min(MaximumWorkers, threads);
        if (workers == 1)
        {
            body(this, 0, 1);
            return;
        }
        var competition = CompetitionOf(body);
        var start = Stopwatch.GetTimestamp();
        workers = competition.Workers(workers, start);
        if (workers == 1)
        {
            body(this, 0, 1);
        }
        else if (lease.Team is { } team && team.TryTake())
        {
            region = team;
            try
            {
                team.Run(this, body, Math.Min(workers, team.Workers));
            }
            finally
            {
                region = null;
            }
        }
        else
        {
            // Another network computes. What one thread takes says nothing about the cores.
            body(this, 0, 1);
            return;
        }
        competition.Record(start, Stopwatch.GetTimestamp());
    }

    private Competition CompetitionOf(ParallelBody body)
    {
        foreach (var known in competitions)
        {
            if (known.IsOf(body, Batch))
            {
                return known;
            }
        }
        // A network has a few entry points, each called with a batch or two (the last of an epoch is smaller).
        oldest = (oldest + 1) % competitions.Length;
        var competition = competitions[oldest];
        competition.Begin(body, Batch);
        return competition;
    }

    internal void Bind(int batch, ulong seed, long stepNumber, AlignedFloats weights)
    {
        Batch = batch;
        Seed = seed;
        StepNumber = stepNumber;
        MaximumWorkers = threads;
        this.weights = weights;
    }

    /// <summary>Forgets what it must not keep alive in the pool.</summary>
    internal void Unbind()
    {
        Optimizer = null;
        weights = null;
    }

    /// <summary>Makes the workspace at least that long.</summary>
    internal void Reserve(long floats, string network)
    {
        if (workspace is null || workspace.Length < floats)
        {
            // The old block goes first: the two together may not fit.
            workspace = null;
            workspace = new AlignedFloats(floats, cleared: false, $"The workspace of {network}");
        }
    }
}
