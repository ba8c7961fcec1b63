namespace NetGen;

/// <summary>Where a network computes.</summary>
public abstract class Device
{
    private protected Device()
    {
    }

    /// <summary>What the device is called in messages, such as <c>cpu (8 threads)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The processor, with one thread per core.</summary>
    public static Device Cpu() => CpuDevice.AllCores;

    /// <summary>The processor, with a number of threads. The results have the same bits for every number.</summary>
    /// <param name="threads">1 to 1024. The calling thread is one of them; the others are shared by all networks of the process.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not from 1 to 1024.</exception>
    public static Device Cpu(int threads)
    {
        if (threads is < 1 or > CpuDevice.MaximumThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads,
                $"A CPU device has 1 to {CpuDevice.MaximumThreads} threads, not {threads}.");
        }
        return threads == CpuDevice.AllCores.Threads ? CpuDevice.AllCores : new CpuDevice(threads);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>The processor.</summary>
public sealed class CpuDevice : Device
{
    internal const int MaximumThreads = 1024;

    internal static readonly CpuDevice AllCores = new(Math.Min(Environment.ProcessorCount, MaximumThreads));

    internal CpuDevice(int threads) => Threads = threads;

    /// <summary>How many threads share the work of one call, the calling one included.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public override string Name => Threads == 1 ? "cpu (1 thread)" : $"cpu ({Threads} threads)";
}
