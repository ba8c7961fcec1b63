using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Driver;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Cuda.Host;

/// <summary>
/// A network on a GPU: its weights, the state of its optimizers, the memory of its calls, its queue of launches. Calls take turns, for they
/// share all of it. The host has a copy of the weights; after training it is older than the device's, and after somebody looked at it, it
/// may be newer.
/// </summary>
internal sealed class CudaNetwork : DeviceNetwork
{
    private readonly Lock gate = new();
    private readonly NetworkState network;
    private readonly CudaCall call;
    private readonly Dictionary<int, CudaOptimizerState> optimizers = [];

    /// <summary>Programs whose kernels are loaded.</summary>
    private readonly HashSet<Action<CudaCall>> loaded = [];

    private readonly List<CudaResidentData> kept = [];

    private nint weights;
    private nint arena;
    private long arenaBytes;
    private bool deviceIsNewer;
    private bool hostMayBeNewer = true;
    private bool disposed;

    public CudaNetwork(NetworkState network, CudaDevice device, CudaSession session)
    {
        this.network = network;
        Device = device;
        Session = session;
        using (session.Enter())
        {
            session.Check(session.Driver.StreamCreate(out var stream, StreamFlags.NonBlocking), "Making a queue");
            Stream = stream;
        }
        Copies = new StagedCopies(session, Stream);
        Graphs = new CudaGraphs(session, Stream);
        call = new CudaCall(this);
    }

    public CudaDevice Device { get; }

    public CudaSession Session { get; }

    public nint Stream { get; }

    public StagedCopies Copies { get; }

    public CudaGraphs Graphs { get; }

    public NetworkState Network => network;

    private string Name => network.Layout.NetworkName;

