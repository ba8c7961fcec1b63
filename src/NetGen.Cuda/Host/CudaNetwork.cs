using System.Globalization;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetGen.Cuda.Compilation;
using NetGen.Runtime;
using Floats = ILGPU.Runtime.MemoryBuffer1D<float, ILGPU.Stride1D.Dense>;

namespace NetGen.Cuda.Host;

/// <summary>
/// A network on a GPU: its weights, the state of its optimizers, the memory of its calls, its queue of launches. Calls take turns, for they share all
/// of it. The host has a copy of the weights; after training it is older than the device's, and after somebody looked at it, it may be newer.
/// </summary>
internal sealed class CudaNetwork : DeviceNetwork
{
    private readonly Lock gate = new();
    private readonly NetworkState network;
    private readonly CudaCall call;
    private readonly Dictionary<int, CudaOptimizerState> optimizers = [];
    private Floats? weights;
    private Floats? arena;
    private bool deviceIsNewer;
    private bool hostMayBeNewer = true;
    private bool disposed;

    public CudaNetwork(NetworkState network, CudaSession session)
    {
        this.network = network;
        Session = session;
        Stream = session.Accelerator.CreateStream();
        call = new CudaCall(this);
    }

    public CudaSession Session { get; }

    public AcceleratorStream Stream { get; }

    public NetworkState Network => network;

    /// <summary>Begins a call. <see cref="Leave"/> must follow, on the same thread.</summary>
    public CudaCall Enter(int batch, CudaMemory memory)
    {
        if (batch < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"{Name} computes batches of at least one sample, not {batch}.");
        }
        var most = int.MaxValue / Math.Max(1, memory.Largest);
        if (batch > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batch), batch, string.Create(CultureInfo.InvariantCulture, $"{Name} computes at most {most} samples at once on {network.Device}: a value of the batch has at most 2³¹ − 1 elements there."));
        }
        gate.Enter();
        try
        {
            if (disposed)
            {
                throw new ObjectDisposedException(Name);
            }
            BringWeights();
            Reserve((batch * memory.PerSample) + memory.Fixed);
            call.Begin(batch, network.Steps, weights!.View, arena!.View);
            return call;
        }
        catch
        {
            gate.Exit();
            throw;
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave() => gate.Exit();

    /// <summary>The state of an optimizer, prepared for a step. Inside of a call.</summary>
    public CudaOptimizerState<TOptimizer> Optimizer<TOptimizer>(in TOptimizer optimizer, int objective)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (!optimizers.TryGetValue(objective, out var kept) || kept is not CudaOptimizerState<TOptimizer> state)
        {
            ParameterTypes.Check(typeof(TOptimizer));
            kept?.Dispose();
            optimizers[objective] = state = new CudaOptimizerState<TOptimizer>();
        }
        state.Begin(in optimizer, this, weights!.View);
        return state;
    }

    /// <summary>A step changes the weights.</summary>
    public void Trains() => deviceIsNewer = true;

    /// <summary>As many zeros as there are weights.</summary>
    public Floats Zeros<TOptimizer>()
    {
        var zeros = Allocate(network.Layout.TotalFloats, $"The state of {typeof(TOptimizer).Name} for {Name}");
        zeros.MemSetToZero(Stream);
        return zeros;
    }

    /// <inheritdoc/>
    public override void LendWeights(Span<float> host)
    {
        lock (gate)
        {
            if (deviceIsNewer && weights is not null)
            {
                weights.View.BaseView.CopyToCPU(Stream, in host);
                deviceIsNewer = false;
            }
            hostMayBeNewer = true;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }
            disposed = true;
            Stream.Synchronize();
            foreach (var optimizer in optimizers.Values)
            {
                optimizer.Dispose();
            }
            optimizers.Clear();
            weights?.Dispose();
            arena?.Dispose();
            weights = arena = null;
            Stream.Dispose();
            Session.Release();
        }
    }

    private string Name => network.Layout.NetworkName;

    private void BringWeights()
    {
        if (!hostMayBeNewer)
        {
            return;
        }
        ReadOnlySpan<float> host = network.HostWeights;
        weights ??= Allocate(Math.Max(1, host.Length), $"The weights of {Name}");
        weights.View.BaseView.CopyFromCPU(Stream, in host);
        (hostMayBeNewer, deviceIsNewer) = (false, false);
    }

    private void Reserve(long floats)
    {
        if (arena is null || arena.Length < floats)
        {
            // The old block goes first: the two together may not fit.
            Stream.Synchronize();
            arena?.Dispose();
            arena = null;
            arena = Allocate(Math.Max(1, floats), $"The workspace of {Name}");
        }
    }

    private Floats Allocate(long floats, string what)
    {
        try
        {
            return Session.Accelerator.Allocate1D<float>(floats);
        }
        catch (CudaException e) when (e.Error.Contains("OUT_OF_MEMORY", StringComparison.Ordinal))
        {
            var free = Session.Accelerator is CudaAccelerator gpu ? gpu.GetFreeMemory() : 0;
            throw new OutOfMemoryException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} needs {Gigabytes(floats * sizeof(float))} on {network.Device}; of its {Gigabytes(Session.Accelerator.MemorySize)} only {Gigabytes(free)} are free. Take a smaller batch, or close what else uses the device."),
                e);
        }
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.###} GiB");
}
