using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Kernels;

List<string> options = [.. args];

if (options is ["--vector-math"])
{
    VectorMathTable.Print();
    return 0;
}

if (options is ["--beside"])
{
    BesideTable.Print();
    return 0;
}

if (options is [BesideTable.Busy])
{
    BesideTable.Spin();
    return 0;
}

// --asm PATTERN: BenchmarkDotNet's disassembler (--disasm) follows calls from the benchmark, and does not find what is generic and called through a
// delegate, as all kernels are. So the JIT is asked.
int asm = options.IndexOf("--asm");
if (asm >= 0)
{
    if (asm + 1 == options.Count)
    {
        Console.Error.WriteLine("--asm needs the name of a kernel, such as '*dense_forward*'.");
        return 2;
    }

    string file = Path.Combine(Directory.CreateDirectory("BenchmarkDotNet.Artifacts").FullName, "kernels.asm");
    File.Delete(file);
    string pattern = options[asm + 1];
    options.RemoveRange(asm, 2);
    if (!options.Contains("--envVars"))
        options.Add("--envVars");
    options.InsertRange(options.IndexOf("--envVars") + 1, [$"DOTNET_JitDisasm:{pattern}", $"DOTNET_JitStdOutFile:{file}"]);
}

// All benchmarks, and short runs, unless the command line says otherwise.
if (!options.Exists(option => option is "--filter" or "-f" or "--list"))
    options.AddRange(["--filter", "*"]);
if (!options.Exists(option => option is "--job" or "-j"))
    options.AddRange(["--job", "short"]);

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. options], DefaultConfig.Instance.AddColumn(new FlopsColumn()));
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
