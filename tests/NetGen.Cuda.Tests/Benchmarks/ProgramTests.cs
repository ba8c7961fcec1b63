using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Benchmarks;

/// <summary>What benchmarks/NetGen.Gpu does without a GPU.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Kernels => [.. ProductKernels.All.Select(kernel => kernel.Method)];

    public static TheoryData<string> Probes => [.. ProbeKernels.All];

    [Theory]
    [InlineData("--only: no workload begins with 'nothing'", "run", "--only", "nothing")]
    [InlineData("--device: 'first' is not a whole number from 0.", "run", "--device", "first")]
    [InlineData("Could not find file", "join", "nothing.json")]
    [InlineData("Required command was not provided", "")]
    [InlineData("There is no part 'nothing'", "part", "nothing")]
    [InlineData("There is no network 'nothing'", "first-step", "nothing")]
    public void What_is_wrong_is_one_line_and_exit_code_2(string message, params string[] arguments)
    {
        var (exit, said, _) = Run([.. arguments.Where(argument => argument.Length > 0)]);
        Assert.Equal(2, exit);
        Assert.StartsWith("gpu: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Without_a_driver_it_says_so_and_ends_with_2()
    {
        if (NativeLibrary.TryLoad("libcuda.so.1", out _) || NativeLibrary.TryLoad("nvcuda.dll", out _))
            Assert.Skip("There is a driver here.");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        var (exit, said, _) = Run("run", "--output", file);
        Assert.Equal(2, exit);
        Assert.Contains("There is no NVIDIA driver here", said, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Reports_are_joined_below_the_name_of_the_GPU()
    {
        var folder = Directory.CreateTempSubdirectory("netgen-gpu-");
        var report = new Report
        {
            Command = "made up",
            Gpu = new GpuDescription("Made-Up GPU 9", "12.4"),
            Date = "2026-11-26",
            Versions = new Dictionary<string, string> { ["NetGen"] = "0.0" },
            Rows = [],
        };
        var file = Path.Combine(folder.FullName, "netgen.json");
        File.WriteAllText(file, report.ToJson());
        Assert.Equal(0, Run("join", file, "--results", folder.FullName).Exit);
        Assert.StartsWith("# Made-Up GPU 9\n", File.ReadAllText(Path.Combine(folder.FullName, "made-up-gpu-9", "gpu.md")), StringComparison.Ordinal);
        Assert.Equal(report.ToJson(), File.ReadAllText(Path.Combine(folder.FullName, "made-up-gpu-9", "gpu-netgen.json")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Workloads_have_names_of_their_own()
    {
        var names = Part.All.SelectMany(part => part.Workloads).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Contains("dense-4096-4096/1024/forward/bf16", names);
        Assert.Contains("mlp/128/epoch/float32", names);
        Assert.Equal(string.Concat(names.Select(name => name + "\n")), Execute("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "NetGen.Gpu.dll"), "list"]).Output);
    }

    [Fact]
    public void Targets_are_of_workloads_that_are_measured() =>
        Assert.Empty(Target.All.Select(target => target.Workload).Except(Part.All.SelectMany(part => part.Workloads)));

    /// <summary>What both sides measure has one name on both.</summary>
    [Fact]
    public void The_peers_name_workloads_as_NetGen_does()
    {
        var peers = Script("python3", ["-W", "error", Path.Combine(Repository(), "benchmarks/gpu/peers.py"), "--list"]).Output.TrimEnd().Split('\n');
        var own = Part.All.SelectMany(part => part.Workloads).Where(name => name.Split('/') is [_, _, "step" or "forward", "float32"] && !name.StartsWith("dense-784", StringComparison.Ordinal) && !name.StartsWith("dense-128", StringComparison.Ordinal));
        Assert.Empty(own.Except(peers));
        Assert.Equal(peers.Length, peers.Distinct().Count());
    }

    /// <summary>What a network is checked with is what its rows and its checks are named after; another network's are not its own.</summary>
    [Fact]
    public void A_network_knows_its_workloads()
    {
        var mlp = NetworkCase.All.Single(network => network.Title == "mlp/float32");
        Assert.True(mlp.Owns("mlp/32/check/float32/adam"));
        Assert.True(mlp.Owns("mlp/32/step/float32"));
        Assert.False(mlp.Owns("mlp/32/check/tf32/adam"));
        Assert.False(mlp.Owns("cnn/32/check/float32/adam"));
        Assert.False(mlp.Owns("settle/mlp"));
        Assert.True(Part.All.Single(part => part.Name == "time/mlp/float32").Needs("mlp/32/check/float32/adam"));
    }

    /// <summary>The reference sums in the kernel's parts: its value is that of another way to write the same order.</summary>
    [Fact]
    public void The_reference_is_the_product()
    {
        foreach (var kernel in ProductKernels.All.Where(kernel => kernel.Inputs < 4096))
        {
            var operands = new Operands(kernel, 33);
            var (rows, depth) = (kernel.Rows(33), kernel.Depth(33));
            var (row, column) = (rows - 1, kernel.Columns / 2);
            var exact = Enumerable.Range(0, depth).Sum(k =>
                (double)operands.Left[kernel.LeftKIsContiguous ? (row * depth) + k : (k * rows) + row] * operands.Right[kernel.RightKIsContiguous ? (column * depth) + k : (k * kernel.Columns) + column]);
            Assert.InRange(Math.Abs(operands.Expected(row, column).Value - exact), 0, depth * 1e-6);
            Assert.Equal(kernel.Precision == "float32", operands.Expected(row, column).Bound == 0);
            // What the bf16 kernel is given are all of the numbers' bits.
            if (kernel.IsPairs)
                Assert.Equal(operands.Left, Operands.Pairs(operands.Left).Select(pair => BitConverter.UInt32BitsToSingle((uint)pair << 16)));
        }
    }

    /// <summary>As <see cref="LoadedKernel"/> hands them over: views of an address and a length, then the batch.</summary>
    [Theory]
    [InlineData("dense_4096_4096_forward_bfloat16", 4)]
    [InlineData("dense_784_128_forward_float32", 4)]
    [InlineData("dense_784_128_forward_float32_sum", 2)]
    public void Kernels_have_the_parameters_that_a_launch_gives(string method, int views)
    {
        var ptx = ProductKernels.All.Single(kernel => kernel.Method == method || kernel.SumMethod == method).Compile().Single(compiled => compiled.Method == method).Ptx;
        var entry = ptx[ptx.IndexOf($".visible .entry {ProductKernel.EntryPoint(method)}(", StringComparison.Ordinal)..];
        entry = entry[..entry.IndexOf(')', StringComparison.Ordinal)];
        Assert.Equal(views, Regex.Count(entry, @"\.param \.align 8 \.b8 \w+\[16\]"));
        Assert.Equal(views + 1, Regex.Count(entry, @"\.param"));
        Assert.EndsWith("_batch", Regex.Replace(entry.TrimEnd(), @"_\d+$", ""), StringComparison.Ordinal);
        Assert.Equal(16, Marshal.SizeOf<LoadedKernel.Argument>());
    }

    [Theory]
    [InlineData("no workload begins with 'nothing'", "--only", "nothing")]
    [InlineData("unrecognized arguments: --fast", "--fast")]
    [InlineData("pytorch: ModuleNotFoundError", "--only", "mlp/1/step/tf32", "--peers", "pytorch")]
    public void Peers_py_says_what_is_wrong_and_ends_with_2(string message, params string[] arguments)
    {
        var (exit, said, _) = Script("python3", ["-W", "error", Path.Combine(Repository(), "benchmarks/gpu/peers.py"), "--output", "-", .. arguments]);
        if (!said.Contains("ModuleNotFoundError", StringComparison.Ordinal) && message.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Skip("PyTorch is here.");
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Equal(2, exit);
    }

    /// <summary>With a peer that is made up: what it says is a report as <see cref="Report"/> reads it, and what failed is in it with its reason.</summary>
    [Fact]
    public void Peers_py_writes_a_report_that_can_be_joined()
    {
        const string Program =
            """
            import sys
            sys.dont_write_bytecode = True
            sys.path.insert(0, sys.argv[1])
            import peers

            class MadeUp:
                version, gpu, driver = "0.1", "Made-Up GPU 9", "12.4"

                def __init__(self, device):
                    self.device = device

                def synchronize(self):
                    pass

                def prepare(self, network, batch, kind, precision):
                    if kind == "forward":
                        raise RuntimeError("made up\nto fail")
                    return lambda: None

            peers.PEERS["jax"] = MadeUp
            assert peers.quantile([1, 2, 4], 0.75) == 3
            sys.argv = ["peers.py", "--quick", "--only", "mlp/1", "--peers", "jax", "--output", "-"]
            sys.exit(peers.main())
            """;
        var (exit, said, output) = Script("python3", ["-W", "error", "-c", Program, Path.Combine(Repository(), "benchmarks/gpu")]);
        Assert.True(exit == 0, said);
        var report = Report.Parse(output);
        Assert.Equal(["mlp/1/step/float32", "mlp/1/step/tf32", "mlp/1/step/bf16"], report.Rows.Select(row => row.Workload));
        Assert.All(report.Rows, row => Assert.True(row.Peer == "jax" && row.Seconds.Minimum > 0 && row.Seconds.UpperQuartile >= row.Seconds.Median));
        Assert.Equal("Made-Up GPU 9", report.Gpu.Name);
        Assert.Equal("RuntimeError: made up", report.Missing!["jax mlp/1/forward/bf16"]);
        Assert.Equal(3, report.Missing.Count);
    }

    [Theory]
    [InlineData("run: there is no program", "/nowhere/netgen-gpu", "results")]
    [InlineData("usage: run.sh PROGRAM DIR [--quick]", "/nowhere/netgen-gpu", "results", "--fast")]
    public void Run_sh_says_what_is_wrong_and_ends_with_2(string message, params string[] arguments)
    {
        var (exit, said, _) = Script("bash", [Path.Combine(Repository(), "benchmarks/gpu/run.sh"), .. arguments]);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Equal(2, exit);
    }

    /// <summary>What keeps a multiprocessor busy is what is counted, and nothing of it is in memory.</summary>
    [Theory]
    [InlineData(nameof(ProbeKernels.Nothing), "fma", 0)]
    [InlineData(nameof(ProbeKernels.MultiplyAdd), @"fma\.rn\.f32", ProbeKernels.MultiplyAddsOfRound)]
    [InlineData(nameof(ProbeKernels.TensorFloat32), @"mma\.sync\.aligned\.m16n8k8\.", ProbeKernels.TensorInstructionsOfRound)]
    [InlineData(nameof(ProbeKernels.BFloat16), @"mma\.sync\.aligned\.m16n8k16\.", ProbeKernels.TensorInstructionsOfRound)]
    [InlineData(nameof(ProbeKernels.Copy), @"ld\.global\.nc\.v4", 1)]
    [InlineData(nameof(ProbeKernels.Read), @"ld\.global\.nc\.v4", 2)]
    [InlineData(nameof(ProbeKernels.Chase), @"ld\.global", 2)]
    public void Probes_have_the_instructions_that_are_counted(string method, string instruction, int count)
    {
        var ptx = ProbeKernels.Compile(method);
        Assert.Equal(count, Regex.Count(ptx, instruction));
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.Contains($".visible .entry {ProductKernel.EntryPoint(method)}(", ptx, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Probes))]
    public void Probes_do_not_spill(string method)
    {
        var resources = Assembler.Assemble(ProbeKernels.Compile(method));
        Assert.Equal((0, 0), (resources.SpillBytes, resources.StackBytes));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Its_kernels_do_not_spill(string method)
    {
        var kernel = ProductKernels.All.Single(kernel => kernel.Method == method);
        foreach (var (_, ptx) in kernel.Compile())
        {
            var resources = Assembler.Assemble(ptx);
            Assert.Equal((0, 0), (resources.SpillBytes, resources.StackBytes));
        }
    }

    private static (int Exit, string Said, string Output) Run(params string[] arguments) => Execute("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "NetGen.Gpu.dll"), .. arguments]);

    /// <summary>The test is skipped where the script's interpreter is missing.</summary>
    private static (int Exit, string Said, string Output) Script(string interpreter, string[] arguments)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, interpreter))))
            Assert.Skip($"There is no {interpreter} here.");
        return Execute(interpreter, arguments);
    }

    private static (int Exit, string Said, string Output) Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd();
        var text = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said, text);
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
