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

    /// <summary>Assembles one kernel; the test is skipped where there is no assembler.</summary>
    public static Resources Assemble(string ptx, string architecture = "sm_90")
    {
        var folder = Directory.CreateTempSubdirectory("netgen-ptx-");
        try
        {
            var source = Path.Combine(folder.FullName, "kernel.ptx");
            File.WriteAllText(source, ptx);
            using var process = Process.Start(new ProcessStartInfo(Program(), [$"-arch={architecture}", "-v", "-o", Path.Combine(folder.FullName, "kernel.cubin"), source])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var said = process.StandardError.ReadToEnd() + output.GetAwaiter().GetResult();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"ptxas refuses the kernel:\n{said}");
            return new Resources(Number(Registers(), said), Number(Spills(), said), Number(Stack(), said), Shared().IsMatch(said) ? Number(Shared(), said) : 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Program()
    {
        var candidates = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "ptxas"));
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } stated)
        {
            candidates = [stated];
        }
        var found = candidates.FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Skip($"ptxas is neither in PATH nor named by {Variable}.");
        }
        return found;
    }

    private static int Number(Regex pattern, string text)
    {
        var match = pattern.Match(text);
        Assert.True(match.Success, $"ptxas does not say {pattern}:\n{text}");
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex Spills();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
