using System.Buffers;
using NetGen.Cuda.Host;
using NetGen.Runtime;

namespace NetGen.Cuda;

/// <summary>An NVIDIA GPU: what <see cref="CudaDevices.Cuda"/> gives.</summary>
/// <example>
/// <code>
/// using CudaBuffer&lt;float> inputs = device.Allocate&lt;float>(32 * 784);
/// inputs.Upload(pixels);
/// </code>
/// </example>
public sealed class CudaDevice : Device
{
    private readonly Lock gate = new();
    private readonly Func<CudaSession> open;
    private CudaSession? session;
    private int users;

    internal CudaDevice(int index, string name, long memory, Func<CudaSession> open)
    {
        Index = index;
        Name = name;
        Memory = memory;
        this.open = open;
    }

    /// <summary>The device's number, from 0, in the driver's order.</summary>
    public int Index { get; }

    /// <summary>For example <c>cuda:0 (NVIDIA H100 80GB HBM3)</c>.</summary>
    public override string Name { get; }

    /// <summary>The device's memory in bytes.</summary>
    public long Memory { get; }

    /// <summary>Memory of the device, whose content is undefined until it is written.</summary>
    /// <param name="count">How many elements, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="OutOfMemoryException">The device has not as much; the message has the numbers.</exception>
    public CudaBuffer<T> Allocate<T>(long count)
        where T : unmanaged
    {
        OutOfRange.ThrowIfLess(count, 1);
        return new CudaBuffer<T>(this, count);
    }

    /// <summary>Page-locked memory of the host, zeros at first.</summary>
    /// <param name="count">How many elements, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="OutOfMemoryException">The system does not give as much.</exception>
    public PinnedBuffer<T> AllocatePinned<T>(int count)
        where T : unmanaged
    {
        OutOfRange.ThrowIfLess(count, 1);
        return new PinnedBuffer<T>(this, count);
    }

    /// <summary>The device for one more user: all share one session, and the last that ends its use closes it.</summary>
    internal CudaSession BeginUse()
    {
        lock (gate)
        {
            session ??= open();
            users++;
            return session;
        }
    }

    internal void EndUse()
    {
        using (Uninterrupted.EnterScope(gate))
        {
            if (--users == 0)
            {
                session!.Dispose();
                session = null;
            }
        }
    }

    /// <summary>What streams write their batches into: the device copies from there without staging.</summary>
    private protected override IMemoryOwner<T> AllocateHost<T>(int count) => new PinnedOwner<T>(AllocatePinned<T>(count));

    private protected override DeviceNetwork CreateNetwork(NetworkState network)
    {
        var used = BeginUse();
        try
        {
            return new CudaNetwork(network, this, used);
        }
        catch
        {
            EndUse();
            throw;
        }
    }
}
