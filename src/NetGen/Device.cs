using System.Buffers;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>Where a network computes.</summary>
/// <example>
/// <code>
/// using var network = new Churn(seed: 1, Device.Cpu(threads: 2));
/// Console.WriteLine(network.Device);                            // cpu (2 threads)
/// </code>
/// </example>
public abstract class Device
{
    private protected Device()
    {
    }

    /// <summary>What the device is called in messages, such as <c>cpu (8 threads)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The processor, with <see cref="NetGenOptions.Threads"/> threads: one per physical core unless stated otherwise.</summary>
    /// <exception cref="InvalidOperationException">The environment variable NETGEN_THREADS is not a whole number from 1 to
    /// 1024.</exception>
    public static Device Cpu() => new CpuDevice(NetGenOptions.Threads);

    /// <summary>The processor, with a number of threads. The results have the same bits for every number.</summary>
    /// <param name="threads">1 to 1024. The calling thread is one of them; the others are shared by all networks of the process.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not from 1 to 1024.</exception>
    public static Device Cpu(int threads) => new CpuDevice(CpuDevice.Checked(threads, nameof(threads)));

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>What a new network owns on the device; null on the processor.</summary>
    private protected virtual DeviceNetwork? CreateNetwork(NetworkState network) => null;

    internal DeviceNetwork? Connect(NetworkState network) => CreateNetwork(network);

    /// <summary>Memory of the host that the device copies from by itself; null: any memory is as good.</summary>
    private protected virtual IMemoryOwner<T>? AllocateHost<T>(int count)
        where T : unmanaged => null;

    internal IMemoryOwner<T>? HostMemory<T>(int count)
        where T : unmanaged => AllocateHost<T>(count);
}

/// <summary>The processor.</summary>
public sealed class CpuDevice : Device
{
    internal const int MaximumThreads = 1024;

    internal CpuDevice(int threads) => Threads = threads;

    /// <summary>How many threads share the work of one call, the calling one included.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public override string Name => Threads == 1 ? "cpu (1 thread)" : Invariant($"cpu ({Threads} threads)");

    internal static int Checked(int threads, string name) => threads is >= 1 and <= MaximumThreads
        ? threads
        : throw OutOfRange.Of(
            name, threads, Invariant($"A CPU device has 1 to {MaximumThreads} threads, not {threads}."));
}
