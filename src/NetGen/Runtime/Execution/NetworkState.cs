using System.ComponentModel;
using static System.FormattableString;

namespace NetGen.Runtime;

/// <summary>
/// What a network owns at run time: its weights, the memory of its calls, the state of its optimizers.
/// </summary>
/// <remarks>
/// Any number of threads may compute with one network at a time; each call gets a frame and a workspace of its own.
/// A training step is alone among steps, and Save and Load wait for it; calls that only compute are not held up
/// by it, so a prediction that runs during a step or a write to Parameters sees some weights before and some after it.
/// Load makes a new block of weights and puts it in the place of the old one: a call takes the block that is there when it begins and
/// keeps it to its end, so it sees the old weights or the new ones, whole, and costs nothing more.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkState : IWeightStore, IDisposable
{
    private readonly Lock gate = new();
    private readonly object exclusive = new();
    private readonly ParameterLayout layout;
    private ulong seed;
    private readonly int threads;
    private readonly TeamLease lease;
    private volatile AlignedFloats? weights;
    private volatile NetworkParameters? parameters;
    private CallFrame? pool;
    private object?[] optimizers = [];
    private long steps;
    private int stepping;
    private bool disposed;

    /// <summary>The state of a new network. Weights come into being when they are first used.</summary>
    /// <param name="layout">Where every parameter lies.</param>
    /// <param name="seed">The seed of the first weights and of everything random in training.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="hasDevicePrograms">Whether the network was compiled for other devices than the processor as well.</param>
    /// <param name="hasSequences">Whether it reads sequences of any length, for the message.</param>
    /// <param name="hasScans">Whether a cell goes from step to step, for the message.</param>
    /// <exception cref="NotSupportedException">The device is not a processor, and the network has no program for it.</exception>
    public NetworkState(ParameterLayout layout, ulong seed, Device device, bool hasDevicePrograms = false, bool hasSequences = false, bool hasScans = false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(device);
        threads = device is CpuDevice cpu
            ? cpu.Threads
            : hasDevicePrograms
                ? 1
                : throw new NotSupportedException(hasSequences
                    ? $"{layout.NetworkName} reads sequences of any length, which are computed on the processor only; it cannot run on {device.Name}. Sequences of one length, [Shape(64)] Indices tokens, run on both."
                    : hasScans
                    ? $"{layout.NetworkName} has a Scan, or a recurrent layer that is made of one, which is computed on the processor only; it cannot run on {device.Name}. Lstm, Gru and Rnn of constant length, without options that need a Scan, run on both."
                    : $"{layout.NetworkName} was compiled for the CPU only; it cannot run on {device.Name}. Add the device's package to the project that declares the network.");
        lease = new TeamLease(threads);
        this.layout = layout;
        this.seed = seed;
        Device = device;
        OnDevice = device.Connect(this);
    }

    /// <summary>Where the network computes.</summary>
    public Device Device { get; }

    /// <summary>The network's part on another device; null where the processor computes.</summary>
    public DeviceNetwork? OnDevice { get; }

    internal ParameterLayout Layout => layout;

    internal ulong Seed => seed;

    /// <summary>The host's copy of the weights, as it is.</summary>
    internal Span<float> HostWeights => GetWeights().Span;

    /// <summary>How many samples of a batch are computed at once if each thread takes that many.</summary>
    public int SamplesAtOnce(int batch, int perThread) => (int)Math.Min(batch, (long)perThread * threads);

    /// <summary>Floats of all threads, if each has that many of its own.</summary>
    public long OfEachThread(int floats) => (long)floats * threads;

    /// <summary>The network's parameters by position and by name.</summary>
    public NetworkParameters Parameters
    {
        get
        {
            if (parameters is null)
            {
                var created = new NetworkParameters(layout, this);
                lock (gate)
                {
                    parameters ??= created;
                }
            }
            return parameters;
        }
    }

    /// <summary>How many training steps have begun.</summary>
    public long Steps => Volatile.Read(ref steps);

    /// <inheritdoc/>
    public Span<float> Weights => OnDevice is null ? HostWeights : OnDevice.LendWeights();

    bool IWeightStore.KnowsPasses => true;

    AlignedFloats IWeightStore.Snapshot()
    {
        var copy = new AlignedFloats(layout.TotalFloats, cleared: false, $"A copy of the weights of {layout.NetworkName}");
        BetweenSteps(() => HostWeights.CopyTo(copy.Span));
        return copy;
    }

    bool IWeightStore.TryReplace(AlignedFloats staged)
    {
        BetweenSteps(() =>
        {
            lock (gate)
            {
                weights = disposed ? throw new ObjectDisposedException(layout.NetworkName) : staged;
            }
        });
        return true;
    }

    StepState? IWeightStore.Capture<TOptimizer>(int objective)
    {
        lock (exclusive)
        {
            if (OnDevice is not null)
            {
                _ = OnDevice.LendWeights();
                var (used, copies) = OnDevice.CopyOptimizer<TOptimizer>(objective);
                return new(seed, Steps, used, GetWeights(), copies);
            }
            var state = StateOf<TOptimizer>(objective);
            return new(seed, Steps, state.Steps, GetWeights(), state.Slots);
        }
    }

    void IWeightStore.Restore<TOptimizer>(StepState state, int objective)
    {
        // Beside a step it is refused before anything has changed, and until it is whole there is none. What may lack memory comes first.
        BeginStep();
        try
        {
            OptimizerState<TOptimizer>? optimizer = OnDevice is null ? StateOf<TOptimizer>(objective) : null;
            OnDevice?.RestoreOptimizer<TOptimizer>(state, objective);
            ((IWeightStore)this).TryReplace(state.Weights);
            optimizer?.Restore(state);
            seed = state.Seed;
            steps = state.Steps;
        }
        finally
        {
            LeaveStep();
        }
    }

    /// <summary>Begins a call. <see cref="Exit"/> must follow.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="workspaceFloats">The floats of scratch memory that the call needs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is below 1, or <paramref name="workspaceFloats"/> is
    /// negative.</exception>
    /// <exception cref="OutOfMemoryException">The scratch memory or the weights cannot be allocated.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public CallFrame Enter(int batch, long workspaceFloats)
    {
        if (batch < 1)
        {
            throw OutOfRange.Of(nameof(batch), batch, Invariant($"{layout.NetworkName} computes batches of at least one sample, not {batch}."));
        }
        if (workspaceFloats < 0)
        {
            throw OutOfRange.Of(nameof(workspaceFloats), workspaceFloats, Invariant($"A workspace cannot have {workspaceFloats} floats."));
        }
        var current = GetWeights();
        var frame = Rent();
        try
        {
            frame.Reserve(workspaceFloats, layout.NetworkName);
        }
        catch
        {
            Exit(frame);
            throw;
        }
        frame.Bind(batch, seed, Steps, current);
        return frame;
    }

    /// <summary>Ends a call. Never throws.</summary>
    public void Exit(CallFrame frame)
    {
        frame.Unbind();
        using (Uninterrupted.EnterScope(gate))
        {
            if (!disposed)
            {
                frame.Next = pool;
                pool = frame;
            }
        }
    }

    /// <summary>Begins a training step. <see cref="ExitStep"/> must follow, on the same thread.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="workspaceFloats">The floats of scratch memory that the step needs.</param>
    /// <param name="optimizer">Its hyper-parameters. Its state is kept as long as the type stays the same.</param>
    /// <param name="objective">Which objective of the network is stepped; each has an optimizer state of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyper-parameter is out of range; or as <see cref="Enter"/>.</exception>
    /// <exception cref="InvalidOperationException">Another step of this network has not ended.</exception>
    /// <exception cref="OutOfMemoryException">The scratch memory, the weights or the optimizer's state cannot be allocated.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public CallFrame EnterStep<TOptimizer>(int batch, long workspaceFloats, in TOptimizer optimizer, int objective = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        optimizer.Validate();
        OutOfRange.ThrowIfLess(objective, 0);
        BeginStep();
        try
        {
            var frame = Enter(batch, workspaceFloats);
            try
            {
                var state = StateOf<TOptimizer>(objective);
                state.Begin(in optimizer, in frame.Weights);
                frame.Optimizer = state;
                frame.StepNumber = CountStep();
            }
            catch
            {
                Exit(frame);
                throw;
            }
            return frame;
        }
        catch
        {
            LeaveStep();
            throw;
        }
    }

    /// <summary>Ends a training step. Never throws.</summary>
    public void ExitStep(CallFrame frame)
    {
        Exit(frame);
        LeaveStep();
    }

    /// <summary>Writes the weights to a safetensors file: <see cref="SafeTensors.Save(string, NetworkParameters, bool)"/>.</summary>
    public void Save(string path, bool allowNotFinite = false) => SafeTensors.Save(path, Parameters, allowNotFinite);

    /// <summary>Forgets what the optimizers keep: the next step is as the first.</summary>
    /// <exception cref="InvalidOperationException">A step is running.</exception>
    public void ResetOptimizers()
    {
        BeginStep();
        try
        {
            optimizers = [];
            OnDevice?.ResetOptimizers();
        }
        finally
        {
            LeaveStep();
        }
    }

    /// <summary>
    /// Reads the weights from a safetensors file: <see cref="SafeTensors.Load(string, NetworkParameters, FileOrder, bool)"/>. The
    /// optimizers' state stays.
    /// </summary>
    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) =>
        SafeTensors.Load(path, Parameters, order, allowNotFinite);

    /// <summary>Lets go of all memory. Calls that run at this time end well; later ones throw.</summary>
    public void Dispose()
    {
        using (Uninterrupted.EnterScope(gate))
        {
            disposed = true;
            weights = null;
            pool = null;
            optimizers = [];
        }
        lease.End();
        OnDevice?.Dispose();
    }

    /// <summary>Takes the right to step. <see cref="LeaveStep"/> must follow, on the same thread.</summary>
    internal void BeginStep()
    {
        if (Interlocked.Exchange(ref stepping, 1) != 0)
        {
            throw new InvalidOperationException($"A training step of {layout.NetworkName} is still running; a network takes one step at a time.");
        }
        try
        {
            // Who copies or replaces the weights holds this lock too, and is waited for.
            Monitor.Enter(exclusive);
        }
        catch
        {
            // Interrupted.
            Volatile.Write(ref stepping, 0);
            throw;
        }
    }

    /// <summary>The number of the step that begins: 1, 2, …</summary>
    internal long CountStep() => ++steps;

    internal void LeaveStep()
    {
        Monitor.Exit(exclusive);
        Volatile.Write(ref stepping, 0);
    }

    private void BetweenSteps(Action action)
    {
        lock (exclusive)
        {
            if (OnDevice is null)
            {
                action();
            }
            else
            {
                OnDevice.BetweenCalls(action);
            }
        }
    }

    private AlignedFloats GetWeights() => weights ?? CreateWeights();

    private AlignedFloats CreateWeights()
    {
        lock (gate)
        {
            if (disposed)
            {
                throw new ObjectDisposedException(layout.NetworkName);
            }
            if (weights is null)
            {
                var created = new AlignedFloats(layout.TotalFloats, cleared: false, $"The block of weights of {layout.NetworkName}");
                layout.Initialize(created.Span, seed);
                weights = created;
            }
            return weights;
        }
    }

    private CallFrame Rent()
    {
        lock (gate)
        {
            if (pool is { } frame)
            {
                pool = frame.Next;
                frame.Next = null;
                return frame;
            }
        }
        return new CallFrame(threads, lease);
    }

    private OptimizerState<TOptimizer> StateOf<TOptimizer>(int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        // Dispose may put an empty array in its place at any time.
        var known = Volatile.Read(ref optimizers);
        if (objective < known.Length && known[objective] is OptimizerState<TOptimizer> kept)
        {
            return kept;
        }
        var created = new OptimizerState<TOptimizer>(layout, objective);
        lock (gate)
        {
            if (disposed)
            {
                throw new ObjectDisposedException(layout.NetworkName);
            }
            if (objective >= optimizers.Length)
            {
                Array.Resize(ref optimizers, objective + 1);
            }
            optimizers[objective] = created;
        }
        return created;
    }
}
