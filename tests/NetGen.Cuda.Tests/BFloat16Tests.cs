using System.Text.RegularExpressions;
using ILGPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Kernels;
using Xunit;

namespace NetGen.Cuda.Tests;

/// <summary>The rounding of whole views to BF16; that of one number is in <see cref="IntrinsicTests"/>, and a run on ILGPU's CPU accelerator among the products.</summary>
public sealed class BFloat16Tests
{
    private const int Threads = 256;

    [Fact]
    public void PTX_loads_128_bits_and_rounds_pairs()
    {
        var ptx = Ptx();
        Assert.Single(Regex.Matches(ptx, @"ld\.global\.nc\.v4\.f32"));
        Assert.Equal(3, Regex.Count(ptx, @"cvt\.rn\.bf16x2\.f32"));
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_code_needs_few_registers()
    {
        var (resources, code) = Assembler.Disassemble([Ptx()])[0];
        Assert.Equal((0, 0, 0), (resources.SpillBytes, resources.StackBytes, resources.SharedBytes));
        Assert.InRange(resources.Registers, 1, 32);
        Assert.Single(Regex.Matches(code, @"LDG\.E\.128\.CONSTANT"));
    }

    private static string Ptx() => KernelCompiler.Compile(((Action<ArrayView<float>, ArrayView<ushort>, int>)BFloat16Kernels.Round).Method, Threads, 2);
}
