using System.Globalization;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>Settings of the whole process. All members may be used by several threads at once.</summary>
/// <example><code>NetGenOptions.Threads = 4;                                   // before the first network is made</code></example>
public static class NetGenOptions
{
    /// <summary>The environment variable that states <see cref="Threads"/> from outside: <c>NETGEN_THREADS</c>.</summary>
    public const string ThreadsVariable = "NETGEN_THREADS";

    // 0: not asked for yet.
    private static int threads;
    private static bool allowFewerThreads;

    /// <summary>
    /// With how many threads a network computes whose constructor was not told (<see cref="Device.Cpu()"/>): what was set here, else the
    /// environment variable <see cref="ThreadsVariable"/>, else the number of physical cores that the process may use. Results have the
    /// same bits for every number.
    /// </summary>
    /// <remarks>Networks that exist already keep their number. <see cref="Device.Cpu(int)"/> goes before all of this.</remarks>
    /// <value>1 to 1024.</value>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not from 1 to 1024 is set.</exception>
    /// <exception cref="InvalidOperationException">Nothing was set, and the environment variable is not a whole number from 1 to
    /// 1024.</exception>
    public static int Threads
    {
        get
        {
            var known = Volatile.Read(ref threads);
            if (known != 0)
            {
                return known;
            }
            var found = Parse(Environment.GetEnvironmentVariable(ThreadsVariable)) ?? Math.Min(PhysicalCores.Count(), CpuDevice.MaximumThreads);
            // Who sets it meanwhile is right.
            known = Interlocked.CompareExchange(ref threads, found, 0);
            return known != 0 ? known : found;
        }

        set => Volatile.Write(ref threads, CpuDevice.Checked(value, nameof(value)));
    }

    /// <summary>
    /// Whether a network goes on with fewer threads where the system refuses some: a container's limit of processes, or of memory. False by
    /// default: its first call that needs them is an <see cref="InvalidOperationException"/> that says why, and no thread of those already
    /// started is left. Results have the same bits either way.
    /// </summary>
    public static bool AllowFewerThreads
    {
        get => Volatile.Read(ref allowFewerThreads);
        set => Volatile.Write(ref allowFewerThreads, value);
    }

    /// <summary>What the environment variable says; null if it is not set or empty.</summary>
    internal static int? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= CpuDevice.MaximumThreads
            ? number
            : throw new InvalidOperationException(
                Invariant($"The environment variable {ThreadsVariable} is '{text}'; it must be a whole number of threads from 1 to {CpuDevice.MaximumThreads}, or not be set."));
    }
}
