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
    public static Resources Assemble(string ptx, string architecture = "sm_90") => Assemble(ptx, architecture, _ => true).Resources;

    /// <summary>Assembles one kernel and reads the machine code; the test is skipped where there is no assembler or no disassembler.</summary>
    public static (Resources Resources, string Code) Disassemble(string ptx, string architecture = "sm_90") => Assemble(ptx, architecture, code =>
    {
        var program = Find("cuobjdump", null);
        var start = new ProcessStartInfo(program, ["-sass", code]);
        // It calls nvdisasm.
        start.Environment["PATH"] = $"{Path.GetDirectoryName(program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        var (exit, said) = Run(start);
        Assert.True(exit == 0, $"cuobjdump cannot read the kernel:\n{said}");
        return said;
    });

    /// <summary>Whether the assembler is of the version that recorded numbers are from; the test is skipped where there is none.</summary>
    public static bool IsOfVersion() => Run(new ProcessStartInfo(Program(), ["--version"])).Output.Contains($"release {Version}", StringComparison.Ordinal);

    private static (Resources Resources, T Read) Assemble<T>(string ptx, string architecture, Func<string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("netgen-ptx-");
        try
        {
            var (source, code) = (Path.Combine(folder.FullName, "kernel.ptx"), Path.Combine(folder.FullName, "kernel.cubin"));
            File.WriteAllText(source, ptx);
            var (exit, said) = Run(new ProcessStartInfo(Program(), [$"-arch={architecture}", "-v", "-o", code, source]));
            Assert.True(exit == 0, $"ptxas refuses the kernel:\n{said}");
            return (new Resources(Number(Registers(), said), Number(Spills(), said), Number(Stack(), said), Shared().IsMatch(said) ? Number(Shared(), said) : 0), read(code));
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

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex Spills();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
