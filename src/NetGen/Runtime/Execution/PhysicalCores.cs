using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>
/// The cores that the process may use. Two hardware threads of a core share its multipliers, which one busy thread fills: with a thread on each, kernels
/// are no faster, and barriers wait for more of them.
/// </summary>
internal static partial class PhysicalCores
{
    /// <summary>
    /// The physical cores among the processors that the process may run on; at most <see cref="Environment.ProcessorCount"/>, which knows the limits of
    /// containers. That number itself where the system does not tell (macOS, whose processors today have one thread per core).
    /// </summary>
    public static int Count()
    {
        var logical = Environment.ProcessorCount;
        var physical = OperatingSystem.IsLinux() ? CountOnLinux("/proc/self/status", "/sys/devices/system/cpu")
            : OperatingSystem.IsWindows() ? CountOnWindows()
            : 0;
        return physical > 0 ? Math.Min(physical, logical) : logical;
    }

    /// <summary>Counts the different lists of siblings of the processors that the process may run on; 0 if a file is missing or reads differently.</summary>
    internal static int CountOnLinux(string status, string processors)
    {
        try
        {
            const string Allowed = "Cpus_allowed_list:";
            var list = File.ReadLines(status).First(line => line.StartsWith(Allowed, StringComparison.Ordinal))[Allowed.Length..];
            return Processors(list).Select(n => File.ReadAllText(FormattableString.Invariant($"{processors}/cpu{n}/topology/thread_siblings_list")).Trim())
                .Distinct().Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException or OverflowException)
        {
            return 0;
        }
    }

    /// <summary>The numbers of a list as the kernel writes them: <c>0-3,8,10-11</c>.</summary>
    private static IEnumerable<int> Processors(string list)
    {
        foreach (var range in list.Split(','))
        {
            var ends = range.Split('-');
            var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            var last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (var n = first; n <= last; n++)
            {
                yield return n;
            }
        }
    }

    /// <summary>Counts the cores of the process's processor group (64 processors) that its affinity leaves it; 0 if Windows does not tell.</summary>
    private static unsafe int CountOnWindows()
    {
        uint bytes = 0;
        _ = GetLogicalProcessorInformation(null, &bytes);
        if (bytes == 0 || GetProcessAffinityMask(-1, out var allowed, out _) == 0)
        {
            return 0;
        }
        var entries = new ProcessorInformation[(bytes / sizeof(ProcessorInformation)) + 1];
        bytes = (uint)(entries.Length * sizeof(ProcessorInformation));
        fixed (ProcessorInformation* start = entries)
        {
            if (GetLogicalProcessorInformation(start, &bytes) == 0)
            {
                return 0;
            }
        }
        // More than one group: each thread's mask is of its own group, and no one mask tells.
        return Environment.ProcessorCount > nint.Size * 8 ? 0 : CountCores(entries.AsSpan(0, (int)(bytes / sizeof(ProcessorInformation))), allowed);
    }

    /// <summary>The entries that are cores and have a processor in the mask.</summary>
    internal static int CountCores(ReadOnlySpan<ProcessorInformation> entries, nuint allowed)
    {
        var cores = 0;
        foreach (var entry in entries)
        {
            if (entry.Relationship == ProcessorInformation.Core && (entry.Mask & allowed) != 0)
            {
                cores++;
            }
        }
        return cores;
    }

    [LibraryImport("kernel32")]
    private static unsafe partial int GetLogicalProcessorInformation(ProcessorInformation* buffer, uint* bytes);

    [LibraryImport("kernel32")]
    private static partial int GetProcessAffinityMask(nint process, out nuint processMask, out nuint systemMask);

    /// <summary>Windows' SYSTEM_LOGICAL_PROCESSOR_INFORMATION: what a set of processors shares.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ProcessorInformation
    {
        /// <summary>RelationProcessorCore.</summary>
        public const int Core = 0;

        public nuint Mask;
        public int Relationship;
        public ulong Detail0;
        public ulong Detail1;
    }
}
