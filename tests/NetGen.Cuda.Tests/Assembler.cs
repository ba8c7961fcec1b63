using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Cuda.Tests;

/// <summary>NVIDIA's assembler, ptxas: what it makes of PTX for a processor generation. It needs no GPU.</summary>
internal static partial class Assembler
{
    /// <summary>The environment variable with the program's path; else it is looked for in PATH.</summary>
    private const string Variable = "NETGEN_PTXAS";

    /// <summary>What a kernel needs.</summary>
    public sealed record Resources(int Registers, int SpillBytes, int StackBytes, int SharedBytes);

    /// <summary>The version that <c>get-ptxas.sh</c> brings. What another one needs of registers differs by some.</summary>
    public const string Version = "11.8";

    /// <summary>Assembles one kernel; the test is skipped where there is no assembler.</summary>
    public static Resources Assemble(string ptx, string architecture = "sm_90") => InFolder(ptx, architecture, (said, _) => ResourcesOf(said));

    /// <summary>
    /// Assembles kernels and reads their machine code; the test is skipped where there is no assembler or no disassembler. They are one
    /// module, for a disassembler takes
    /// most of its time to begin; but those with shared memory of a size that the launch states, which a module declares once, are each
    /// one of its own.
    /// </summary>
    public static IReadOnlyList<(Resources Resources, string Code)> Disassemble(IReadOnlyList<string> ptxs, string architecture = "sm_90")
    {
        var found = new (Resources Resources, string Code)[ptxs.Count];
        foreach (var module in Enumerable.Range(0, ptxs.Count).GroupBy(i => ptxs[i].Contains("__dyn_shared_alloca", StringComparison.Ordinal) ? i : -1))
        {
            int[] places = [.. module];
            InFolder(string.Concat(places.Select((place, i) => Renamed(ptxs[place], i))), architecture, (said, file) =>
            {
                var (exit, code) = Run(new ProcessStartInfo(Find("nvdisasm", null), ["--print-code", file]));
                Assert.True(exit == 0, $"nvdisasm cannot read the kernels:\n{code}");
                var (resources, codes) = (ByKernel(Compiled(), said), ByKernel(Function(), code));
                for (var i = 0; i < places.Length; i++)
                {
                    found[places[i]] = (ResourcesOf(resources[i]), codes[i]);
                }
                return true;
            });
        }
        return found;
    }

    /// <summary>
    /// A kernel with its place in the module as a part of its name, which is all that kernels have in common; only the first has the
    /// module's header.
    /// </summary>
    private static string Renamed(string ptx, int place)
    {
        var renamed = Entry().Replace(ptx, $".entry Kernel{place}_");
        return place == 0 ? renamed : Header().Replace(renamed, "");
    }

    /// <summary>The parts of what is said of the kernels, each after its name.</summary>
    private static Dictionary<int, string> ByKernel(Regex name, string said)
    {
        var begins = name.Matches(said);
        return begins.Select((begin, i) => (Place: int.Parse(begin.Groups[1].Value, CultureInfo.InvariantCulture), Said: said[begin.Index..(i + 1 < begins.Count ? begins[i + 1].Index : said.Length)]))
            .ToDictionary(part => part.Place, part => part.Said);
    }

    private static Resources ResourcesOf(string said) =>
        new(Number(Registers(), said), Number(Spills(), said), Number(Stack(), said), Shared().IsMatch(said) ? Number(Shared(), said) : 0);

    /// <summary>Whether the assembler is of the version that recorded numbers are from; the test is skipped where there is none.</summary>
    public static bool IsOfVersion() => Run(new ProcessStartInfo(Program(), ["--version"])).Output.Contains($"release {Version}", StringComparison.Ordinal);

    private static T InFolder<T>(string ptx, string architecture, Func<string, string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("netgen-ptx-");
        try
        {
            var (source, code) = (Path.Combine(folder.FullName, "kernels.ptx"), Path.Combine(folder.FullName, "kernels.cubin"));
            File.WriteAllText(source, ptx);
            var (exit, said) = Run(new ProcessStartInfo(Program(), [$"-arch={architecture}", "-v", "-o", code, source]));
            Assert.True(exit == 0, $"ptxas refuses the kernels:\n{said}");
            return read(said, code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Exit, string Output) Run(ProcessStartInfo start)
    {
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd() + output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static string Program() => Find("ptxas", Environment.GetEnvironmentVariable(Variable));

    /// <summary>A program that is stated, beside the assembler, or in PATH.</summary>
    private static string Find(string name, string? stated)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend(Path.GetDirectoryName(Environment.GetEnvironmentVariable(Variable)) ?? "");
        var found = stated is { Length: > 0 } ? new[] { stated }.FirstOrDefault(File.Exists) : folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Skip($"{name} is neither in PATH nor {(name == "ptxas" ? "named by" : "beside the program that is named by")} {Variable}.");
        }
        return found;
    }

    private static int Number(Regex pattern, string text)
    {
        var match = pattern.Match(text);
        Assert.True(match.Success, $"ptxas does not say {pattern}:\n{text}");
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\.entry Kernel_")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.(version|target|address_size)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"Compiling entry function 'Kernel(\d+)_")]
    private static partial Regex Compiled();

    [GeneratedRegex(@"^\.text\.Kernel(\d+)_\w*:", RegexOptions.Multiline)]
    private static partial Regex Function();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex Spills();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
