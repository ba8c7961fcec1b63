using System.Reflection;
using System.Text.RegularExpressions;
using NetGen.Cuda.Compilation;
using Xunit;

namespace NetGen.Cuda.Tests;

/// <summary>What the run time's functions become in PTX; no device is needed.</summary>
public sealed partial class PtxTests
{
    public static TheoryData<string> Names => [.. Kernels.Keys];

    private static readonly Type[] Optimizers =
    [
        typeof(Adam), typeof(AdamW), typeof(Sgd), typeof(RmsProp), typeof(Adagrad), typeof(SgdW), typeof(Adamax), typeof(Nadam), typeof(Lion), typeof(Adadelta),
        typeof(Rprop),
    ];

    private static readonly Dictionary<string, MethodInfo> Kernels = typeof(Functions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .SelectMany(method => method.IsGenericMethod
            ? Optimizers.Select(type => (Name: $"{method.Name}<{type.Name}>", Method: method.MakeGenericMethod(type)))
            : [(method.Name, method)])
        .ToDictionary(kernel => kernel.Name, kernel => kernel.Method);

    [Theory]
    [MemberData(nameof(Names))]
    public void Arithmetic_states_its_rounding_and_stays_in_registers(string kernel)
    {
        var text = KernelCompiler.Compile(Kernels[kernel], 256, 2);
        Assert.DoesNotContain(".extern", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".approx", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Call(), text);
        Assert.DoesNotMatch(Unrounded(), text);
        Assert.DoesNotMatch(DivergentAsUniform(), text);
        Assert.Contains("ld.global.f32", text, StringComparison.Ordinal);
        Assert.Contains("st.global.f32", text, StringComparison.Ordinal);
        Assert.Contains("fma.rn.f32", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_assembler_needs_no_stack_and_few_registers(string kernel)
    {
        var resources = Assembler.Assemble(KernelCompiler.Compile(Kernels[kernel], 256, 2));
        Assert.Equal((0, 0, 0), (resources.SpillBytes, resources.StackBytes, resources.SharedBytes));
        Assert.InRange(resources.Registers, 1, 32);
    }

    [Fact]
    public void What_cannot_be_compiled_is_named()
    {
        var error = Assert.Throws<NotSupportedException>(() => KernelCompiler.Compile(((Action<ILGPU.ArrayView<float>>)Refused).Method, 256, 1));
        Assert.Contains("PtxTests.Refused cannot be compiled for CUDA", error.Message, StringComparison.Ordinal);
    }

    private static void Refused(ILGPU.ArrayView<float> x) => x[0] = DateTime.UtcNow.Second;

    [GeneratedRegex(@"\bcall(\.uni)?\b")]
    private static partial Regex Call();

    /// <summary>Without a rounding the assembler may fuse a product with a sum.</summary>
    [GeneratedRegex(@"\b(add|sub|mul|mad|div|sqrt)\.f32\b")]
    private static partial Regex Unrounded();

    [GeneratedRegex(@"@!?%p\d+ bra\.uni")]
    private static partial Regex DivergentAsUniform();
}
