using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NetGen.Cuda.Kernels;
using NetGen.Generator.Emission.Cuda.Tiles;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>
/// Emitted kernels on ILGPU's CPU accelerator, in a process of their own: a kernel that throws takes the process with it, and one that waits for ever needs someone
/// who ends it. The process is this program, started with a variable in its environment.
/// </summary>
internal static class CpuRun
{
    private const string Variable = "NETGEN_CUDA_TESTS_RUN";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Results = new(RunAll);

    /// <summary>What the run says of a product: "right", or what is wrong.</summary>
    public static string Result(Product product) => Results.Value.TryGetValue(product.Name, out var result) ? result : $"There is no result. {string.Join("\n", Results.Value.Select(pair => $"{pair.Key}: {pair.Value}"))}";

#pragma warning disable CA2255 // Before the tests' own entry point, which must not run in that process.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunInsteadOfTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            return;
        var text = KernelText.Class(code =>
        {
            foreach (var product in CpuProducts.All)
                product.Emit(code);
        });
        var kernels = KernelText.Compile(text);
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(MatMulTile.WarpThreads, SplitSumEmitter.Threads / MatMulTile.WarpThreads, 1)));
        using var accelerator = context.CreateCPUAccelerator(0);
        foreach (var product in CpuProducts.All)
            Console.WriteLine($"{product.Name}\t{Run(accelerator, product, kernels)}");
        Environment.Exit(0);
    }

    private static string Run(Accelerator accelerator, Product product, IReadOnlyDictionary<string, MethodInfo> kernels)
    {
        using var result = accelerator.Allocate1D(Enumerable.Repeat(float.NaN, product.Rows * product.Columns).ToArray());
        using var parts = accelerator.Allocate1D(Enumerable.Repeat(float.NaN, product.Rows * product.Columns * product.Tile.Parts).ToArray());
        using var added = accelerator.Allocate1D(product.Added);
        var config = new KernelConfig(new Index3D(product.Blocks, product.Tile.Parts, 1), new Index3D(product.Tile.Threads, 1, 1));
        var kernel = accelerator.LoadKernel(kernels[product.Name]);
        if (product.Tile.Precision == TilePrecision.BFloat16)
        {
            using var left = Rounded(accelerator, product.Left);
            using var right = Rounded(accelerator, product.Right);
            kernel.CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, ArrayView<ushort>, ArrayView<ushort>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int>>()(
                accelerator.DefaultStream, config, left.View.AsContiguous(), right.View.AsContiguous(), result.View.AsContiguous(), parts.View.AsContiguous(), added.View.AsContiguous(), product.Rows, product.Depth);
            accelerator.Synchronize();
        }
        else
        {
            using var left = accelerator.Allocate1D(product.Left);
            using var right = accelerator.Allocate1D(product.Right);
            kernel.CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int>>()(
                accelerator.DefaultStream, config, left.View.AsContiguous(), right.View.AsContiguous(), result.View.AsContiguous(), parts.View.AsContiguous(), added.View.AsContiguous(), product.Rows, product.Depth);
            accelerator.Synchronize();
        }
        if (product.Tile.Parts > 1)
        {
            accelerator.LoadKernel(kernels[product.SumName]).CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int>>()(
                accelerator.DefaultStream, new KernelConfig(product.SumBlocks, SplitSumEmitter.Threads), result.View.AsContiguous(), parts.View.AsContiguous(), added.View.AsContiguous(), product.Rows, product.Depth);
            accelerator.Synchronize();
        }
        var (expected, actual) = (product.Expected(), result.GetAsArray1D());
        var wrong = Enumerable.Range(0, expected.Length).Where(i => BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i])).ToArray();
        return wrong.Length == 0
            ? "right"
            : FormattableString.Invariant($"{wrong.Length} of {expected.Length} are wrong, the first at {wrong[0]}: {actual[wrong[0]]:R} instead of {expected[wrong[0]]:R}");
    }

    private static MemoryBuffer1D<ushort, Stride1D.Dense> Rounded(Accelerator accelerator, float[] numbers)
    {
        using var source = accelerator.Allocate1D(numbers);
        var target = accelerator.Allocate1D<ushort>(numbers.Length);
        var blocks = (numbers.Length + (BFloat16Kernels.PerThread * MatMulTile.WarpThreads) - 1) / (BFloat16Kernels.PerThread * MatMulTile.WarpThreads);
        accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<ushort>, int>(BFloat16Kernels.Round)(
            new KernelConfig(blocks, MatMulTile.WarpThreads), source.View.AsContiguous(), target.View.AsContiguous(), numbers.Length);
        accelerator.Synchronize();
        return target;
    }

    private static Dictionary<string, string> RunAll()
    {
        var program = Path.Combine(AppContext.BaseDirectory, Path.GetFileNameWithoutExtension(typeof(CpuRun).Assembly.Location) + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
            process.Kill(entireProcessTree: true);
        var results = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
        if (error.GetAwaiter().GetResult() is { Length: > 0 } said)
            results.Add("(error)", said);
        return results;
    }
}