    /// <summary>Begins a call that changes no weights. <see cref="Leave"/> must follow, on the same thread.</summary>
    public CudaCall Enter(int batch, in CudaProgram program)
    {
        CheckBatch(batch, program.Largest);
        Take();
        try
        {
            BringWeights();
            Reserve(CudaCall.Bytes(in program, batch, optimizerBytes: 0));
            call.Begin(batch, in program, network.Steps, weights, arena, optimizer: null);
            Load(in program);
            call.Prepare();
            return call;
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Begins a training step. <see cref="Leave"/> must follow, on the same thread. If it throws, nothing has changed.</summary>
    public CudaCall EnterStep<TOptimizer>(int batch, in CudaProgram program, in TOptimizer optimizer, int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        CheckBatch(batch, program.Largest);
        Take();
        try
        {
            BringWeights();
            Reserve(CudaCall.Bytes(in program, batch, Unsafe.SizeOf<TOptimizer>()));
            var state = StateOf<TOptimizer>(objective);
            state.Reserve(in optimizer, this, weights);
            call.Begin(batch, in program, network.Steps + 1, weights, arena, state);
            Load(in program);
            state.Prepare(in optimizer, ahead: 1);
            state.Count();
            network.CountStep();
            deviceIsNewer = true;
            call.Prepare();
            return call;
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Makes steps on data that the device keeps. Waits once, for the last.</summary>
    public void StepRows<TOptimizer>(
        CudaResidentData data, ReadOnlySpan<int> rows, int batchSize, in CudaProgram program, CudaRows places, ReadOnlySpan<TOptimizer> optimizers, int objective,
        Span<BatchResult> results, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        CheckBatch(batchSize, program.Largest);
        var steps = (int)(((long)rows.Length + batchSize - 1) / batchSize);
        if (optimizers.Length != steps || results.Length != steps || rows.Length > data.Count || rows.ContainsAnyExceptInRange(0, data.Count - 1))
        {
            throw new ArgumentException(
                Invariant($"{rows.Length} rows of {data.Count} in batches of {batchSize} are {steps} steps, and there are {optimizers.Length} optimizers and {results.Length} results; or a row is outside."), nameof(rows));
        }
        var asked = correct.IsEmpty ? 0 : places.Correct.Length;
        if (correct.Length != asked * steps)
        {
            var classifications = places.Correct.Length;
            throw new ArgumentException(
                Invariant($"{steps} steps with {classifications} classifications need room for {classifications * steps} numbers, and there is some for {correct.Length}."),
                nameof(correct));
        }
        var (losses, shares) = (new float[rows.Length], new float[checked(asked * rows.Length)]);
        Take();
        try
        {
            if (!kept.Contains(data))
            {
                throw new ArgumentException($"The data set is not kept for {Name}, or no longer.", nameof(data));
            }
            BringWeights();
            var (step, samples) = (data.Program(in program, places), rows.Length);
            Reserve(CudaCall.Bytes(in step, batchSize, Unsafe.SizeOf<TOptimizer>(), hasCursor: true));
            var state = StateOf<TOptimizer>(objective);
            // Everything is loaded, and has its memory, before anything changes.
            foreach (ref readonly var optimizer in optimizers)
            {
                state.Reserve(in optimizer, this, weights);
            }
            Begin(0, ahead: 1);
            data.Reserve(steps, call.HeadBytes);
            Load(in step);
            data.Write(rows);
            // The device takes what is new in each step from one copy of all of it: between two steps there is none.
            var heads = new byte[steps * call.HeadBytes];
            for (var i = 0; i < steps; i++)
            {
                state.Prepare(in optimizers[i], ahead: i + 1);
                Begin(i, ahead: i + 1);
                call.WriteHead(heads.AsSpan(i * call.HeadBytes, call.HeadBytes));
            }
            data.WriteHeads(heads);
            for (var i = 0; i < steps; i++)
            {
                state.Count();
                network.CountStep();
                deviceIsNewer = true;
                Begin(i, ahead: 0);
                call.Run();
            }
            data.Read(losses, shares);

            void Begin(int i, int ahead)
            {
                var first = i * batchSize;
                call.Begin(Math.Min(batchSize, samples - first), in step, network.Steps + ahead, weights, arena, state, first);
            }
        }
        finally
        {
            Leave();
        }
        for (var i = 0; i < steps; i++)
        {
            var first = i * batchSize;
            var batch = Math.Min(batchSize, rows.Length - first);
            results[i] = new BatchResult(Objective.Mean(in losses[first], places.LossOfSamples ? batch : 1), batch);
            for (var k = 0; k < asked; k++)
            {
                correct[(i * asked) + k] = Objective.Sum(in shares[(k * rows.Length) + first], batch);
            }
        }
    }

    /// <summary>Gives the memory of a data set back.</summary>
    public void Forget(CudaResidentData data)
    {
        using (Uninterrupted.EnterScope(gate))
        {
            if (!kept.Remove(data))
            {
                return;
            }
            using (Session.Enter())
            {
                _ = Session.Driver.StreamSynchronize(Stream);
                Graphs.Clear();
                loaded.ExceptWith(data.Programs);
                data.Free();
            }
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave()
    {
        Copies.Discard();
        _ = Session.Driver.CtxPopCurrent(out _);
        gate.Exit();
    }

    /// <summary>As many zeros as there are weights.</summary>
    public nint Zeros<TOptimizer>()
    {
        var floats = network.Layout.TotalFloats;
        var zeros = Session.Allocate((long)floats * sizeof(float), $"The state of {OptimizerName.Of<TOptimizer>()} for {Name}");
        // Graphs have another place for it, and steps before this one may still run.
        Session.Check(Session.Driver.StreamSynchronize(Stream), "Computing");
        Graphs.Clear();
        Session.Check(Session.Driver.MemsetD32Async(zeros, 0, (nuint)floats, Stream), "Clearing memory");
        return zeros;
    }

    /// <inheritdoc/>
    public override Span<float> LendWeights()
    {
        lock (gate)
        {
            var host = network.HostWeights;
            if (deviceIsNewer && !disposed)
            {
                using (Session.Enter())
                {
                    Copies.Download(MemoryMarshal.AsBytes(host), weights);
                }
                deviceIsNewer = false;
            }
            hostMayBeNewer = true;
            return host;
        }
    }

    /// <inheritdoc/>
    public override void BetweenCalls(Action action)
    {
        lock (gate)
        {
            _ = LendWeights();
            action();
        }
    }

    /// <inheritdoc/>
    public override void ResetOptimizers()
    {
        Take();
        try
        {
            Session.Check(Session.Driver.StreamSynchronize(Stream), "Computing");
            // Graphs know the places of the states.
            Graphs.Clear();
            foreach (var state in optimizers.Values)
            {
                state.Free(Session);
            }
            optimizers.Clear();
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    internal override (long Steps, AlignedFloats[] Slots) CopyOptimizer<TOptimizer>(int objective)
    {
        Take();
        try
        {
            return StateOf<TOptimizer>(objective).Copy(this);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    internal override void RestoreOptimizer<TOptimizer>(StepState state, int objective)
    {
        Take();
        try
        {
            Session.Check(Session.Driver.StreamSynchronize(Stream), "Computing");
            // Graphs know the places of the states.
            Graphs.Clear();
            StateOf<TOptimizer>(objective).Restore(state, this);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    private protected override ResidentData? Keep(ReadOnlySpan<DataColumn> columns, int classifications)
    {
        Take();
        try
        {
            // The other half is for the workspace, and for others.
            Session.Check(Session.Driver.MemGetInfo(out var free, out _), "Asking for the free memory");
            if (CudaResidentData.Bytes(columns, classifications) > (long)(free / 2))
            {
                return null;
            }
            var data = new CudaResidentData(this, columns, classifications);
            kept.Add(data);
            return data;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using (Uninterrupted.EnterScope(gate))
        {
            if (disposed)
            {
                return;
            }
            disposed = true;
            using (Session.EnterToFree())
            {
                _ = Session.Driver.StreamSynchronize(Stream);
                Graphs.Dispose();
                Copies.Dispose();
                foreach (var data in kept)
                {
                    data.Free();
                }
                kept.Clear();
                foreach (var optimizer in optimizers.Values)
                {
                    optimizer.Free(Session);
                }
                optimizers.Clear();
                Free(ref weights);
                Free(ref arena);
                _ = Session.Driver.StreamDestroy(Stream);
            }
            Device.EndUse();
        }
    }

    private void CheckBatch(int batch, long largest)
    {
        if (batch < 1)
        {
            throw OutOfRange.Of(
                nameof(batch), batch, Invariant($"{Name} computes batches of at least one sample, not {batch}."));
        }
        var most = int.MaxValue / Math.Max(1, largest);
        if (batch > most)
        {
            throw OutOfRange.Of(
                nameof(batch), batch, string.Create(CultureInfo.InvariantCulture, $"{Name} computes at most {most} samples at once on {network.Device}: a value of the batch has at most 2³¹ − 1 elements there."));
        }
    }

    /// <summary>This call's turn; the context is the thread's.</summary>
    private void Take()
    {
        gate.Enter();
        try
        {
            if (disposed)
            {
                throw new ObjectDisposedException(Name);
            }
            Session.Check(Session.Driver.CtxPushCurrent(Session.Handle), "Using the device");
        }
        catch
        {
            gate.Exit();
            throw;
        }
    }

    /// <summary>Loads the kernels of a program before any of them runs: one that cannot be compiled leaves no step half done.</summary>
    private void Load(in CudaProgram program)
    {
        if (loaded.Contains(program.Launch))
        {
            return;
        }
        call.Load(program.Launch);
        loaded.Add(program.Launch);
    }

    private CudaOptimizerState<TOptimizer> StateOf<TOptimizer>(int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (optimizers.TryGetValue(objective, out var kept) && kept is CudaOptimizerState<TOptimizer> state)
        {
            return state;
        }
        if (TOptimizer.HasPass)
        {
            throw new NotSupportedException(
                $"{OptimizerName.Of<TOptimizer>()} ends its steps by a look at all weights, which only a processor takes; {Name} is on {Device}. Optimizers whose whole rule is part of the kernels run here.");
        }
        ParameterTypes.Check(typeof(TOptimizer));
        if (kept is not null)
        {
            Graphs.Clear();
            kept.Free(Session);
        }
        var created = new CudaOptimizerState<TOptimizer>();
        optimizers[objective] = created;
        return created;
    }

    private void BringWeights()
    {
        if (!hostMayBeNewer)
        {
            return;
        }
        var host = MemoryMarshal.AsBytes(network.HostWeights);
        if (weights == 0)
        {
            weights = Session.Allocate(host.Length, $"The weights of {Name}");
        }
        Copies.Upload(weights, host);
        Copies.Flush();
        (hostMayBeNewer, deviceIsNewer) = (false, false);
    }

    private void Reserve(long bytes)
    {
        if (arena == 0 || arenaBytes < bytes)
        {
            // The old block goes first: the two together may not fit.
            Graphs.Clear();
            Free(ref arena);
            arenaBytes = 0;
            arena = Session.Allocate(bytes, $"The workspace of {Name}");
            arenaBytes = bytes;
        }
    }

    private void Free(ref nint memory)
    {
        if (memory != 0)
        {
            _ = Session.Driver.MemFree(memory);
            memory = 0;
        }
    }
}
