using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace Comparison;

/// <summary>Where it is measured, and with which programs.</summary>
internal sealed partial record Machine
{
    /// <summary>The width of the registers that NetGen uses, by the choice that the generated code makes; 32 is number by number.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;

    /// <summary>As the processor calls itself.</summary>
    public required string Processor { get; init; }

    /// <summary>That the process may use.</summary>
    public required int Cores { get; init; }

    /// <inheritdoc cref="Bits"/>
    public required int VectorBits { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>.NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>Of the measurement, in UTC.</summary>
    public required string Date { get; init; }

    /// <summary>
    /// Family and model as the processor counts them, such as 26-2; empty where the system does not say. Virtual machines call all
    /// generations alike ("AMD EPYC"), and their numbers should not overwrite each other.
    /// </summary>
    public required string Model { get; init; }

    /// <summary>The processor as the name of a folder.</summary>
    public string Folder => NotInNames().Replace($"{Processor} {Model}".ToLowerInvariant(), "-").Trim('-');

    /// <summary>Whether the processor has registers of 512 bits, whatever .NET was told to use.</summary>
    public static bool HasAvx512 { get; } = Information("flags")?.Split(' ').Contains("avx512f") ?? Vector512.IsHardwareAccelerated;

    public static Machine This() => new()
    {
        Processor = ProcessorName(),
        Model = string.Join('-', new[] { Information("cpu family"), Information("model") }.OfType<string>()),
        Cores = Environment.ProcessorCount,
        VectorBits = Bits,
        System = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        Runtime = RuntimeInformation.FrameworkDescription,
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>The version that an assembly states, without the commit.</summary>
    public static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    private static string ProcessorName() =>
        Information("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>What Linux says of the first processor, or null.</summary>
    private static string? Information(string name)
    {
        const string File = "/proc/cpuinfo";
        var lines = global::System.IO.File.Exists(File) ? global::System.IO.File.ReadLines(File) : [];
        return lines.Select(line => line.Split(':', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == name)?[1].Trim();
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
