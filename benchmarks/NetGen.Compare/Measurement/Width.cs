using System.Diagnostics;

namespace Comparison;

/// <summary>
/// Registers of 256 bits on both sides. .NET and the peers read the choice when they start, so the program starts itself again with what
/// says it. ONNX Runtime has no such switch.
/// </summary>
internal static class Width
{
    // 3 is BLIS's number of the kernels for Haswell.
    private static readonly (string Variable, string Value)[] Switches =
    [
        ("DOTNET_EnableAVX512", "0"),
        ("ATEN_CPU_CAPABILITY", "avx2"), ("MKL_ENABLE_INSTRUCTIONS", "AVX2"), ("DNNL_MAX_CPU_ISA", "AVX2"),
        ("OPENBLAS_CORETYPE", "Haswell"), ("BLIS_ARCH_TYPE", "3"),
    ];

    /// <summary>Whether this process was started so.</summary>
    public static bool IsHeld => Switches.All(item => Environment.GetEnvironmentVariable(item.Variable) == item.Value);

    /// <summary>The same program with the same arguments, held; gives its exit code.</summary>
    public static int Restart(string[] args)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }
        foreach (var argument in args)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var (variable, value) in Switches)
        {
            start.Environment[variable] = value;
        }
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
