using System.Diagnostics;
using System.Runtime.InteropServices;
using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Benchmarks;

/// <summary>What benchmarks/NetGen.Gpu does without a GPU.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Kernels => [.. ProductKernels.All.Select(kernel => kernel.Method)];

    [Theory]
    [InlineData("--only: no workload begins with 'nothing'", "run", "--only", "nothing")]
    [InlineData("--device: 'first' is not a whole number from 0.", "run", "--device", "first")]
    [InlineData("Could not find file", "join", "nothing.json")]
    [InlineData("Required command was not provided", "")]
    public void What_is_wrong_is_one_line_and_exit_code_2(string message, params string[] arguments)
    {
        var (exit, said) = Run([.. arguments.Where(argument => argument.Length > 0)]);
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
        var (exit, said) = Run("run", "--output", file);
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
        Assert.Equal(Workload.All.Count, Workload.All.Select(workload => workload.Name).Distinct().Count());
        Assert.Contains("dense-4096-4096/1024/forward/bf16", Workload.All.Select(workload => workload.Name));
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

    private static (int Exit, string Said) Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NetGen.Gpu.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd();
        output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
