using System.Globalization;
using System.Reflection;
using NetGen.Cuda.Compilation;

namespace Gpu;

/// <summary>A generated kernel, and what its launch must know.</summary>
/// <param name="Layer">As in workloads.</param>
/// <param name="Pass">forward, backward or weight.</param>
/// <param name="Precision">float32, tf32 or bf16.</param>
/// <param name="Method">Of <see cref="ProductKernels"/>.</param>
/// <param name="SumMethod">The one that adds up the parts, if there are several.</param>
/// <param name="TileDepth">Sums are cut between tiles of k.</param>
/// <param name="DynamicSharedBytes">What a launch must ask for; 0 if the kernel has its shared memory declared.</param>
/// <param name="SumWidth">Results that a thread of the sum makes.</param>
internal sealed record ProductKernel(
    string Layer, int Inputs, int Outputs, string Pass, string Precision, string Method, string? SumMethod, int TileRows, int TileColumns, int TileDepth, int Parts, int Threads,
    int BlocksPerMultiprocessor, int DynamicSharedBytes, int SumWidth)
{
    public const int SumThreads = 256;

    public bool IsPairs => Precision == "bf16";

    public bool LeftKIsContiguous => Pass != "weight";

    public bool RightKIsContiguous => Pass == "backward";

    public int Columns => Pass == "backward" ? Inputs : Outputs;

    /// <summary>As generated code names it in PTX.</summary>
    public static string EntryPoint(string method) => $"Kernel_{method}";

    public int Rows(int batch) => Pass == "weight" ? Inputs : batch;

    public int Depth(int batch) => Pass switch { "forward" => Inputs, "backward" => Outputs, _ => batch };

    public long Flops(int batch) => 2L * Rows(batch) * Columns * Depth(batch);

    public int Blocks(int batch) => Tiles(Rows(batch), TileRows) * Tiles(Columns, TileColumns);

    public int SumBlocks(int batch) => Tiles(Rows(batch) * (Columns / SumWidth), SumThreads);

    /// <summary>How many k a part of the sum has; the last one may have fewer.</summary>
    public int PartDepth(int batch) => Tiles(Tiles(Depth(batch), TileDepth), Parts) * TileDepth;

    public string Name(int batch) => string.Create(CultureInfo.InvariantCulture, $"{Layer}/{batch}/{Pass}/{Precision}");

    /// <summary>The kernel's PTX, and that of the sum.</summary>
    public IEnumerable<(string Method, string Ptx)> Compile()
    {
        yield return (Method, KernelCompiler.Compile(Find(Method), Threads, BlocksPerMultiprocessor));
        if (SumMethod is not null)
        {
            yield return (SumMethod, KernelCompiler.Compile(Find(SumMethod), SumThreads, 2));
        }
    }

    private static MethodInfo Find(string method) => typeof(ProductKernels).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!;

    private static int Tiles(int number, int size) => (number + size - 1) / size;
}

/// <summary>The kernels, which the generator of NetGen.Gpu.Products writes.</summary>
internal static partial class ProductKernels;
